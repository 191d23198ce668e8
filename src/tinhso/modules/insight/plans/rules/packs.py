"""Reading a pack's files about plans: each mistake becomes a problem with its place, and reading goes on."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.flow.tables import Table
from tinhso.modules.insight.plans.rules.definitions import (
    KINDS,
    LEVELS,
    PILLARS,
    TEXT_KINDS,
    Definitions,
    Measure,
    Resolution,
    Result,
    Target,
    Told,
    Word,
)
from tinhso.modules.insight.plans.rules.numbers import COMPARATORS, HIGHER, LOWER, NoNumber, Quantity
from tinhso.modules.insight.plans.rules.paths import Point
from tinhso.modules.insight.plans.rules.periods import NoPeriod, read_period

EMPTY: Mapping[str, Any] = {}


def read_plans(table: Mapping[str, Any], problems: list[Problem]) -> Definitions:
    """What one file says: measures, words, at most one resolution with its targets and results."""
    whole = Table(table, problems)
    found = Definitions()
    for row in whole.tables("measure"):
        _keep(found.measures, _measure(row), row)
    for row in whole.tables("word"):
        _keep(found.words, _word(row), row)
    if head := whole.table("resolution", None):
        told = {row.string("code"): _told(row) for row in whole.tables("source")}
        resolution = _resolution(head, whole, told)
        found.resolutions[resolution.code] = resolution
    whole.close()
    return found


def find_dangling(found: Definitions) -> Iterable[tuple[str, Problem]]:
    """What is named and is nowhere: words, texts, measures; with the code of the measure or resolution that names it."""
    for measure in found.measures.values():
        if measure.word and measure.word not in found.words:
            yield measure.code, _problem("unknown_word", (), measure.word)
    for each in found.resolutions.values():
        if each.under and each.under not in found.resolutions:
            yield each.code, _problem("unknown_resolution", ("resolution", "under"), each.under)
        named = [("target", place, row.measure) for place, row in enumerate(each.targets)]
        named += [("result", place, row.measure) for place, row in enumerate(each.results)]
        for kind, place, code in named:
            if code not in found.measures:
                yield each.code, _problem("unknown_measure", (kind, place, "measure"), code)


def _problem(code: str, place: Place, value: object) -> Problem:
    vi, en = {
        "unknown_measure": ("Không có chỉ tiêu đo “{}”.", "There is no measure “{}”."),
        "unknown_word": ("Không có từ cũ “{}”.", "There is no old word “{}”."),
        "unknown_resolution": ("Không có văn bản “{}”.", "There is no text “{}”."),
        "unknown_source": ("Không có nguồn “{}” trong tệp này.", "There is no source “{}” in this file."),
        "unknown_value": ("“{}” không phải là giá trị được dùng ở đây.", "“{}” is not a value used here."),
        "wrong_quantity": ("Số hoặc khoảng không đúng: {}", "A wrong number or range: {}"),
        "wrong_period": ("{}", "{}"),
        "said_twice": ("“{}” đã có.", "“{}” is there already."),
    }[code]
    return Problem(code, vi.format(value), en.format(value), place)


def _keep(place: dict[str, Any], one: Measure | Word, row: Table) -> None:
    if one.code in place:
        row.problems.append(_problem("said_twice", (*row.place, "code"), one.code))
    place[one.code] = one


def _one_of(row: Table, key: str, known: Iterable[str], default: Any) -> str:
    found = row.string(key, default)
    if found not in known:
        row.problems.append(_problem("unknown_value", (*row.place, key), found))
        return next(iter(known))
    return found


def _number(row: Table, key: str) -> Decimal | None:
    return row.amount(key) if key in row.values else None


def _day(row: Table, key: str) -> date | None:
    return row.day(key) if key in row.values else None


def _measure(row: Table) -> Measure:
    found = Measure(
        code=row.code("code"),
        title=row.text("title"),
        unit=row.text("unit"),
        kind=_one_of(row, "kind", KINDS, "share"),
        better=_one_of(row, "better", (HIGHER, LOWER), HIGHER),
        pillar=_one_of(row, "pillar", PILLARS, "foundation"),
        source=row.string("source", ""),
        indicator=row.string("indicator", ""),
        word=row.string("word", ""),
        out_of=_number(row, "out_of"),
        note=row.text("note", None),
    )
    row.close()
    return found


def _word(row: Table) -> Word:
    found = Word(row.code("code"), row.text("old"), row.text("new"), row.day("since"), row.string("source"))
    row.close()
    return found


def _told(row: Table) -> Told:
    texts = {name: row.string(name, "") for name in ("publisher", "address", "method")}
    found = Told(title=row.string("title"), announced_on=_day(row, "announced_on"), **texts)
    row.close()
    return found


def _resolution(head: Table, whole: Table, told: Mapping[str, Told]) -> Resolution:
    code, unit_key = head.code("code"), head.string("unit_key")
    found = Resolution(
        code=code,
        kind=_one_of(head, "kind", TEXT_KINDS, "plan"),
        number=head.string("number", ""),
        title=head.text("title"),
        issuer=head.text("issuer", None),
        unit_key=unit_key,
        issued_on=_day(head, "issued_on"),
        address=head.string("address", ""),
        under=head.string("under", ""),
        source=head.string("source", ""),
        note=head.text("note", None),
        targets=tuple(_target(row, code, unit_key) for row in whole.tables("target")),
        results=tuple(_result(row, code, unit_key, told) for row in whole.tables("result")),
    )
    head.close()
    codes = [each.code for each in found.targets] + [each.code for each in found.results]
    for twice in {each for each in codes if codes.count(each) > 1}:
        whole.problems.append(_problem("said_twice", (), twice))
    return found


def _quantity(row: Table) -> Quantity:
    comparator = _one_of(row, "comparator", COMPARATORS, "=")
    low, high = row.amount("value"), _number(row, "to")
    try:
        return Quantity(comparator, low, high)
    except NoNumber as wrong:
        row.problems.append(_problem("wrong_quantity", (*row.place, "value"), wrong))
        return Quantity("=", low)


def _points(row: Table, key: str) -> tuple[Point, ...]:
    found = []
    for point in row.tables(key):
        found.append((point.day("on"), point.amount("value")))
        point.close()
    return tuple(found)


def _target(row: Table, code: str, unit_key: str) -> Target:
    year, level, measure = row.whole("year"), _one_of(row, "level", LEVELS, "province"), row.code("measure")
    baseline = _points(row, "baseline")
    found = Target(
        code=f"{code}.{measure}.{level}.{year}",
        measure=measure,
        unit_key=row.string("unit_key", unit_key),
        level=level,
        due_on=_day(row, "due_on") or date(max(year, 1), 12, 31),
        quantity=_quantity(row),
        basis=row.string("basis", ""),
        quote=row.string("quote", ""),
        note=row.text("note", None),
        responsible=row.string("responsible", ""),
        baseline=baseline[0] if baseline else None,
        given=_points(row, "path"),
        flat=row.yes("each_year", default=False),
    )
    row.close()
    return found


def _result(row: Table, code: str, unit_key: str, told: Mapping[str, Told]) -> Result:
    source, measure, level = row.string("source"), row.code("measure"), _one_of(row, "level", LEVELS, "province")
    if source not in told:
        row.problems.append(_problem("unknown_source", (*row.place, "source"), source))
    period = row.string("period")
    try:
        read_period(period)
    except NoPeriod as wrong:
        row.problems.append(_problem("wrong_period", (*row.place, "period"), wrong))
    found = Result(
        code=f"{code}.{measure}.{level}.{period}.{source}",
        measure=measure,
        unit_key=row.string("unit_key", unit_key),
        level=level,
        period=period,
        quantity=_quantity(row),
        told=told.get(source, Told("", "")),
        basis=row.string("basis", ""),
        quote=row.string("quote", ""),
        note=row.string("note", ""),
    )
    row.close()
    return found
