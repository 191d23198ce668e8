"""What the API of plans takes and gives."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema


class QuantityOut(Schema):
    """A number with its comparator (= >= > < <= ~ range), in plain decimal writing; `high` only for a range."""

    comparator: str
    low: str
    high: str | None


class TargetOut(Schema):
    """A target and where it stands; `expected` is what the way there asks for on the figure's day."""

    code: str
    measure: str
    unit: str
    level: str
    due_on: date
    target: QuantityOut
    state: str
    figure: QuantityOut | None
    figure_on: date | None
    expected: str | None
    responsible: str | None


class ResolutionOut(Schema):
    """A text that sets targets, and how many stand where; `no_data` is counted like the others."""

    code: str
    number: str
    title: dict[str, str]
    unit: str
    issued_on: date | None
    counts: dict[str, int]


class SheetOut(ResolutionOut):
    """A text with all its targets."""

    targets: list[TargetOut]


class MeasureOut(Schema):
    """What is measured; `indicator` where the figures are derived and cannot be sent."""

    code: str
    title: dict[str, str]
    unit: dict[str, str]
    kind: str
    better: str
    indicator: str


class MeasuredOut(Schema):
    """One figure as one source told it; `is_used` where its source is the one used for the period."""

    id: str
    unit: str
    level: str
    period: str
    value: QuantityOut
    publisher: str
    source_title: str
    source_address: str
    method: str
    announced_on: date | None
    entered_at: datetime | None
    is_used: bool
    is_latest: bool


class CourseOut(Schema):
    """A measure with the figures of one unit and level, by period, every source's every word."""

    measure: MeasureOut
    figures: list[MeasuredOut]


class FigureIn(Schema):
    """A figure to be kept. `unit`: key, or code or name at the period's end. Numbers in plain decimal writing."""

    measure: Annotated[str, Field(max_length=80)]
    unit: Annotated[str, Field(max_length=160)]
    level: Annotated[str, Field(max_length=12)] = "province"
    period: Annotated[str, Field(max_length=10)]
    comparator: Annotated[str, Field(max_length=5)] = "="
    value: Annotated[str, Field(max_length=40)]
    to: Annotated[str, Field(max_length=40)] = ""
    source_title: Annotated[str, Field(max_length=300)]
    publisher: Annotated[str, Field(max_length=200)]
    source_address: Annotated[str, Field(max_length=500)] = ""
    method: Annotated[str, Field(max_length=500)] = ""
    announced_on: Annotated[str, Field(max_length=10)] = ""
    note: Annotated[str, Field(max_length=500)] = ""
    is_public: bool = True


class ReasonIn(Schema):
    """Why."""

    reason: Annotated[str, Field(max_length=300)]


class KeptOut(Schema):
    """Under which id a figure is kept."""

    id: str


class PlanProblemOut(Schema):
    """One thing that is wrong, at its field."""

    field: str
    vi: str
    en: str


class PlanRefusalOut(Schema):
    """Why not, for machines and in words."""

    code: str
    vi: str
    en: str
    problems: list[PlanProblemOut] = []


class Asked(Schema):
    """Of which unit (its key) and level; without them the first there is."""

    unit: Annotated[str, Field(max_length=64, pattern=r"^[\w@.-]*$")] = ""
    level: Annotated[str, Field(max_length=12)] = ""
