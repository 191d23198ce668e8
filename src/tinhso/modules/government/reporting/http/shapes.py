"""What the API of reporting takes and gives. Numbers are text in plain decimal writing, so that nothing is rounded on the way."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

Words = Annotated[str, Field(max_length=500)]


class SaidOut(Schema):
    """The same in Vietnamese and English."""

    vi: str
    en: str


class RegimeOut(Schema):
    """A regime in force: who reports what, how often; `period` is week, month, quarter, half, year or once."""

    code: str
    version: date
    name: SaidOut
    content: SaidOut
    nature: Literal["periodic", "thematic", "ad_hoc"]
    period: str
    deadline: SaidOut
    form: str
    signed: bool
    sources: list[str]


class CellOut(Schema):
    """One cell of a form; `up` says how it is added up, `formula` which cells it is worked out of."""

    key: str
    name: SaidOut
    kind: str
    unit: SaidOut
    decimals: int
    required: bool
    up: str
    formula: list[str]
    source: str


class RegimeDetailOut(RegimeOut):
    """A regime with its cells."""

    cells: list[CellOut]


class ReportsAsked(Schema):
    """Which reports: what is owed, what is done, or both."""

    which: Literal["owed", "done", "all"] = "owed"


class ReportOut(Schema):
    """A report that is due; `receiver` is empty where the sum goes outside, `late` says whether it came or is too late."""

    id: str
    regime: str
    period: str
    first: date
    last: date
    due_at: datetime
    unit: str
    receiver: str
    summed: bool
    subject: str
    state: str
    late: bool
    revision: int
    version: int


class CellValueOut(Schema):
    """What a report holds of a cell: the value that counts, what the records say, why they differ."""

    key: str
    value: str | bool | None
    derived: str | bool | None
    provenance: str
    address: str
    reason: str
    note: str


class ReportProblemOut(Schema):
    """What is wrong at a cell, and what to do."""

    field: str
    vi: str
    en: str
    warning: bool = False


class ReportDetailOut(ReportOut):
    """A report with its cells, and what is wrong with them."""

    cells: list[CellValueOut]
    problems: list[ReportProblemOut]


class CellIn(Schema):
    """One cell: its value as people write it (1.684,5 or 1684.5), empty to take it back; a reason where the records say otherwise."""

    key: Annotated[str, Field(max_length=130)]
    value: Annotated[str, Field(max_length=4000)] = ""
    note: Words = ""
    reason: Words = ""


class CellsIn(Schema):
    """Cells to save, and the revision of the report as it was read."""

    revision: Annotated[int, Field(ge=0)]
    cells: Annotated[list[CellIn], Field(max_length=5000)]


class SavedOut(Schema):
    """The report's revision after saving."""

    id: str
    revision: int


class ReasonsIn(Schema):
    """Why a report goes back."""

    reasons: Annotated[str, Field(min_length=1, max_length=2000)]


class ReportActOut(Schema):
    """Where the report stands after the act."""

    id: str
    state: str
    version: int


class BelowOut(ReportOut):
    """A report below, with the name of its unit."""

    unit_name: str


class SumCellOut(Schema):
    """The sum of a cell; `lacking` names units whose report is there but leaves open what the cell needs."""

    key: str
    value: str | bool | None
    lacking: list[str]


class SumOut(Schema):
    """What came, added up; `missing` names the units that are not in it."""

    present: int
    total: int
    missing: list[str]
    cells: list[SumCellOut]
    reports: list[BelowOut]


class ReportRefusalOut(Schema):
    """Why not, in words; `problems` names each cell."""

    code: str
    vi: str
    en: str
    problems: list[ReportProblemOut]
