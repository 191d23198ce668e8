"""Lists of criteria under an edition: read from a pack's table or a sheet, checked against the edition's points."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from tinhso.kernel.flow import NO_TEXT, Invalid, Problem, Text
from tinhso.kernel.flow.tables import Table
from tinhso.modules.insight.dti.rules.editions import Edition
from tinhso.modules.insight.dti.rules.shapes import (
    CHOICE,
    HALVES,
    OF_TWO_NUMBERS,
    POINTS,
    SHAPES,
    STEPS,
    TARGET,
    Choice,
    Shape,
    shares_sound,
)
from tinhso.modules.insight.dti.rules.wording import problem

REST: Final = "rest_"
FRAME: Final = "frame"  # the list that has main indices only


class InvalidCriteria(Invalid):
    """A table that is no list of criteria; `problems` says why."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """
    One thing that is scored within a main index.

    With `indicator` its value comes from the platform's records and is typed by nobody.
    """

    code: str
    index: str
    name: Text
    max_points: Decimal
    shape: Shape
    numerator: Text = NO_TEXT
    denominator: Text = NO_TEXT
    unit: Text = NO_TEXT
    indicator: str = ""
    source: str = ""
    sure: Text = NO_TEXT

    @property
    def is_rest(self) -> bool:
        """Whether it stands for what of its index the list has no criteria for."""
        return self.code.startswith(REST)


@dataclass(frozen=True, slots=True)
class CriteriaList:
    """A list of criteria; one that is not `complete` leaves a rest in some index, whose points are declared whole."""

    code: str
    edition: str
    name: Text
    complete: bool
    note: Text
    criteria: tuple[Criterion, ...]

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of that code, or None."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)


def read_criteria(values: Mapping[str, Any], editions: Mapping[str, Edition]) -> CriteriaList:
    """
    The list in a table, with a rest for each index that it does not fill.

    :raises InvalidCriteria: carries every problem
    """
    problems: list[Problem] = []
    table = Table(values, problems)
    found = CriteriaList(
        code=table.code("code"),
        edition=table.string("edition"),
        name=table.text("name"),
        complete=table.yes("complete", default=False),
        note=table.text("note", None),
        criteria=tuple(_criterion(row) for row in table.tables("criterion")),
    )
    table.close()
    edition = editions.get(found.edition)
    if edition is None:
        problems.append(problem("dti_unknown_edition", ("edition",), edition=found.edition, known=", ".join(editions)))
    else:
        problems += find_criteria_problems(found, edition)
    if problems or edition is None:
        raise InvalidCriteria(problems)
    return with_rest(found, edition)


def frame_of(edition: Edition) -> CriteriaList:
    """The list that has no criteria: each index is declared whole. It is there for every edition whose points are known."""
    name = Text("Chỉ khai theo chỉ số chính", "Main indices only")
    return with_rest(CriteriaList(FRAME, edition.code, name, complete=False, note=NO_TEXT, criteria=()), edition)


def with_rest(found: CriteriaList, edition: Edition) -> CriteriaList:
    """The list with a criterion of declared points for what is left of each scored index."""
    rows: list[Criterion] = []
    for index in edition.scored:
        own = [criterion for criterion in found.criteria if criterion.index == index.code]
        left = Decimal(index.max_points or 0) - sum((criterion.max_points for criterion in own), Decimal(0))
        rows += own
        if left > 0:
            vi = f"Phần còn lại của {index.name.vi}" if own else index.name.vi
            en = f"The rest of {index.name.en}" if own else index.name.en
            unit = Text("điểm", "points")
            rows.append(Criterion(REST + index.code, index.code, Text(vi, en), left, Shape(POINTS), unit=unit))
    return CriteriaList(found.code, found.edition, found.name, found.complete, found.note, tuple(rows))


def find_criteria_problems(found: CriteriaList, edition: Edition) -> Iterator[Problem]:
    """Everything in a list that contradicts itself or its edition."""
    seen: set[str] = set()
    known = ", ".join(index.code for index in edition.scored)
    for row, criterion in enumerate(found.criteria):
        place = ("criterion", row)
        if criterion.code in seen:
            yield problem("dti_repeated_code", (*place, "code"), code=criterion.code)
        seen.add(criterion.code)
        if criterion.index not in {index.code for index in edition.scored}:
            named = {"of": criterion.code, "code": criterion.index, "known": known}
            yield problem("dti_unknown_index", (*place, "index"), **named)
        if criterion.max_points <= 0:
            yield problem("dti_no_points", (*place, "max_points"))
        if criterion.indicator and criterion.shape.kind not in OF_TWO_NUMBERS:
            yield problem("dti_wrong_indicator", (*place, "indicator"))
        if wrong := _shape_problem(criterion):
            yield problem(wrong, (*place, "shape"), kind=criterion.shape.kind, known=", ".join(SHAPES), most=criterion.max_points)  # fmt: skip
    if edition.is_weighted:
        yield from _sum_problems(found, edition)


def _sum_problems(found: CriteriaList, edition: Edition) -> Iterator[Problem]:
    """Indices whose criteria add up to more than they give, or in a complete list to less."""
    for index in edition.scored:
        own = [criterion for criterion in found.criteria if criterion.index == index.code]
        total, most = sum((criterion.max_points for criterion in own), Decimal(0)), index.max_points or 0
        if total > most:
            yield problem("dti_too_many_points", ("criterion",), index=index.name.vi, sum=total, most=most)
        if found.complete and total < most:
            yield problem("dti_too_few_points", ("criterion",), index=index.name.vi, sum=total, most=most)


def _shape_problem(criterion: Criterion) -> str:
    """The code of what is wrong with a criterion's shape; empty when nothing is."""
    shape = criterion.shape
    starts = [start for start, _ in shape.steps]
    points = [earned for _, earned in shape.steps]
    rising = starts == sorted(set(starts)) and points == sorted(points)
    wrong = {
        STEPS: not starts or not rising or points[0] < 0 or points[-1] > criterion.max_points,
        CHOICE: not shares_sound(shape.choices),
        HALVES: len(shape.parts) < 2,
        TARGET: shape.target <= 0,
    }
    if shape.kind not in SHAPES:
        return "dti_unknown_kind"
    return f"dti_wrong_{shape.kind if shape.kind != CHOICE else 'choices'}" if wrong.get(shape.kind) else ""


def _criterion(table: Table) -> Criterion:
    criterion = Criterion(
        code=table.code("code"),
        index=table.string("index"),
        name=table.text("name"),
        max_points=table.amount("max_points"),
        shape=_shape(table),
        numerator=table.text("numerator", None),
        denominator=table.text("denominator", None),
        unit=table.text("unit", None),
        indicator=table.string("indicator", ""),
        source=table.string("source", ""),
        sure=table.text("sure", None),
    )
    table.close()
    return criterion


def _shape(table: Table) -> Shape:
    found = table.table("shape")
    if found is None:
        return Shape("")
    shape = Shape(
        kind=found.string("kind"),
        steps=_pairs(found),
        choices=tuple(_choice(row) for row in found.tables("choices")),
        parts=tuple(_part(row) for row in found.tables("halves")),
        target=found.amount("target") if "target" in found.values else Decimal(1),
    )
    found.close()
    return shape


def _pairs(table: Table) -> tuple[tuple[Decimal, Decimal], ...]:
    rows: Sequence[Any] = table.take("steps", list, ("một danh sách cặp số", "a list of pairs"), [])
    if any(not isinstance(row, list) or len(row) != 2 for row in rows):
        table.report("wrong_type", "steps", expected=("một danh sách cặp số", "a list of pairs"))
        return ()
    return tuple((Decimal(str(start)), Decimal(str(points))) for start, points in rows)


def _choice(table: Table) -> Choice:
    choice = Choice(table.code("code"), table.amount("share"), table.text("name"))
    table.close()
    return choice


def _part(table: Table) -> Text:
    text = Text(table.string("vi"), table.string("en", ""))
    table.close()
    return text
