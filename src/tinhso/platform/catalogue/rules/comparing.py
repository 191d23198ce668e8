"""Two texts of a procedure side by side, part by part: what is the same, changed, only left, only right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from tinhso.kernel.fees import fee_notes, say_cost
from tinhso.kernel.flow import Deadline, Procedure
from tinhso.kernel.flow.procedure import Limit
from tinhso.kernel.vietnamese import compare_key, syllables
from tinhso.kernel.worktime import Duration
from tinhso.platform.catalogue.rules.reading import Channel, Description

PARTS = ("name", "papers", "fees", "limits", "steps", "result", "base")
ALIKE = 0.5
Change = Literal["same", "changed", "left", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part; lines of two texts with one key are compared with each other."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One text: what it is called, from when it holds, its lines by part; a part it does not speak of is not there."""

    title: str
    version: str
    effective_on: date | None
    parts: dict[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison."""

    change: Change
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the comparison; `silent` names the side that does not speak of it."""

    code: str
    rows: tuple[Row, ...]
    silent: Literal["", "left", "right"] = ""

    @property
    def changes(self) -> int:
        """How many lines are not the same."""
        return sum(row.change != "same" for row in self.rows) if not self.silent else 0


def compare(left: Side, right: Side) -> tuple[Part, ...]:
    """All parts that either side speaks of, in a fixed order."""
    return tuple(_part(code, left, right) for code in PARTS if code in left.parts or code in right.parts)


def _part(code: str, left: Side, right: Side) -> Part:
    if code not in left.parts:
        return Part(code, tuple(Row("right", "", line.text) for line in right.parts[code]), "left")
    if code not in right.parts:
        return Part(code, tuple(Row("left", line.text) for line in left.parts[code]), "right")
    return Part(code, _rows(left.parts[code], right.parts[code]))


def _rows(left: Sequence[Line], right: Sequence[Line]) -> tuple[Row, ...]:
    """First lines of one key, then those that read alike, then what only one side has; in the order of the left."""
    rest = list(right)
    rows: list[Row] = []
    for line in left:
        other = next((each for each in rest if each.key == line.key), None) or _alike(line, rest)
        if other is None:
            rows.append(Row("left", line.text))
            continue
        rest.remove(other)
        same = compare_key(line.text) == compare_key(other.text)
        rows.append(Row("same" if same else "changed", line.text, other.text))
    return (*rows, *(Row("right", "", line.text) for line in rest))


def _alike(line: Line, others: Iterable[Line]) -> Line | None:
    own = set(syllables(line.text))
    scored = [(_share(own, set(syllables(other.text))), number, other) for number, other in enumerate(others)]
    best = max(scored, default=None, key=lambda each: (each[0], -each[1]))
    return best[2] if best and best[0] >= ALIKE else None


def _share(left: set[str], right: set[str]) -> float:
    return (
        len(left & right)
        / max(1, min(len(left), len(right)))
        * min(1.0, 3 * min(len(left), len(right)) / max(1, len(left), len(right)))
    )


def side_of_pack(procedure: Procedure, language: str) -> Side:
    """A text of a pack."""
    english = language.startswith("en")
    papers = [
        Line(paper.code, paper.name.in_language(language) + ("" if paper.required and paper.when is None else (" (in some cases)" if english else " (tùy trường hợp)")))
        for paper in procedure.papers
    ]  # fmt: skip
    fees = [
        Line(f"price{number}", said)
        for number, said in enumerate(say_cost(procedure.fees, procedure.version, language).split("; "))
    ]
    notes = [
        Line(f"note{number}", said)
        for number, said in enumerate(fee_notes(procedure.fees, procedure.version, language))
    ]
    names = {state.code: state.name.in_language(language) for state in procedure.states}
    steps = [
        Line(f"{step.source}.{step.act}.{step.target}", f"{names.get(step.source, '')} → {step.name.in_language(language)} → {names.get(step.target, '')}")
        for step in procedure.steps
    ]  # fmt: skip
    result = [Line("result", procedure.result.name.in_language(language))] if procedure.result else []
    return Side(
        title=procedure.name.in_language(language),
        version=procedure.version.isoformat(),
        effective_on=procedure.version,
        parts={
            "name": (Line("name", procedure.name.in_language(language)),),
            "papers": tuple(papers),
            "fees": (*fees, *notes),
            "limits": tuple(_limits_of_pack(procedure, language)),
            "steps": tuple(steps),
            "result": tuple(result),
            "base": tuple(Line(source.title, source.title) for source in procedure.sources),
        },
    )  # fmt: skip


def side_of_record(text: Description, number: int, effective_on: date | None, language: str) -> Side:
    """A text of the portal; it does not speak of steps."""
    return Side(
        title=text.name,
        version=str(number),
        effective_on=effective_on,
        parts={
            "name": (Line("name", text.name),),
            "papers": tuple(Line(f"record{at}", paper.name) for at, paper in enumerate(text.papers)),
            "fees": tuple(Line(f"price{at}", said) for at, said in enumerate(dict.fromkeys(_fee(row) for row in text.channels))),
            "limits": tuple(Line(said, said) for said in dict.fromkeys(_limit(row, language) for row in text.channels)),
            "result": tuple(Line("result" if at == 0 else f"result{at}", each.name) for at, each in enumerate(text.results)),
            "base": (Line(text.decision, text.decision),) if text.decision else (),
        },
    )  # fmt: skip


def _limits_of_pack(procedure: Procedure, language: str) -> Iterable[Line]:
    for limit in procedure.limits:
        said = _deadline(limit.deadline, language)
        channels = ", ".join(limit.channels)
        yield Line(
            f"{channels}{said}",
            f"{channels}: {said}{_case(limit, language)}" if channels else said + _case(limit, language),
        )
    if procedure.deadline:
        said = _deadline(procedure.deadline, language)
        yield Line(said, said)


def _case(limit: Limit, language: str) -> str:
    if limit.when is None:
        return ""
    return " (in some cases)" if language.startswith("en") else " (tùy trường hợp)"


def _deadline(deadline: Deadline, language: str) -> str:
    words = Duration(deadline.amount, deadline.unit).text
    return words.en if language.startswith("en") else words.vi


def _limit(row: Channel, language: str) -> str:
    if row.limit is None:
        return f"{row.channel}: ?"
    if row.unit is None:
        return f"{row.channel}: {row.limit.normalize():f} ?"
    return f"{row.channel}: {_deadline(Deadline(Decimal(row.limit), {'calendar_day': 'day'}.get(row.unit, row.unit)), language)}"


def _fee(row: Channel) -> str:
    amount = (
        "?"
        if row.fee is None
        else f"{int(row.fee):,}".replace(",", ".") + (" đ" if row.currency == "VND" else f" {row.currency}")
    )
    return f"{amount} {row.note}".strip()
