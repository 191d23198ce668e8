"""From fee rules and the answers of a case to charges: price, count, cap, reduction, exemption, in this order."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tinhso.kernel.fees.saying import counted, say_unit
from tinhso.kernel.flow import CHANNELS, DAYS_SINCE, Fee, Price, Relief, Tariff, Text, Tier, holds
from tinhso.kernel.money import format_dong

DUE, FREE, LATER, UNKNOWN = "due", "free", "later", "unknown"
MOST_UNITS = 1_000_000  # no dossier has more pages or copies; a slip of the finger is not a debt


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a charge depends on: the answers, the way of filing, the day, and exemptions an officer has granted."""

    answers: Mapping[str, Any]
    channel: str
    on: date
    granted: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the arithmetic in words, and the amount after it."""

    words: Text
    amount_dong: int


@dataclass(frozen=True, slots=True)
class Charge:
    """
    What one fee comes to in a case.

    `state`: `due` (pay `amount_dong`), `free` (nothing, and `lines` say why), `later` (an office has yet to assess
    it), `unknown` (the province has not entered its amount). `exemptions` are all there are, `relief` the one applied.
    """

    fee: Fee
    state: str
    amount_dong: int = 0
    full_dong: int = 0
    lines: tuple[Line, ...] = ()
    relief: Relief | None = None

    @property
    def exemptions(self) -> tuple[Relief, ...]:
        """Who need not pay, or pays less: shown beside the amount, whatever it is."""
        return self.fee.exemptions


@dataclass(slots=True)
class Sum:
    """A sum that grows line by line."""

    amount_dong: int = 0
    lines: list[Line] = field(default_factory=list)

    def say(self, vi: str, en: str, amount_dong: int) -> None:
        """Go on to that amount, and say why."""
        self.amount_dong = amount_dong
        self.lines.append(Line(Text(vi, en), amount_dong))


def apply_tariff(procedure: str, fees: Iterable[Fee], tariff: Tariff) -> tuple[Fee, ...]:
    """The fees of that procedure with the amounts the province set and the reductions that hold for many procedures."""
    return tuple(_with_wide_reductions(procedure, _with_amounts(procedure, fee, tariff), tariff) for fee in fees)


def _with_amounts(procedure: str, fee: Fee, tariff: Tariff) -> Fee:
    if not fee.set_by:
        return fee
    local = [each for each in tariff.amounts if (each.procedure, each.fee) == (procedure, fee.code)]
    prices = tuple(price for each in reversed(local) for price in each.prices)
    exemptions = (*fee.exemptions, *(relief for each in local for relief in each.exemptions))
    source = "; ".join(filter(None, (fee.source, *(each.source for each in local))))
    return replace(fee, prices=prices, exemptions=exemptions, source=source)


def _with_wide_reductions(procedure: str, fee: Fee, tariff: Tariff) -> Fee:
    wide = [
        each.relief
        for each in tariff.reductions
        if procedure in (each.procedures or (procedure,)) and fee.kind in (each.kinds or (fee.kind,))
    ]
    return replace(fee, reductions=(*fee.reductions, *wide)) if wide else fee


def assess(fees: Iterable[Fee], occasion: Occasion) -> tuple[Charge, ...]:
    """
    What these fees come to, in the table's order; a fee whose condition fails, or of which nothing is counted, is left out.

    Of several reductions, and of several exemptions, the best for the applicant holds; a part of a đồng is not asked.
    """
    channel = occasion.channel if occasion.channel in CHANNELS else "online"  # as the national portal sends them
    known = {**occasion.answers, **_days_since(occasion), "channel": channel}
    charges = (
        _charge(fee, replace(occasion, answers=known, channel=channel)) for fee in fees if holds(fee.when, known)
    )
    return tuple(charge for charge in charges if charge is not None)


def _days_since(occasion: Occasion) -> dict[str, int]:
    """`days_since_…` for each answer that is a day: a birth is registered in time within 60 days."""
    days = dict[str, int]()
    for code, answer in occasion.answers.items():
        try:
            days[f"{DAYS_SINCE}{code}"] = (occasion.on - date.fromisoformat(answer)).days
        except (TypeError, ValueError):
            continue
    return days


def _charge(fee: Fee, occasion: Occasion) -> Charge | None:
    if fee.assessed_by:
        return Charge(fee, LATER)
    counts = list(_counts(fee, occasion.answers))
    if not any(per * times for _, per, times in counts):
        return None
    full = _sum(fee, counts, occasion, None)
    if full is None:
        return Charge(fee, UNKNOWN)
    due, reduction = _reduced(fee, counts, occasion, full)
    due, exemption = _exempted(fee, occasion, due)
    state = DUE if due.amount_dong else FREE
    return Charge(fee, state, due.amount_dong, full.amount_dong, tuple(due.lines), exemption or reduction)


def _counts(fee: Fee, answers: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], int, int]]:
    """What conditions know, how many units, and how many times: once, or for each row of the group."""
    rows = answers.get(fee.each) if fee.each else [{}]
    for row in rows if isinstance(rows, Sequence) and not isinstance(rows, str) else []:
        known = {**answers, **row} if isinstance(row, Mapping) else answers
        yield known, _number(fee.per, known), _number(fee.times, known)


def _number(code: str, answers: Mapping[str, Any]) -> int:
    """How many a field says: its number, the rows of a group; without a field one, without an answer none."""
    if not code:
        return 1
    answer = answers.get(code)
    if isinstance(answer, list | tuple):
        return len(answer)
    try:
        return min(max(int(answer or 0), 0), MOST_UNITS)
    except (TypeError, ValueError, OverflowError):
        return 0


def _sum(fee: Fee, counts: Iterable[tuple[Mapping[str, Any], int, int]], occasion: Occasion, lower: Relief | None) -> Sum | None:  # fmt: skip
    """The whole before percentages; None where no price holds. `lower` is a reduction to a lower price."""
    total, rows = Sum(), [(known, per, times) for known, per, times in counts if per and times]
    for known, per, times in rows:
        price = next((each for each in fee.prices if _fits(each, occasion, known)), None)
        if price is None:
            return None
        one = Sum()
        _for_units(fee, _lowered(price, lower), per, one)
        if fee.times:
            say_times = f"{times} × {format_dong(one.amount_dong)} = {format_dong(one.amount_dong * times)}"
            one.say(f"Số lượng: {say_times}", f"Number: {say_times}", one.amount_dong * times)
        total.lines += one.lines
        total.amount_dong += one.amount_dong
    if len(rows) > 1:
        said = format_dong(total.amount_dong)
        total.say(f"Cộng {len(rows)} dòng: {said}", f"Sum of {len(rows)} rows: {said}", total.amount_dong)
    return total


def _fits(price: Price | Relief, occasion: Occasion, known: Mapping[str, Any]) -> bool:
    in_time = (price.from_on or date.min) <= occasion.on <= (price.until_on or date.max)
    return in_time and (not price.channels or occasion.channel in price.channels) and holds(price.when, known)


def _lowered(price: Price, lower: Relief | None) -> Price:
    if lower is None or lower.amount_dong is None:
        return price
    least = lower.amount_dong
    return replace(price, tiers=tuple(Tier(min(tier.amount_dong, least), tier.up_to) for tier in price.tiers))


def _for_units(fee: Fee, price: Price, count: int, total: Sum) -> None:
    """Add the units tier by tier, then hold the cap."""
    before = 0
    for tier in price.tiers:
        here = count - before if tier.up_to is None else min(count, tier.up_to) - before
        if here <= 0:
            break
        _say_tier(fee, price, tier, (before, here), total)
        before += here
    if price.cap_dong is not None and total.amount_dong > price.cap_dong:
        cap = format_dong(price.cap_dong)
        total.say(f"Không quá {cap}: thu {cap}", f"Not more than {cap}: {cap}", price.cap_dong)


def _say_tier(fee: Fee, price: Price, tier: Tier, here: tuple[int, int], total: Sum) -> None:
    before, count = here
    each, amount_dong = format_dong(tier.amount_dong), total.amount_dong + count * tier.amount_dong
    if not fee.per:
        total.say(f"Mức thu: {each}", f"Amount: {each}", amount_dong)
        return
    said = f"{count} × {each} = {format_dong(count * tier.amount_dong)}"
    one, many = say_unit(fee, "vi"), counted(fee, "en")
    if len(price.tiers) == 1:
        total.say(f"Số {one}: {said}", f"{many}: {said}", amount_dong)
    else:
        span = f"{before + 1}-{before + count}" if count > 1 else f"{before + 1}"
        total.say(f"{one.capitalize()} {span}: {said}", f"{many} {span}: {said}", amount_dong)


def _reduced(
    fee: Fee, counts: list[tuple[Mapping[str, Any], int, int]], occasion: Occasion, full: Sum
) -> tuple[Sum, Relief | None]:
    """The best reduction that holds on the day, if any."""
    best, applied = full, None
    for relief in fee.reductions:
        if not _fits(relief, occasion, occasion.answers):
            continue
        reduced = (
            _with_percent(full, relief)
            if relief.amount_dong is None
            else _at_lower_price(fee, counts, occasion, relief)
        )
        if reduced is not None and reduced.amount_dong < best.amount_dong:
            best, applied = reduced, relief
    return best, applied


def _at_lower_price(
    fee: Fee, counts: list[tuple[Mapping[str, Any], int, int]], occasion: Occasion, relief: Relief
) -> Sum | None:
    reduced = _sum(fee, counts, occasion, relief)
    if reduced is not None:
        vi, en = relief.name.vi, relief.name.in_language("en")
        reduced.lines.insert(0, Line(Text(f"Áp dụng mức giảm: {vi}", f"Reduced price: {en}"), 0))
    return reduced


def _with_percent(total: Sum, relief: Relief) -> Sum:
    """The sum less that part, rounded down to the đồng: the part of a đồng is the applicant's."""
    left = total.amount_dong * (100 - relief.percent) // 100
    after = Sum(total.amount_dong, list(total.lines))
    said = f"−{format_dong(total.amount_dong - left)} = {format_dong(left)}"
    vi, en = (f"{relief.name.vi}: giảm {relief.percent}%", f"{relief.name.in_language('en')}: {relief.percent}% off")
    if relief.percent == 100:
        vi, en = f"Miễn: {relief.name.vi}", f"Exempt: {relief.name.in_language('en')}"
    after.say(f"{vi}, {said}", f"{en}, {said}", left)
    return after


def _exempted(fee: Fee, occasion: Occasion, total: Sum) -> tuple[Sum, Relief | None]:
    """The largest exemption that the answers or an officer give; one without a condition is given by officers only."""
    known = occasion.answers
    given = [
        relief
        for relief in fee.exemptions
        if relief.code in occasion.granted or (relief.when is not None and _fits(relief, occasion, known))
    ]
    if not given or not total.amount_dong:
        return total, None
    best = max(given, key=lambda relief: relief.percent)
    return _with_percent(total, best), best
