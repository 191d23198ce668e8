"""Whether answers fit a form: one judgement for pages and for the API."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as column
from datetime import date
from typing import Any

from tinhso.kernel.flow import holds
from tinhso.kernel.identifiers import PersonalNumber
from tinhso.kernel.packs import Field, Form
from tinhso.platform.forms.rules.dates import NoDate, parse_date
from tinhso.platform.forms.rules.problems import Problem, problem
from tinhso.platform.forms.rules.values import Wrong, clean, is_blank

MOST_ROWS = 50
SEXES = {"male": "male", "nam": "male", "female": "female", "nu": "female"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of answers.

    `answers` holds what fits, in the order of the form; `problems` block, `warnings` only ask to look again.
    """

    answers: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing blocks."""
        return not self.problems


@dataclass(slots=True)
class _Reading:
    """One reading of a form: what it is judged by, and what was found so far."""

    on: date
    units: Container[str] | None
    problems: list[Problem] = column(default_factory=list)

    def complain(self, code: str, path: str, field: Field, **named: object) -> None:
        self.problems.append(problem(code, path, field.label, **named))


def validate(
    form: Form, answers: Mapping[str, Any], *, page: str | None = None, on: date, units: Container[str] | None = None
) -> Outcome:
    """
    Clean the answers and find all that is wrong with them at once.

    Fields whose condition does not hold are dropped, whatever was answered. What the form does not ask is dropped too.

    :param page: judge this page only; conditions still look at the whole form
    :param on: today where the applicant is
    :param units: keys of the units that may be chosen; None believes any well-formed key
    """
    reading = _Reading(on, units)
    kept: dict[str, Any] = {}
    for each in form.pages:
        if holds(each.when, kept):
            _read_fields(each.fields, answers, kept, reading)
    outcome = Outcome(kept, tuple(reading.problems), tuple(_warnings(form, kept)))
    return outcome if page is None else _only(outcome, form, page)


def _only(outcome: Outcome, form: Form, page: str) -> Outcome:
    codes = {field.code for each in form.pages if each.code == page for field in each.fields}
    if not codes:
        raise KeyError(page)

    def here(found: tuple[Problem, ...]) -> tuple[Problem, ...]:
        return tuple(each for each in found if each.field.partition(".")[0] in codes)

    answers = {code: value for code, value in outcome.answers.items() if code in codes}
    return Outcome(answers, here(outcome.problems), here(outcome.warnings))


def _read_fields(fields: Sequence[Field], given: Mapping[str, Any], kept: dict[str, Any], reading: _Reading) -> None:
    for field in fields:
        if not holds(field.when, kept):
            continue
        answer = given.get(field.code)
        if field.kind == "group":
            rows = _read_rows(field, answer, kept, reading)
            if rows:
                kept[field.code] = rows
        elif (value := _read_one(field, answer, field.code, reading)) is not None:
            kept[field.code] = value


def _read_one(field: Field, answer: Any, path: str, reading: _Reading) -> Any:
    """The cleaned answer; None when it is blank or wrong, and then the reason is noted."""
    if is_blank(answer):
        if field.required:
            reading.complain("choose" if field.kind in {"choice", "yes_no", "unit"} else "required", path, field)
        return None
    try:
        value = clean(field, answer, on=reading.on)
    except Wrong as wrong:
        reading.complain(wrong.code, path, field, **wrong.named)
        return None
    if field.kind == "unit" and reading.units is not None and value not in reading.units:
        reading.complain("not_a_unit", path, field)
        return None
    return value


def _read_rows(group: Field, answer: Any, kept: Mapping[str, Any], reading: _Reading) -> list[dict[str, Any]]:
    """The rows of a group that hold something; as many as are needed are judged even when they are blank."""
    if answer is None:
        answer = []
    if not isinstance(answer, list) or not all(isinstance(row, Mapping) for row in answer):
        reading.complain("not_a_list", group.code, group)
        return []
    most = group.max or MOST_ROWS
    filled = [number for number, row in enumerate(answer) if not is_blank(row)]
    if len(filled) > most:
        reading.complain("too_many_rows", group.code, group, limit=most)
        return []
    least = rows_needed(group)
    judged = sorted({*filled, *range(least)} if len(filled) < least else filled)
    rows = []
    for number in judged:
        row = _read_row(group, answer[number] if number < len(answer) else {}, number, kept, reading)
        rows += [row] if row else []
    if len(filled) < least and not any(child.required for child in group.fields):
        reading.complain("required" if least == 1 else "too_few_rows", group.code, group, limit=least)
    return rows


def rows_needed(group: Field) -> int:
    """How many rows must be answered."""
    return max(group.min or 0, 1 if group.required else 0)


def _read_row(
    group: Field, row: Mapping[str, Any], number: int, kept: Mapping[str, Any], reading: _Reading
) -> dict[str, Any]:
    """One row; its conditions look at the form's answers and at its own."""
    found: dict[str, Any] = {}
    for child in group.fields:
        if holds(child.when, {**kept, **found}):
            value = _read_one(child, row.get(child.code), f"{group.code}.{number}.{child.code}", reading)
            if value is not None:
                found[child.code] = value
    return found


def clean_row(group: Field, row: Mapping[str, Any], kept: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """What of one row fits, beside what the form already holds."""
    return _read_row(group, row, 0, kept, _Reading(on, None))


def _warnings(form: Form, kept: Mapping[str, Any]) -> Iterator[Problem]:
    """What a personal number hints that does not fit what the same person declares beside it."""
    fields = list(form.fields())
    for field in fields:
        if field.kind != "personal_number" or field.code not in kept:
            continue
        known = {other.meaning: kept.get(other.code) for other in fields if other.prefill}
        holder = field.meaning.removesuffix(".number")
        sex = SEXES.get(str(known.get(f"{holder}.sex", "")).lower()) if field.prefill else None
        year = _year_of(known, holder) if field.prefill else None
        for doubt in PersonalNumber(kept[field.code]).warnings(
            birth_on=date(year, 1, 1) if year else None, sex="male" if sex == "male" else "female" if sex else None
        ):
            yield problem(doubt.value, field.code, field.label)


def _year_of(known: Mapping[str, Any], holder: str) -> int | None:
    if born := known.get(f"{holder}.birth_date"):
        try:
            return parse_date(born).year
        except NoDate:
            return None
    year = known.get(f"{holder}.birth_year")
    return year if isinstance(year, int) and 1 <= year <= 9999 else None
