"""Fee rules in words, for somebody who has not answered anything yet: prices, who need not pay, until when less."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tinhso.kernel.flow import Fee, Price, Relief, Text
from tinhso.kernel.money import format_dong

CHANNEL_WORDS = {
    "online": Text("nộp trực tuyến", "filed online"),
    "counter": Text("nộp tại quầy", "filed at the counter"),
    "post": Text("nộp qua bưu điện", "filed by post"),
}
FREE = Text("Không mất tiền", "Free of charge")
BY_PROVINCE = Text("Mức do Hội đồng nhân dân tỉnh quyết định", "The amount is set by the provincial council")
NOT_ENTERED = Text("tỉnh chưa công bố mức ở đây", "the province has not published it here")
ONE = Text("trường hợp", "case")


@dataclass(frozen=True, slots=True)
class FeeWords:
    """One fee in words: what for, each price there is on the day, who pays less, what else is to know."""

    name: str
    prices: tuple[str, ...]
    exemptions: tuple[str, ...]
    note: str = ""
    source: str = ""


def say_fee(fee: Fee, on: date, language: str) -> FeeWords:
    """That fee as it stands on that day; reductions that are over are left out, those to come are not."""
    return FeeWords(
        name=fee.name.in_language(language),
        prices=_prices(fee, on, language),
        exemptions=tuple(say_relief(relief, language) for relief in _reliefs(fee, on)),
        note=fee.note.in_language(language),
        source=fee.source,
    )


def say_cost(fees: Iterable[Fee], on: date, language: str) -> str:
    """All fees in one short line, as for a list of procedures."""
    listed = list(fees)
    lines = [
        f"{fee.name.in_language(language)}: {line}" if len(listed) > 1 else line
        for fee in listed
        if (line := _line(fee, on, language))
    ]
    return "; ".join(dict.fromkeys(lines)) or FREE.in_language(language)


def fee_notes(fees: Iterable[Fee], on: date, language: str) -> tuple[str, ...]:
    """What always stands beside the amounts: who need not pay, what is less for a time, what else is to know."""
    listed = list(fees)
    reliefs = [relief for fee in listed for relief in _reliefs(fee, on)]
    free = dict.fromkeys(each.name.in_language(language) for each in reliefs if _is_free(each))
    less = [say_relief(each, language) for each in reliefs if not _is_free(each)]
    exempt = f"{'Free for' if language.startswith('en') else 'Miễn'}: {', '.join(free)}" if free else ""
    notes = [fee.note.in_language(language) for fee in listed]
    return tuple(dict.fromkeys(words for words in (exempt, *less, *notes) if words))


def say_unit(fee: Fee, language: str) -> str:
    """What is counted, one of it: "trang"."""
    return (fee.unit or ONE).in_language(language)


def counted(fee: Fee, language: str) -> str:
    """What is counted, at the head of a line: "Trang"."""
    return say_unit(fee, language).capitalize()


def say_relief(relief: Relief, language: str) -> str:
    """Who pays less and how much: "Hộ nghèo: miễn"; a reduction also says until when."""
    english = language.startswith("en")
    if relief.amount_dong is not None:
        gives = f"{'only' if english else 'chỉ'} {format_dong(relief.amount_dong)}"
    elif relief.percent == 100:
        gives = "free" if english else "miễn"
    else:
        gives = f"{relief.percent}% off" if english else f"giảm {relief.percent}%"
    return f"{relief.name.in_language(language)}: {gives}{_days(relief, language)}"


def _reliefs(fee: Fee, on: date) -> list[Relief]:
    return [*fee.exemptions, *(relief for relief in fee.reductions if (relief.until_on or date.max) >= on)]


def _is_free(relief: Relief) -> bool:
    return relief.percent == 100 and relief.amount_dong is None and not (relief.from_on or relief.until_on)


def _line(fee: Fee, on: date, language: str) -> str:
    """A fee in one line; that the province sets it is said once, whatever the number of its prices."""
    said = ", ".join(_prices(fee, on, language))
    if not fee.set_by or not _in_force(fee, on):
        return said
    by = BY_PROVINCE.in_language(language)
    return f"{said} ({by[0].lower()}{by[1:]})"


def _in_force(fee: Fee, on: date) -> list[Price]:
    return [price for price in fee.prices if (price.from_on or date.min) <= on <= (price.until_on or date.max)]


def _prices(fee: Fee, on: date, language: str) -> tuple[str, ...]:
    english = language.startswith("en")
    if fee.assessed_by:
        by = fee.assessed_by.in_language(language)
        return (f"Assessed later by: {by}" if english else f"{by} tính và báo sau khi nhận hồ sơ",)
    said = tuple(dict.fromkeys(_price(fee, price, language) for price in _in_force(fee, on)))
    if said or not fee.set_by:
        return said
    return (f"{BY_PROVINCE.in_language(language)}; {NOT_ENTERED.in_language(language)}",)


def _price(fee: Fee, price: Price, language: str) -> str:
    english = language.startswith("en")
    unit = say_unit(fee, language)
    each = f" {'each' if english else 'mỗi'} {unit}" if fee.per or fee.times else ""
    parts, before = [], 0
    for tier in price.tiers:
        amount = format_dong(tier.amount_dong) if tier.amount_dong else FREE.in_language(language).lower()
        span = "" if len(price.tiers) == 1 else _span(unit, before, tier.up_to, english=english)
        parts.append(f"{amount}{each}{span}")
        before = tier.up_to or before
    said = ", ".join(parts)
    if price.cap_dong is not None:
        said += f", {'at most' if english else 'không quá'} {format_dong(price.cap_dong)}"
    channels = ", ".join(CHANNEL_WORDS[one].in_language(language) for one in price.channels if one in CHANNEL_WORDS)
    until = _days(price, language)
    return f"{said}{until} ({channels})" if channels else f"{said}{until}"


def _span(unit: str, before: int, up_to: int | None, *, english: bool) -> str:
    if up_to is None:
        return f" from {unit} {before + 1} on" if english else f" từ {unit} thứ {before + 1}"
    if before:
        return f" for {unit}s {before + 1}-{up_to}" if english else f" cho {unit} {before + 1}-{up_to}"
    return f" for the first {up_to}" if english else f" cho {up_to} {unit} đầu"


def _days(dated: Price | Relief, language: str) -> str:
    """Until when, from when, where that is bounded; the start of a price in force says nothing and is left out."""
    english = language.startswith("en")
    first = dated.from_on if isinstance(dated, Relief) else None
    said = f" {'from' if english else 'từ'} {first:%d/%m/%Y}" if first else ""
    if dated.until_on:
        said += f" {'until' if english else 'đến hết'} {dated.until_on:%d/%m/%Y}"
    return said
