"""What was announced: one value or rank of one province in one measured year, with its source; from long or wide tables."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.rules.editions import COMPOSITE, Edition, find_edition
from tinhso.modules.insight.dti.rules.provinces import name_key
from tinhso.modules.insight.dti.rules.rounding import read_number
from tinhso.modules.insight.dti.rules.sheets import MOST_TOLD, PROVINCE, Line, names_of, plain
from tinhso.modules.insight.dti.rules.wording import Said

MEAN: Final = "*mean"  # the mean of all provinces, where a province's name would stand
COUNTRY: Final = "*country"
MEAN_NAMES: Final = frozenset({"trungbinhtinh", "trungbinhcactinh", "trungbinh", "mean", "average"})
COUNTRY_NAMES: Final = frozenset({"quocgia", "canuoc", "country", "national"})
RANK_NAMES: Final = frozenset({"rank", "hang", "xep hang", "thu hang"})
LONG_COLUMNS: Final = {
    "year": ("year", "nam"),
    "metric": ("metric", "chi so"),
    "value": ("value", "gia tri"),
    "rank": tuple(RANK_NAMES),
    "of": ("of", "tren tong so"),
    "status": ("status", "tinh trang"),
    "source": ("source", "nguon"),
    "announced": ("announced", "announced on", "ngay cong bo"),
}
DAY_OR_MONTH: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Published:
    """
    One announced figure.

    `announced` is a day, a month or a year as far as it is known ("2021-10-19", "2023-07", ""); `rank_to` is larger than
    `rank` where only a range was told; `of` is how many were ranked. `status` is "published", or says what it is instead.
    """

    year: int
    province: str
    metric: str
    value: Decimal | None = None
    rank: int | None = None
    rank_to: int | None = None
    of: int | None = None
    status: str = "published"
    source: str = ""
    announced: str = ""

    @property
    def is_derived(self) -> bool:
        """Whether somebody worked it out from other figures."""
        return self.status.startswith("derived")

    @property
    def place(self) -> tuple[int, str, str]:
        """What it is about: year, province, metric."""
        return self.year, province_key(self.province), self.metric


def province_key(name: str) -> str:
    """The plain form of a province's name; the mean and the country keep signs of their own."""
    key = name_key(name)
    if name in {MEAN, COUNTRY}:
        return name
    return MEAN if key in MEAN_NAMES else COUNTRY if key in COUNTRY_NAMES else key


@dataclass(frozen=True, slots=True)
class Shared:
    """What holds for a whole wide table, which has no columns for it."""

    year: int | None = None
    announced: str = ""
    source: str = ""


def read_published(editions: Mapping[str, Edition], lines: Sequence[Line], shared: Shared) -> list[Published]:
    """
    The figures in a table: long (a row a figure, with columns year, province, metric, value, rank) or wide (a row a
    province with its rank and indices, all of the year that `shared` says).

    :raises Said: every cell that cannot be used, with row, column and remedy
    """
    filled = [line for line in lines if any(str(cell or "").strip() for cell in line[1])]
    if len(filled) < 2:
        raise Said(Problem("dti_empty", "Tệp không có dòng nào.", "The file has no rows."))
    heads = [plain(head) for head in filled[0][1]]
    problems: list[Problem] = []
    if any(head in LONG_COLUMNS["metric"] for head in heads):
        found = _long(editions, heads, filled[1:], problems)
    else:
        found = _wide(editions, heads, filled, shared, problems)
    if problems:
        raise Said(*problems[:MOST_TOLD])
    return found


def _long(
    editions: Mapping[str, Edition], heads: Sequence[str], lines: Sequence[Line], problems: list[Problem]
) -> list[Published]:
    places = {key: heads.index(name) for key, names in LONG_COLUMNS.items() for name in names if name in heads}
    province = next((heads.index(name) for name in ("province", "tinh", "tinh thanh pho") if name in heads), None)
    if "year" not in places or province is None:
        vi, en = "Dòng 1: bảng dài cần các cột “năm” và “tỉnh”.", "Row 1: a long table needs columns year and province."
        problems.append(Problem("dti_missing_column", vi, en))
        return []
    found = []
    for number, cells in lines:
        said = {key: _said(cells, place) for key, place in places.items()}
        figure = _figure(editions, number, _said(cells, province), said, problems)
        if figure is not None:
            found.append(figure)
    return found


def _figure(
    editions: Mapping[str, Edition], number: int, province: str, said: Mapping[str, str], problems: list[Problem]
) -> Published | None:
    edition = find_edition(editions, said["year"])
    metric = metric_of(edition, said["metric"]) if edition else None
    value, (rank, rank_to) = read_number(said.get("value", "")), read_ranks(said.get("rank", ""))
    wrong = [
        (not province, "tỉnh", "province", "trống", "empty"),
        (
            edition is None,
            "năm",
            "year",
            f"không có bộ chỉ số của năm “{said['year']}”",
            f"no edition measured “{said['year']}”",
        ),
        (
            edition is not None and metric is None,
            "chỉ số",
            "metric",
            f"không có chỉ số “{said['metric']}”",
            f"there is no “{said['metric']}”",
        ),
        (value is None and rank is None, "giá trị", "value", "thiếu cả giá trị lẫn hạng", "neither value nor rank"),
        (value is not None and not 0 <= value <= 1, "giá trị", "value", "phải từ 0 đến 1", "must be 0 to 1"),
    ]
    told = [Problem("dti_wrong_value", f"Dòng {number}, cột “{vi}”: {why}.", f"Row {number}, column “{en}”: {because}.")
            for is_so, vi, en, why, because in wrong if is_so]  # fmt: skip
    if told or edition is None or metric is None:
        problems += told
        return None
    of = said.get("of", "")
    return Published(
        year=int(said["year"]), province=_named(province), metric=metric, value=value, rank=rank, rank_to=rank_to,
        of=int(of) if of.isdecimal() else None, status=said.get("status") or "published",
        source=said.get("source", ""), announced=said.get("announced", ""),
    )  # fmt: skip


def _wide(
    editions: Mapping[str, Edition],
    heads: Sequence[str],
    lines: Sequence[Line],
    shared: Shared,
    problems: list[Problem],
) -> list[Published]:
    edition = find_edition(editions, str(shared.year or ""))
    if edition is None or shared.year is None:
        vi, en = (
            "Bảng mỗi dòng một tỉnh cần chọn năm đo.",
            "A table with a row for each province needs the measured year.",
        )
        problems.append(Problem("dti_no_year", vi, en))
        return []
    meanings = [names_of(edition).get(head) for head in heads]
    if PROVINCE not in meanings:
        vi, en = "Dòng 1: thiếu cột “Tỉnh”.", "Row 1: the column “province” is missing."
        problems.append(Problem("dti_missing_column", vi, en))
        return []
    place = meanings.index(PROVINCE)
    rank_place = next((at for at, head in enumerate(heads) if head in RANK_NAMES), None)
    found = []
    for number, cells in lines[1:]:
        rank, rank_to = read_ranks(_said(cells, rank_place)) if rank_place is not None else (None, None)
        values = {
            metric: _number(number, str(lines[0][1][at]), _said(cells, at), problems)
            for at, metric in enumerate(meanings)
            if metric and (metric == COMPOSITE or edition.index(metric) or edition.pillar(metric)) and _said(cells, at)
        }
        values.setdefault(COMPOSITE, None)
        name = _named(_said(cells, place))
        for metric, value in values.items():
            ranks = (rank, rank_to) if metric == COMPOSITE else (None, None)
            if value is not None or ranks[0] is not None:
                found.append(
                    Published(shared.year, name, metric, value, *ranks, of=len(lines) - 1 if ranks[0] else None,
                              source=shared.source, announced=shared.announced)
                )  # fmt: skip
    return found


def _number(number: int, header: str, text: str, problems: list[Problem]) -> Decimal | None:
    value = read_number(text)
    if value is not None and 0 <= value <= 1:
        return value
    vi = f"Dòng {number}, cột “{header}”: “{text}” không phải là số từ 0 đến 1."
    en = f"Row {number}, column “{header}”: “{text}” is no number from 0 to 1."
    problems.append(Problem("dti_wrong_value", vi, en))
    return None


def metric_of(edition: Edition, said: str) -> str | None:
    """The metric that is meant by a code or a name of this edition; None where there is none."""
    found = names_of(edition).get(plain(said))
    return found if found != PROVINCE else None


def read_ranks(text: str) -> tuple[int | None, int | None]:
    """A rank ("15"), or a range of ranks ("32-33"), as first and last."""
    found = re.fullmatch(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?(?:\.0)?", text.strip())
    if not found:
        return None, None
    return int(found[1]), int(found[2] or found[1])


def _named(name: str) -> str:
    key = province_key(name)
    return key if key in {MEAN, COUNTRY} else name


def _said(cells: Sequence[Any], place: int) -> str:
    return str(cells[place]).strip() if place < len(cells) and cells[place] is not None else ""


def usual_of(figures: Iterable[Published], year: int, metric: str) -> int | None:
    """Among how many a metric of a year was mostly ranked: results of 2024 were told for 63 provinces and for 34."""
    counted = Counter(figure.of for figure in figures if (figure.year, figure.metric) == (year, metric) and figure.of)
    return counted.most_common(1)[0][0] if counted else None


def values_of(figures: Sequence[Published], year: int, metric: str) -> dict[str, Published]:
    """
    The figure of each province (by its plain name) of a year and metric.

    What was announced goes before what was derived, a rank among as many as usual before another, a value before none.
    """
    usual = usual_of(figures, year, metric)
    found: dict[str, Published] = {}
    for figure in sorted(figures, key=lambda each: (each.is_derived, each.of not in {None, usual}, each.value is None)):
        if figure.year == year and figure.metric == metric:
            found.setdefault(province_key(figure.province), figure)
    return found
