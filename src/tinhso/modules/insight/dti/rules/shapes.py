"""How a criterion turns what is declared into points: six shapes and declared points; exact, told at four places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from tinhso.kernel.flow import Problem, Text
from tinhso.modules.insight.dti.rules.rounding import read_number
from tinhso.modules.insight.dti.rules.wording import Said

POINTS, RATIO, STEPS, CHOICE, HALVES, BEST, TARGET = "points", "ratio", "steps", "choice", "halves", "best", "target"
SHAPES: Final = (POINTS, RATIO, STEPS, CHOICE, HALVES, BEST, TARGET)
OF_TWO_NUMBERS: Final = (RATIO, TARGET)
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a categorical criterion and the share of the maximum it earns."""

    code: str
    share: Decimal
    name: Text


@dataclass(frozen=True, slots=True)
class Shape:
    """
    One way of scoring. `steps` are (from this count, points) rising; `parts` each earn an equal share of the maximum.

    `points`: what is declared, up to the maximum. `ratio`: a/b. `target`: a/b over the target, at most everything.
    `best`: over the best unit's value, so every unit's must be known.
    """

    kind: str
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    choices: tuple[Choice, ...] = ()
    parts: tuple[Text, ...] = ()
    target: Decimal = Decimal(1)


def score_answer(shape: Shape, most: Decimal, answer: Mapping[str, str], best: Decimal | None = None) -> Fraction:
    """
    The points that an answer earns, exact.

    :param answer: by shape: `numerator` and `denominator`; `value` (points, a count, the unit's own value); `choice`;
        `part_1`, `part_2` … each a share from 0 to 1
    :raises Said: it cannot be scored; says which field and what to write
    """
    earned: Fraction = _WAYS[shape.kind](shape, most, answer, best)
    return earned


def score_reach(shape: Shape, most: Decimal, reach: str, best: Decimal | None = None) -> Fraction:
    """
    The points of what could be reached, written as one text: points, a count, a code, or a share ("85%", 0.85).

    :raises Said: it cannot be scored
    """
    if shape.kind == CHOICE:
        return score_answer(shape, most, {"choice": reach})
    if shape.kind in {POINTS, STEPS, BEST}:
        return score_answer(shape, most, {"value": reach}, best)
    share = read_number(reach)
    if share is None or not 0 <= share <= 1:
        raise _wrong("reach", f"“{reach}” phải là một phần từ 0 đến 1 (0.85 hoặc 85%)", f"“{reach}” must be a share from 0 to 1 (0.85 or 85%)")  # fmt: skip
    if shape.kind == TARGET:
        return min(Fraction(1), Fraction(share) / Fraction(shape.target)) * Fraction(most)
    return Fraction(share) * Fraction(most)


def fields_of(shape: Shape) -> tuple[str, ...]:
    """The fields of an answer."""
    if shape.kind in OF_TWO_NUMBERS:
        return ("numerator", "denominator")
    if shape.kind == CHOICE:
        return ("choice",)
    if shape.kind == HALVES:
        return tuple(f"part_{number}" for number in range(1, len(shape.parts) + 1))
    return ("value",)


def _points(_shape: Shape, most: Decimal, answer: Mapping[str, str], _best: Decimal | None) -> Fraction:
    value = _number(answer, "value")
    if not 0 <= value <= most:
        raise _wrong("value", f"phải từ 0 đến {most} điểm", f"must be 0 to {most} points")
    return Fraction(value)


def _ratio(_shape: Shape, most: Decimal, answer: Mapping[str, str], _best: Decimal | None) -> Fraction:
    return _quotient(answer) * Fraction(most)


def _target(shape: Shape, most: Decimal, answer: Mapping[str, str], _best: Decimal | None) -> Fraction:
    return min(Fraction(1), _quotient(answer) / Fraction(shape.target)) * Fraction(most)


def _quotient(answer: Mapping[str, str]) -> Fraction:
    numerator, denominator = _number(answer, "numerator"), _number(answer, "denominator")
    if denominator <= 0:
        raise _wrong("denominator", "mẫu số phải lớn hơn 0", "the denominator must be more than 0")
    if not 0 <= numerator <= denominator:
        raise _wrong(
            "numerator", f"tử số phải từ 0 đến mẫu số ({denominator})", f"the numerator must be 0 to {denominator}"
        )
    return Fraction(numerator) / Fraction(denominator)


def _steps(shape: Shape, _most: Decimal, answer: Mapping[str, str], _best: Decimal | None) -> Fraction:
    value = _number(answer, "value")
    if value < 0:
        raise _wrong("value", "không được âm", "must not be negative")
    return Fraction(max((points for start, points in shape.steps if value >= start), default=Decimal(0)))


def _choice(shape: Shape, most: Decimal, answer: Mapping[str, str], _best: Decimal | None) -> Fraction:
    said = answer.get("choice", "")
    for choice in shape.choices:
        if choice.code == said:
            return Fraction(choice.share) * Fraction(most)
    known = ", ".join(choice.code for choice in shape.choices)
    raise _wrong("choice", f"chọn một trong: {known}", f"choose one of: {known}")


def _halves(shape: Shape, most: Decimal, answer: Mapping[str, str], _best: Decimal | None) -> Fraction:
    shares = [_number(answer, name) for name in fields_of(shape)]
    for name, share in zip(fields_of(shape), shares, strict=True):
        if not 0 <= share <= 1:
            raise _wrong(name, "phải từ 0 đến 1 (1 là đạt đủ)", "must be 0 to 1 (1 is all of it)")
    return sum((Fraction(share) for share in shares), Fraction(0)) / len(shares) * Fraction(most)


def _best(_shape: Shape, most: Decimal, answer: Mapping[str, str], best: Decimal | None) -> Fraction:
    value = _number(answer, "value")
    if value < 0:
        raise _wrong("value", "không được âm", "must not be negative")
    if best is None and answer.get("best"):
        best = _number(answer, "best")
    if best is None or best <= 0:
        raise _wrong(
            "best",
            "cần số của đơn vị cao nhất: một tỉnh không tự chấm được tiêu chí này",
            "the best unit's value is needed: one province cannot score this by itself",
        )
    return Fraction(value) / Fraction(max(value, best)) * Fraction(most)


_WAYS: Mapping[str, Any] = {
    POINTS: _points,
    RATIO: _ratio,
    STEPS: _steps,
    CHOICE: _choice,
    HALVES: _halves,
    BEST: _best,
    TARGET: _target,
}


def _number(answer: Mapping[str, str], name: str) -> Decimal:
    text = str(answer.get(name, "")).strip()
    value = read_number(text) if text else None
    if value is None:
        vi = f"“{text}” không phải là số" if text else "chưa ghi"
        raise _wrong(name, vi, f"“{text}” is no number" if text else "is not filled in")
    return value


def _wrong(name: str, vi: str, en: str) -> Said:
    names = {
        "numerator": ("Tử số", "Numerator"),
        "denominator": ("Mẫu số", "Denominator"),
        "value": ("Giá trị", "Value"),
        "choice": ("Lựa chọn", "Choice"),
        "best": ("Giá trị cao nhất", "Best value"),
        "reach": ("Mức có thể đạt", "Reach"),
    }
    title = names.get(name, (f"Phần {name.removeprefix('part_')}", f"Part {name.removeprefix('part_')}"))
    return Said(Problem("dti_wrong_answer", f"{title[0]}: {vi}.", f"{title[1]}: {en}.", (name,)))


def shares_sound(choices: Sequence[Choice]) -> bool:
    """Whether choices have different codes and shares from 0 to 1."""
    codes = [choice.code for choice in choices]
    return bool(codes) and len(set(codes)) == len(codes) and all(0 <= choice.share <= 1 for choice in choices)
