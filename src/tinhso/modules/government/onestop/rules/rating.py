"""The nine indices as the packs decide them: which are in force, what a measure is worth, what a sum of dossiers comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, Literal

from tinhso.kernel.flow import Text

NUMBERS: Final = (
    "finished", "offered", "rated", "ratings", "satisfied", "online", "late_online", "feedback", "feedback_on_time",
)  # fmt: skip
From = Literal["records", "applicant", "agency"]
RECEIPT, SUPPLEMENT, REFUSAL, RESULT = "receipt", "supplement", "refusal", "result"
OCCASIONS: Final[Mapping[int, str]] = {  # by the national number of the state; accepted is a receipt in any other
    3: REFUSAL,
    5: SUPPLEMENT,
    8: REFUSAL,
    9: RESULT,
    10: RESULT,
}
ONE_PLACE: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A measure from `at_least` on, or up to `at_most`, is worth `points`; with `none_late` only where nothing was late."""

    points: int
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    none_late: bool = False

    def holds(self, measured: Decimal, *, late: int) -> bool:
        """Whether the measure reaches this threshold."""
        if self.none_late and late:
            return False
        return (self.at_least is None or measured >= self.at_least) and (
            self.at_most is None or measured <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class Index:
    """One of the nine; `question` and `answers` (points and words) where the applicant is asked."""

    number: int
    name: Text
    origin: From
    source: str
    measure: str = ""
    thresholds: tuple[Threshold, ...] = ()
    when_none: int | None = None
    question: Text | None = None
    answers: tuple[tuple[int, Text], ...] = ()

    def points_for(self, measured: Decimal | int, *, late: int = 0) -> int:
        """What a measure is worth: the first threshold that holds, from the top; none is worth nothing."""
        value = Decimal(measured)
        return next((each.points for each in self.thresholds if each.holds(value, late=late)), 0)


@dataclass(frozen=True, slots=True)
class Band:
    """What a sum of points is called from `at_least` on."""

    at_least: Decimal
    name: Text


@dataclass(frozen=True, slots=True)
class IndexSet:
    """The rules in force from a day on; sums over fewer than `few` ratings are not told to anybody."""

    code: str
    valid_from: date
    source: str
    few: int
    satisfied_from: int
    target_percent: int
    feedback_kind: str
    for_officers: tuple[int, ...]
    indices: tuple[Index, ...]
    agency_bands: tuple[Band, ...]
    officer_bands: tuple[Band, ...]

    @property
    def asked(self) -> tuple[Index, ...]:
        """The indices that the applicant is asked about."""
        return tuple(each for each in self.indices if each.origin == "applicant")


def occasion_of(national: int | None, *, is_accepted: bool, is_over: bool) -> str:
    """
    The paper in the applicant's hands with which a rating is offered now; empty while there is none.

    Receipt, request for papers, refusal and result each offer it once (TT 01/2018 Art 13).
    """
    if found := OCCASIONS.get(national or 0):
        return found
    if is_over:
        return RESULT
    return RECEIPT if is_accepted else ""


def read_sets(table: Mapping[str, Any]) -> tuple[IndexSet, ...]:
    """
    The sets of a pack's `rating_indices.toml`, the oldest first.

    :raises KeyError: something a set needs is missing
    """
    return tuple(sorted(map(_read_set, table["set"]), key=lambda each: each.valid_from))


def set_on(sets: Sequence[IndexSet], on: date) -> IndexSet:
    """
    The rules in force on a day.

    :raises LookupError: none is that old
    """
    found = [each for each in sets if each.valid_from <= on]
    if not found:
        raise LookupError(f"no rating indices in force on {on}")
    return found[-1]


def _read_set(table: Mapping[str, Any]) -> IndexSet:
    return IndexSet(
        code=table["code"],
        valid_from=date.fromisoformat(table["valid_from"]),
        source=table["source"],
        few=table["few"],
        satisfied_from=table["satisfied"]["at_least"],
        target_percent=table["satisfied"]["target_percent"],
        feedback_kind=table["feedback_kind"],
        for_officers=tuple(table["for_officers"]),
        indices=tuple(_read_index(each) for each in table["index"]),
        agency_bands=_read_bands(table["agency_band"]),
        officer_bands=_read_bands(table["officer_band"]),
    )


def _read_index(table: Mapping[str, Any]) -> Index:
    return Index(
        number=table["number"],
        name=Text(**table["name"]),
        origin=table["from"],
        source=table["source"],
        measure=table.get("measure", ""),
        thresholds=tuple(_read_threshold(each) for each in table.get("points", ())),
        when_none=table.get("when_none"),
        question=Text(**table["question"]) if "question" in table else None,
        answers=tuple((each["points"], Text(**each["text"])) for each in table.get("answers", ())),
    )


def _read_threshold(table: Mapping[str, Any]) -> Threshold:
    def limit(key: str) -> Decimal | None:
        return Decimal(str(table[key])) if key in table else None

    return Threshold(table["points"], limit("at_least"), limit("at_most"), table.get("none_late", False))


def _read_bands(rows: Iterable[Mapping[str, Any]]) -> tuple[Band, ...]:
    bands = (Band(Decimal(str(each["at_least"])), Text(**each["name"])) for each in rows)
    return tuple(sorted(bands, key=lambda each: -each.at_least))


def band_of(bands: Sequence[Band], total: Decimal) -> Band:
    """The band a sum falls into; the lowest reaches down to nothing."""
    return next((each for each in bands if total >= each.at_least), bands[-1])


def mean(points: int, count: int) -> Decimal | None:
    """Points over dossiers to one decimal, halves up; None where there are no dossiers."""
    return (Decimal(points) / count).quantize(ONE_PLACE, ROUND_HALF_UP) if count else None


@dataclass(frozen=True, slots=True)
class Cell:
    """
    What was counted of one unit, or of one officer, in one quarter.

    `points` and `counted` by the number of an index; `late_online` of the `online` ones; a cell plus a cell is a cell.
    """

    finished: int = 0
    offered: int = 0  # the finished ones that the response rate speaks of
    rated: int = 0  # of these
    ratings: int = 0  # told in the quarter, the last of each dossier
    satisfied: int = 0
    online: int = 0
    late_online: int = 0
    feedback: int = 0
    feedback_on_time: int = 0
    points: Mapping[int, int] = field(default_factory=dict)
    counted: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: "Cell") -> "Cell":
        """Both together."""
        numbers = {name: getattr(self, name) + getattr(other, name) for name in NUMBERS}
        return Cell(**numbers, points=_added(self.points, other.points), counted=_added(self.counted, other.counted))


def _added(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}


def without_few(cell: Cell, rules: IndexSet) -> Cell:
    """
    The cell as it may be told: where fewer than `few` spoke in the quarter, nothing of what they said.

    Whatever is shown, of more units or more quarters, is a sum of such cells: no two answers differ by a hidden one.
    """
    asked = {each.number for each in rules.asked}
    is_told = {key: key not in asked or count >= rules.few for key, count in cell.counted.items()}
    answered = cell.rated >= rules.few
    spoken = cell.ratings >= rules.few
    return replace(
        cell,
        offered=cell.offered if answered else 0,
        rated=cell.rated if answered else 0,
        ratings=cell.ratings if spoken else 0,
        satisfied=cell.satisfied if spoken else 0,
        points={key: points for key, points in cell.points.items() if is_told[key]},
        counted={key: count for key, count in cell.counted.items() if is_told[key]},
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """One index of a sum: its mean points to one decimal (None: nothing to tell), and over how many."""

    index: Index
    score: Decimal | None
    count: int


def score_indices(cell: Cell, rules: IndexSet) -> tuple[Scored, ...]:
    """The nine indices of a sum of dossiers."""
    return tuple(_score_agency(each, cell) if each.origin == "agency" else _score(each, cell) for each in rules.indices)


def _score(index: Index, cell: Cell) -> Scored:
    count = cell.counted.get(index.number, 0)
    return Scored(index, mean(cell.points.get(index.number, 0), count), count)


def _score_agency(index: Index, cell: Cell) -> Scored:
    part, whole, late = {
        "feedback_on_time": (cell.feedback_on_time, cell.feedback, 0),
        "online_share": (cell.online, cell.finished, cell.late_online),
    }[index.measure]
    if whole:
        points: int | None = index.points_for(Decimal(part * 100) / whole, late=late)
    else:
        points = index.when_none
    return Scored(index, None if points is None else mean(points, 1), whole)


def total_of(scored: Iterable[Scored], numbers: Iterable[int] = ()) -> Decimal | None:
    """The sum of the scores, of all indices or of those named; None while one of them has nothing to tell."""
    named = set(numbers)
    scores = [each.score for each in scored if not named or each.index.number in named]
    known = [score for score in scores if score is not None]
    return sum(known, Decimal(0)) if len(known) == len(scores) else None
