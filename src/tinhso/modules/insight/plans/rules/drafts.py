"""A figure before it is kept: what a form, a row of a workbook or a request says, read and judged the same for all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from tinhso.kernel.vietnamese import syllables
from tinhso.modules.insight.plans.rules.definitions import DISTRICT, DISTRICTS_END_ON, LEVELS, Measure
from tinhso.modules.insight.plans.rules.numbers import (
    COMPARATORS,
    EQUAL,
    RANGE,
    NoNumber,
    Quantity,
    exact_number,
    read_number,
)
from tinhso.modules.insight.plans.rules.periods import NoPeriod, Period, read_period
from tinhso.platform.units.rules import UnitRow

Sent = str | int | float | Decimal | date | None
LONGEST: Final = {
    "source_title": 300,
    "publisher": 200,
    "source_address": 500,
    "method": 500,
    "note": 500,
}
NEEDED: Final = ("source_title", "publisher")
YES, NO = {"", "1", "x", "co", "yes", "true"}, {"0", "khong", "no", "false"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with what was sent: in which column, what to do about it."""

    field: str
    vi: str
    en: str


class Refused(Exception):
    """What was sent is not kept; `troubles` says everything that is wrong with it."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self.troubles = troubles
        self.vi, self.en = troubles[0].vi, troubles[0].en
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure that may be kept."""

    measure: str
    unit_key: str
    level: str
    period: Period
    quantity: Quantity
    source_title: str
    publisher: str
    source_address: str = ""
    method: str = ""
    announced_on: date | None = None
    note: str = ""
    is_public: bool = True
    evidence_sha256: str = ""

    @property
    def source_key(self) -> str:
        """The same for everything that this publisher says, however it is spelt."""
        return source_key(self.publisher)


@dataclass(slots=True)
class Known:
    """What a draft is judged by: measures, units on a day, today; and whose figures the actor may type."""

    measures: Mapping[str, Measure]
    find_unit: Callable[[str, date], UnitRow | None]
    may_type: Callable[[UnitRow], bool]
    today: date
    troubles: list[Trouble] = field(default_factory=list)


def source_key(publisher: str) -> str:
    """A publisher's name without marks, capitals and signs."""
    return " ".join(syllables(publisher))[:200]


def read_draft(sent: Mapping[str, Sent], known: Known) -> Draft:
    """
    The figure that was sent, by the names of `Draft`'s fields, with `unit`, `value` and `to`.

    :raises Refused: with every trouble at once
    """
    known = Known(known.measures, known.find_unit, known.may_type, known.today)
    measure = _measure(sent, known)
    period = _period(sent, known)
    level = _one_of(sent, "level", LEVELS, "province", known)
    unit = _unit(sent, period, known)
    quantity = _quantity(sent, measure, known)
    texts = {name: _text(sent, name, known) for name in LONGEST}
    announced_on = _announced(sent, known)
    is_public = _is_public(sent, known)
    if period and level == DISTRICT and period.last >= DISTRICTS_END_ON:
        _wrong(known, "level", "Cấp huyện không còn từ 01/07/2025.", "There are no districts since 2025-07-01.")
    if period and announced_on and announced_on < period.first:
        _wrong(known, "announced_on", "Công bố trước khi kỳ bắt đầu.", "Announced before the period began.")
    if known.troubles or not (measure and period and unit and quantity):
        raise Refused(known.troubles)
    evidence = str(sent.get("evidence_sha256") or "")
    return Draft(
        measure.code, unit.key, level, period, quantity, **texts, announced_on=announced_on, is_public=is_public, evidence_sha256=evidence
    )  # fmt: skip


def _wrong(known: Known, name: str, vi: str, en: str) -> None:
    known.troubles.append(Trouble(name, vi, en))


def words_in(value: Sent) -> str:
    """What was sent as one line of text; a whole number without ".0"."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _measure(sent: Mapping[str, Sent], known: Known) -> Measure | None:
    code = words_in(sent.get("measure"))
    found = known.measures.get(code)
    if not code:
        _wrong(known, "measure", "Hãy ghi mã chỉ tiêu.", "Name the measure.")
    elif found is None:
        _wrong(known, "measure", f"Không có chỉ tiêu mã “{code[:40]}”.", f"There is no measure “{code[:40]}”.")
    elif found.indicator:
        vi = f"“{found.title.vi}” do hệ thống tự tính từ hồ sơ, không ai nhập được."
        _wrong(known, "measure", vi, f"“{found.title.en}” is derived from records; nobody types it.")
    return found


def _period(sent: Mapping[str, Sent], known: Known) -> Period | None:
    try:
        found = read_period(words_in(sent.get("period")))
    except NoPeriod as wrong:
        _wrong(known, "period", wrong.vi, wrong.en)
        return None
    if found.last > known.today:
        _wrong(known, "period", f"Kỳ {found.code} chưa hết.", f"The period {found.code} is not over.")
    return found


def _one_of(sent: Mapping[str, Sent], name: str, allowed: Mapping[str, object], default: str, known: Known) -> str:
    said = words_in(sent.get(name)) or default
    by_title = {" ".join(syllables(str(title))): code for code, title in allowed.items() if title}
    code = said if said in allowed else by_title.get(" ".join(syllables(said)), "")
    if not code:
        _wrong(known, name, f"“{said[:40]}” phải là một trong: {', '.join(allowed)}.", f"“{said[:40]}” is none of: {', '.join(allowed)}.")  # fmt: skip
    return code or default


def _unit(sent: Mapping[str, Sent], period: Period | None, known: Known) -> UnitRow | None:
    text = words_in(sent.get("unit"))
    if not text:
        _wrong(known, "unit", "Hãy ghi đơn vị.", "Name the unit.")
    if not text or period is None:
        return None
    unit = known.find_unit(text, period.last)
    if unit is None:
        _wrong(known, "unit", f"Không có đơn vị “{text[:60]}” vào ngày {period.last:%d/%m/%Y}.", f"There is no unit “{text[:60]}” on {period.last}.")  # fmt: skip
    elif not unit.is_valid(period.last):
        ended = f"{unit.valid_to:%d/%m/%Y}" if unit.valid_to else ""
        _wrong(known, "unit", f"{unit.name} ({unit.key}) không còn vào cuối kỳ (hết ngày {ended}). Hãy ghi đơn vị kế thừa.", f"{unit.name_en} ({unit.key}) is no more at the end of the period; name its heir.")  # fmt: skip
    elif not known.may_type(unit):
        _wrong(known, "unit", f"Bạn không được nhập số liệu của {unit.name}.", f"You may not type figures of {unit.name_en}.")  # fmt: skip
    return unit


def _quantity(sent: Mapping[str, Sent], measure: Measure | None, known: Known) -> Quantity | None:
    comparator = _one_of(sent, "comparator", dict.fromkeys(COMPARATORS, ""), EQUAL, known)
    low = _number(sent, "value", measure, known)
    high = _number(sent, "to", measure, known) if comparator == RANGE or words_in(sent.get("to")) else None
    if low is None or (comparator == RANGE and high is None):
        return None
    try:
        found = Quantity(comparator, low, high)
    except NoNumber as wrong:
        _wrong(known, "to", wrong.vi, wrong.en)
        return None
    least, most = measure.ends if measure else (None, None)
    for name, number in (("value", low), ("to", high)):
        if number is not None and ((least is not None and number < least) or (most is not None and number > most)):
            ends = f"{'' if least is None else least} … {'' if most is None else most}"
            _wrong(known, name, f"{number} nằm ngoài khoảng có thể: {ends}.", f"{number} is outside what can be: {ends}.")  # fmt: skip
    return found


def _number(sent: Mapping[str, Sent], name: str, measure: Measure | None, known: Known) -> Decimal | None:
    value = sent.get(name)
    is_whole = measure is not None and measure.is_whole
    try:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            found = exact_number(words_in(value))
        else:
            found = read_number(words_in(value), whole=is_whole)
    except NoNumber as wrong:
        empty = not words_in(value)
        _wrong(known, name, "Hãy ghi số." if empty else wrong.vi, "Write the number." if empty else wrong.en)
        return None
    if is_whole and found != found.to_integral_value():
        _wrong(known, name, "Chỉ tiêu này đếm số nguyên.", "This measure counts whole things.")
    return found


def _text(sent: Mapping[str, Sent], name: str, known: Known) -> str:
    text, most = words_in(sent.get(name)), LONGEST[name]
    if not text and name in NEEDED:
        vi = {"source_title": "Hãy ghi tên nguồn.", "publisher": "Hãy ghi ai công bố."}[name]
        en = {"source_title": "Name the source.", "publisher": "Say who publishes it."}[name]
        _wrong(known, name, vi, en)
    if len(text) > most:
        _wrong(known, name, f"Dài {len(text)} ký tự, nhiều nhất {most}.", f"{len(text)} signs, at most {most}.")
    if name == "source_address" and text and not text.startswith(("https://", "http://")):
        _wrong(known, name, "Địa chỉ phải bắt đầu bằng https://", "An address begins with https://")
    return text


def _announced(sent: Mapping[str, Sent], known: Known) -> date | None:
    text = words_in(sent.get("announced_on"))
    if not text:
        return None
    day = text.split("/")
    try:
        found = date(*(int(part) for part in reversed(day))) if len(day) == 3 else date.fromisoformat(text)
    except (ValueError, TypeError, OverflowError):
        _wrong(known, "announced_on", f"“{text[:20]}” không phải là ngày như 31/12/2025.", f"“{text[:20]}” is no day like 2025-12-31.")  # fmt: skip
        return None
    if found > known.today:
        _wrong(known, "announced_on", "Ngày công bố ở tương lai.", "The day of announcement is yet to come.")
    return found


def _is_public(sent: Mapping[str, Sent], known: Known) -> bool:
    said = " ".join(syllables(words_in(sent.get("is_public"))))
    if said not in YES | NO:
        _wrong(known, "is_public", "Hãy ghi có hoặc không.", "Write yes or no.")
    return said not in NO
