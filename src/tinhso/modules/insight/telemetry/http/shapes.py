"""The shapes of the API of telemetry."""

from datetime import datetime

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


class TelemetryOrderOut(Schema):
    """An order to a device: level 0 to 100 from a moment until another, in seconds since 1970 (UTC)."""

    id: str
    level: int
    starts: float
    ends: float


class TelemetryValueOut(Schema):
    """The newest value of a measure; `is_stale` when it is too old to be trusted."""

    measure: str
    value: str
    unit: str
    at: datetime
    is_stale: bool
    threshold: str | None


class TelemetryDeviceOut(Schema):
    """A device the caller may see."""

    code: str
    kind: str
    name: str
    unit: str
    commune: str
    latitude: float | None
    longitude: float | None
    state: str
    heard_at: datetime | None
    values: list[TelemetryValueOut]
