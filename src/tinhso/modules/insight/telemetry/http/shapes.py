"""The shapes of the API of telemetry."""

from ninja import Schema


class TelemetryUntakenOut(Schema):
    """One record that was not taken: the code of the reason, and the name it bore."""

    reason: str
    name: str


class TelemetryTakenOut(Schema):
    """How many values or events were taken, and which were not."""

    taken: int
    refused: list[TelemetryUntakenOut]


class TelemetryRefusalOut(Schema):
    """Why nothing was taken."""

    code: str
    vi: str
    en: str
