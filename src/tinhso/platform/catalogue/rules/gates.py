"""The quality gates: every record of the portal is looked at, and every fault is named. Law and sums are never guessed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from tinhso.kernel.vietnamese import compare_key
from tinhso.platform.catalogue.rules.faults import Fault
from tinhso.platform.catalogue.rules.reading import CODE, Channel, Description

# The file cuts texts at these lengths (characters); a text that long has most likely lost its end.
PAPER_CUT, GROUP_CUT, NOTE_CUT, RESULT_CUT = 215, 119, 299, 139
CONTRADICTION = 2
SMALLEST_FEE_DONG = 1000
LONGEST = {"working_day": 250, "calendar_day": 366, "hour": 366 * 24, "month": 12}
RESULT_CODE = re.compile(r"(000\.00\.00\.)?(KQ\.)?[A-Z]\d\d([.-]\w+)*")
MONEY = re.compile(
    r"\d{1,3}(?:\.\d{3})+\s*/|\d[\d.,]*\s*(?:đồng|đ\b|vnđ|vnd|usd|triệu|nghìn|ngàn)|biểu (?:mức |phí|khung|thu)|mức (?:thu|phí|lệ phí)|(?:phí|lệ phí)\b"
    r"[^.;]{0,80}(?:thông tư|nghị quyết|theo quy định|quy định tại|:)|luật phí|thông tư[^.;]{0,40}btc|hội đồng nhân dân[^.;]{0,60}(?:phí|thu)",
    re.IGNORECASE,
)
NO_MONEY = re.compile(
    r"^\W*(?:không (?:có|thu|quy định|mất|phải nộp)|miễn|chưa (?:có )?quy định|-?\s*không\b)", re.IGNORECASE
)


def inspect(raw: Mapping[str, Any], read: Description) -> tuple[Fault, ...]:
    """Every fault of one record by itself, in the order of its parts."""
    return (*_identity(raw, read), *_limits(read), *_fees(read), *_papers(read), *_results(read), *_whole(read))


def inspect_together(records: Sequence[Description]) -> dict[str, tuple[Fault, ...]]:
    """What is only seen when all records lie side by side: names and sources that several of them share, by code."""
    found: dict[str, list[Fault]] = defaultdict(list)
    names, sources = defaultdict(list), defaultdict(list)
    for record in records:
        names[compare_key(record.name)].append(record.code)
        sources[record.source_url].append(record.code)
    for fault, groups in (("same_name", names), ("shared_source", sources)):
        for key, codes in groups.items():
            for code in codes if key and len(codes) > 1 else ():
                found[code].append(Fault(fault, ", ".join(other for other in codes if other != code)[:120]))
    return {code: tuple(faults) for code, faults in found.items()}


def is_held(faults: Iterable[Fault]) -> bool:
    """Whether somebody has to look before the whole of it may be told."""
    return any(fault.kind.weight == "grave" for fault in faults)


def _identity(raw: Mapping[str, Any], read: Description) -> Iterator[Fault]:
    name = str(raw.get("name") or "")
    if not read.name:
        yield Fault("no_name")
    elif name != read.name:
        yield Fault("stray_spaces", repr(name[:80]))
    if not CODE.fullmatch(read.code):
        yield Fault("wrong_code", read.code[:40])
    if read.name.startswith("Công bố Danh mục và Quy trình"):
        yield Fault("no_procedure", read.name[:80])
    elif read.name and not read.name[0].isupper():
        yield Fault("name_broken", read.name[:80])


def _limits(read: Description) -> Iterator[Fault]:
    timed = [channel for channel in read.channels if channel.limit is not None]
    if missing := [_limit(channel) for channel in timed if channel.unit is None]:
        yield Fault("no_unit_of_time", _line(missing))
    if len(timed) < len(read.channels):
        yield Fault("no_limit", _line(each.channel for each in read.channels if each.limit is None))
    yield from _differences(read)
    if unclear := [_limit(channel) for channel in timed if channel.unit == "calendar_day"]:
        yield Fault("day_unclear", _line(unclear))
    if long := [_limit(channel) for channel in timed if _is_long(channel)]:
        yield Fault("limit_very_long", _line(long))


def _differences(read: Description) -> Iterator[Fault]:
    """Whether the rows of limits agree: within one channel, and between channels."""
    if len({(row.limit, row.unit) for row in read.channels}) < 2:
        return
    ways: dict[str, set[tuple[Decimal | None, str | None]]] = defaultdict(set)
    for row in read.channels:
        ways[row.channel].add((row.limit, row.unit))
    told = _line(_limit(row) for row in read.channels)
    single = [next(iter(limits)) for limits in ways.values() if len(limits) == 1]
    if any(len(limits) > 1 for limits in ways.values()):
        yield Fault("limit_varies_within_channel", told)
    if any(_contradict(left, right) for left, right in combinations(single, 2)):
        yield Fault("limits_contradict", told)
    else:
        yield Fault("limits_differ", told)


def _contradict(left: tuple[Decimal | None, str | None], right: tuple[Decimal | None, str | None]) -> bool:
    (less, unit), (more, other) = sorted((left, right), key=lambda pair: pair[0] or Decimal(0))
    if not less or not more:
        return False
    return unit != other or more >= CONTRADICTION * less


def _is_long(channel: Channel) -> bool:
    return channel.unit is not None and (channel.limit or 0) > LONGEST[channel.unit]


def _fees(read: Description) -> Iterator[Fault]:
    rows = read.channels
    if set_by_note := [row.note for row in rows if row.fee == 0 and sets_fee(row.note)]:
        yield Fault("free_but_note_sets_fee", set_by_note[0][:240])
    if small := [_fee(row) for row in rows if row.currency == "VND" and 0 < (row.fee or 0) < SMALLEST_FEE_DONG]:
        yield Fault("fee_too_small", _line(small))
    if any(row.fee is None for row in rows):
        yield Fault("fee_unknown", next((row.note for row in rows if row.fee is None and row.note), "")[:240])
    if len({(row.fee, row.currency) for row in rows if row.fee is not None}) > 1:
        yield Fault("fees_differ", _line(_fee(row) for row in rows if row.fee is not None))
    if foreign := [_fee(row) for row in rows if row.fee and row.currency not in {"VND", ""}]:
        yield Fault("foreign_currency", _line(foreign))
    if cut := [row.note for row in rows if len(row.note) >= NOTE_CUT]:
        yield Fault("note_cut_off", "… " + cut[0][-60:])


def sets_fee(note: str) -> bool:
    """Whether a note names a sum or a tariff that is to be paid, and does not begin by saying that nothing is."""
    return bool(MONEY.search(note)) and not NO_MONEY.match(note)


def _papers(read: Description) -> Iterator[Fault]:
    if not read.papers:
        yield Fault("no_papers")
    if any(not paper.name for paper in read.papers):
        yield Fault("paper_without_name")
    counted = Counter((paper.group, paper.name.lower()) for paper in read.papers if paper.name)
    if twice := [name for (_group, name), count in counted.items() if count > 1]:
        yield Fault("paper_repeated", twice[0][:120])
    if cut := [paper for paper in read.papers if len(paper.name) >= PAPER_CUT or len(paper.group) >= GROUP_CUT]:
        yield Fault("paper_cut_off", f"{len(cut)}: … {cut[0].name[-60:]}")


def _results(read: Description) -> Iterator[Fault]:
    if not read.results:
        yield Fault("no_results")
    if broken := [each.name for each in read.results if not each.name or not _begins(each.name)]:
        yield Fault("result_broken", broken[0][:120])
    if cut := [each.name for each in read.results if len(each.name) >= RESULT_CUT]:
        yield Fault("result_cut_off", "… " + cut[0][-60:])
    if odd := [each.code for each in read.results if not RESULT_CODE.fullmatch(each.code)]:
        yield Fault("result_code_odd", _line(odd))


def _begins(text: str) -> bool:
    first = text.lstrip("-+*•“\"'( 0123456789.)")[:1]
    return first.isupper() and text[0] != "."


def _whole(read: Description) -> Iterator[Fault]:
    if not read.channels:
        yield Fault("no_channel")
    if not read.levels or read.levels == ("other",):
        yield Fault("no_level")
    if not read.who:
        yield Fault("nobody")
    if not read.source_url:
        yield Fault("no_source")


def _limit(channel: Channel) -> str:
    return f"{channel.channel} {_plain(channel.limit)} {channel.unit or '?'}"


def _fee(channel: Channel) -> str:
    return f"{channel.channel} {_plain(channel.fee)} {channel.currency}".strip()


def _plain(number: Decimal | None) -> str:
    return "?" if number is None else f"{number.normalize():f}"


def _line(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(parts))[:240]
