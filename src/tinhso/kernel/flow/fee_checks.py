"""Whether the fees of a procedure can be reckoned: one price for every channel, day and answer, and who pays less."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise, product

from tinhso.kernel.flow.conditions import fields_of, holds, telling_answers
from tinhso.kernel.flow.fee_wording import problem
from tinhso.kernel.flow.fees import (
    CHANNELS,
    DAYS_SINCE,
    KINDS,
    MOMENTS,
    SETTERS,
    Fee,
    Price,
    Relief,
    Tariff,
    WideReduction,
)
from tinhso.kernel.flow.problem import Place, Problem
from tinhso.kernel.flow.procedure import Procedure
from tinhso.kernel.flow.texts import Text
from tinhso.kernel.money import format_dong

LEAST_DONG = 500  # what is asked for anything; the portal shows some fees a thousand times too small
OF_A_CASE = frozenset(
    {"channel", "applicant_level", "household_class"}
)  # what conditions of fees know beside the form's fields


def find_fee_problems(procedure: Procedure, fields: Collection[str] | None) -> Iterator[Problem]:
    """All that is wrong with the fees of a procedure; `fields` are those of its form, None where not known."""
    codes = [fee.code for fee in procedure.fees]
    for fee in procedure.fees:
        place: Place = ("fee", fee.row)
        if fee.code in codes[: fee.row]:
            yield problem("repeated_fee", (*place, "code"), fee=fee.code)
        yield from _word_problems(fee, place)
        yield from _way_problems(fee, place)
        yield from find_price_problems(fee, fee.prices, place)
        yield from _gaps(fee, procedure.version, place)
        yield from _relief_problems(fee, place)
        if fields is not None:
            yield from _field_problems(fee, {*fields, *OF_A_CASE, *(f"{DAYS_SINCE}{field}" for field in fields)}, place)
    yield from _asking_problems(procedure)


def _word_problems(fee: Fee, place: Place) -> Iterator[Problem]:
    """Words that are not among those there are."""
    dated: list[Price | Relief] = [*fee.prices, *fee.exemptions, *fee.reductions]
    channels = [channel for each in dated for channel in each.channels]
    named: list[tuple[str, str, Iterable[str]]] = [("kind", fee.kind, KINDS), ("moment", fee.moment, MOMENTS)]
    named += [("set_by", fee.set_by, SETTERS)] if fee.set_by else []
    named += [("channel", channel, CHANNELS) for channel in dict.fromkeys(channels)]
    for key, value, known in named:
        if value not in known:
            words = ", ".join(known)
            yield problem("unknown_fee_word", (*place, key), fee=fee.code, key=key, value=value, known=words)


def _way_problems(fee: Fee, place: Place) -> Iterator[Problem]:
    """Whether exactly one thing says the amount, and it is known when it is asked."""
    if [bool(fee.prices), bool(fee.set_by), bool(fee.assessed_by)].count(True) != 1:
        yield problem("fee_without_amount", place, fee=fee.code)
    if fee.assessed_by and fee.moment == "filing":
        yield problem("fee_assessed_at_filing", (*place, "moment"), fee=fee.code)
    if fee.each and not (fee.per or fee.times):
        yield problem("each_without_count", (*place, "each"), fee=fee.code)
    if fee.per and not fee.unit:
        yield problem("unit_without_words", (*place, "per"), fee=fee.code, field=fee.per)


def find_price_problems(fee: Fee, prices: tuple[Price, ...], place: Place) -> Iterator[Problem]:
    """What is wrong with single prices of a fee, and with two that hold at once."""
    for price in prices:
        yield from _tier_problems(fee, price, place)
        if price.cap_dong is not None and any(tier.amount_dong > price.cap_dong for tier in price.tiers):
            highest = format_dong(max(tier.amount_dong for tier in price.tiers))
            yield problem("cap_below_tier", place, fee=fee.code, cap=format_dong(price.cap_dong), price=highest)
        if _is_reversed(price):
            yield problem("days_reversed", place, fee=fee.code)
    for (first, one), (second, other) in combinations(enumerate(prices, start=1), 2):
        if _overlap(one, other):
            yield problem("prices_overlap", place, fee=fee.code, row=second, other=first)


def _tier_problems(fee: Fee, price: Price, place: Place) -> Iterator[Problem]:
    bounds = [tier.up_to for tier in price.tiers]
    rises = all(low is not None and (high is None or high > low) for low, high in pairwise(bounds))
    if not rises or bounds[-1] is not None:
        yield problem("wrong_tiers", place, fee=fee.code)
    if (len(bounds) > 1 or price.cap_dong is not None) and not fee.per:
        yield problem("tiers_without_per", place, fee=fee.code)
    for tier in price.tiers:
        if 0 < tier.amount_dong < LEAST_DONG:
            yield problem("fee_too_small", place, fee=fee.code, price=format_dong(tier.amount_dong))


def _is_reversed(dated: Price | Relief) -> bool:
    return dated.from_on is not None and dated.until_on is not None and dated.until_on < dated.from_on


def _overlap(first: Price, second: Price) -> bool:
    """Whether both hold on some day for the same filers; what has no days of its own may follow as the rest."""
    if set(first.channels) != set(second.channels) or first.when != second.when:
        return False
    if (first.from_on or first.until_on) and not (second.from_on or second.until_on):
        return False
    starts = max(first.from_on or date.min, second.from_on or date.min)
    return starts <= min(first.until_on or date.max, second.until_on or date.max)


def _gaps(fee: Fee, version: date, place: Place) -> Iterator[Problem]:
    """The first channel and day from the procedure's own on for which no price holds, for some answers."""
    if not fee.prices:
        return
    days = {version}
    for price in fee.prices:
        days |= {price.from_on} if price.from_on else set()
        days |= {price.until_on + timedelta(days=1)} if price.until_on and price.until_on < date.max else set()
    samples = list(telling_answers(price.when for price in fee.prices))
    samples = [answers for answers in samples if holds(fee.when, answers)] or samples
    for day, channel in product(sorted(day for day in days if day >= version), CHANNELS):
        if not all(any(_holds(price, answers, channel, day) for price in fee.prices) for answers in samples):
            yield problem("fee_without_price", place, fee=fee.code, channel=channel, day=day.isoformat())
            return


def _holds(price: Price, answers: dict[str, object], channel: str, day: date) -> bool:
    in_time = (price.from_on or date.min) <= day <= (price.until_on or date.max)
    return in_time and channel in (price.channels or CHANNELS) and holds(price.when, answers)


def _relief_problems(fee: Fee, place: Place) -> Iterator[Problem]:
    for relief in (*fee.exemptions, *fee.reductions):
        if _is_reversed(relief):
            yield problem("days_reversed", place, fee=fee.code)
        if not (1 <= relief.percent <= 100) and relief.amount_dong is None:
            yield problem("wrong_percent", place, fee=fee.code)
    for relief in fee.reductions:
        if relief.until_on is None:
            yield problem("reduction_without_end", (*place, "reductions"), fee=fee.code, relief=relief.code)
        highest = max((tier.amount_dong for price in fee.prices for tier in price.tiers), default=None)
        if relief.amount_dong is not None and highest is not None and relief.amount_dong >= highest:
            price = format_dong(relief.amount_dong)
            yield problem("reduction_not_lower", (*place, "reductions"), fee=fee.code, price=price)


def _field_problems(fee: Fee, fields: set[str], place: Place) -> Iterator[Problem]:
    """Fields that the form lacks; what `each` counts are children of a group, which do not show here."""
    conditional: list[Fee | Price | Relief] = [fee, *fee.prices, *fee.exemptions, *fee.reductions]
    named = {field for each in conditional for field in fields_of(each.when)}
    named |= {fee.each} if fee.each else {fee.per, fee.times}
    for field in sorted(named - fields - {""}):
        yield problem("unknown_fee_field", place, fee=fee.code, field=field)


def find_tariff_problems(tariff: Tariff, fees: Iterable[tuple[str, Fee]]) -> Iterator[Problem]:
    """What is wrong with what packs add; `fees` are all there are, each with the code of its procedure."""
    known = {(procedure, fee.code): fee for procedure, fee in fees if fee.set_by}
    for local in tariff.amounts:
        place: Place = ("amount", local.row)
        fee = known.get((local.procedure, local.fee))
        if fee is None:
            yield problem("unknown_local_fee", place, procedure=local.procedure, fee=local.fee)
            continue
        whole = replace(fee, prices=local.prices, set_by="", exemptions=local.exemptions)
        yield from _word_problems(whole, place)
        yield from _way_problems(whole, place)
        yield from find_price_problems(whole, local.prices, place)
        yield from _relief_problems(whole, place)
    for row, wide in enumerate(tariff.reductions):
        yield from _relief_problems(_fee_of(wide), ("reduction", row))


def _fee_of(wide: WideReduction) -> Fee:
    return Fee(wide.relief.code, wide.relief.name, reductions=(wide.relief,))


def _asking_problems(procedure: Procedure) -> Iterator[Problem]:
    """Fees that a step asks, and the steps that ask them: each needs the other."""
    asking = {step.row: step for step in procedure.steps if "ask_payment" in step.effects}
    later = [fee for fee in procedure.fees if fee.moment == "step"]
    for fee in later:
        if not asking and procedure.steps:
            yield problem("fee_never_asked", ("fee", fee.row, "moment"), fee=fee.code)
    for step in asking.values():
        if not later:
            yield problem("nothing_to_ask", ("step", step.row, "effects"), act=step.act)


def texts_of(procedure: Procedure) -> list[tuple[Text, Place]]:
    """The words of the fees, each with its place, for the check of both languages."""
    texts: list[tuple[Text, Place]] = []
    for fee in procedure.fees:
        place: Place = ("fee", fee.row)
        texts += [(fee.name, (*place, "name")), (fee.note, (*place, "note")), (fee.unit, (*place, "unit"))]
        texts += [(fee.assessed_by, (*place, "assessed_by"))]
        for key, reliefs in (("exemptions", fee.exemptions), ("reductions", fee.reductions)):
            texts += [(relief.name, (*place, key, row, "name")) for row, relief in enumerate(reliefs)]
    return texts
