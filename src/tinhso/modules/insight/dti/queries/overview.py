"""The overview of a year and a province, put together for its page and the downloads."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.queries.editions import get_editions
from tinhso.modules.insight.dti.queries.published import (
    Past,
    YearTable,
    list_past,
    list_published,
    list_years,
    mean_and_best,
    read_year,
    rivals_of,
)
from tinhso.modules.insight.dti.rules import COMPOSITE, Edition, half_up, pillar_of
from tinhso.modules.insight.dti.rules.provinces import name_key
from tinhso.modules.insight.dti.rules.published import Published
from tinhso.modules.insight.dti.rules.quality import Growth
from tinhso.modules.insight.dti.rules.standing import Bounded
from tinhso.platform.units.queries import find_units_by_name

TODAY, BEFORE_THE_REFORM = date.max, date(2024, 12, 31)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview shows. `values` are the province's published main indices; `computed` pillars by province."""

    year: int
    years: tuple[int, ...]
    edition: Edition | None
    editions: tuple[Edition, ...]
    province: str
    names: tuple[str, ...]
    table: YearTable
    values: Mapping[str, Decimal]
    others: Mapping[str, tuple[Decimal, Decimal, int]]
    computed: Mapping[str, Mapping[str, Decimal]]
    around: tuple[Published, ...]
    past: list[Past]
    bounds: Bounded | None  # of the province's own composite, where only its rank was told


def home_province() -> str:
    """The name of the province whose pack this installation runs on."""
    path = settings.PACKS_ROOT / settings.PACKS[-1].strip() / "pack.toml"
    found: str = tomllib.loads(path.read_text(encoding="utf-8"))["name"]["vi"]
    return found.removeprefix("Tỉnh ").removeprefix("Thành phố ")


def list_statements() -> list[Growth]:
    """The printed growth rates that the packs tell of."""
    return [
        Growth(row.province, row.metric, row.from_year, row.to_year, Decimal(row.percent))
        for row in models.Statement.objects.order_by("pk")
    ]


def read_overview(year: int | None, province: str) -> Overview:
    """The overview; an unknown year falls back to the newest, an unknown province to that of this installation."""
    editions, years = get_editions(), list_years()
    chosen = year if year in years else max(years, default=0)
    edition = next((each for each in editions.values() if each.kind == "dti" and chosen in each.years), None)
    found = read_year(chosen)
    names = found.provinces
    known = {name_key(name): name for name in names}
    home = home_province()
    own = known.get(name_key(province)) or known.get(name_key(home)) or home
    return Overview(
        year=chosen,
        years=tuple(years),
        edition=edition,
        editions=tuple(editions.values()),
        province=own,
        names=tuple(names if own in names else [own, *names]),
        table=found,
        values=_values(found, edition, own),
        others=mean_and_best(found, edition) if edition else {},
        computed=_pillars(found, edition) if edition and edition.is_weighted else {},
        around=tuple(list_published([chosen - 1, chosen, chosen + 1])),
        past=_past(own, years),
        bounds=_bounds(found, own),
    )


def _bounds(found: YearTable, province: str) -> Bounded | None:
    figure = found.figure(COMPOSITE, province)
    if figure is None or figure.rank is None or figure.value is not None:
        return None
    key = name_key(province)
    return next((each for each in rivals_of(found) if each.rival.name and name_key(each.rival.name) == key), None)


def _values(found: YearTable, edition: Edition | None, province: str) -> dict[str, Decimal]:
    figures = {index.code: found.figure(index.code, province) for index in edition.scored} if edition else {}
    return {code: each.value for code, each in figures.items() if each and each.value is not None}


def _pillars(found: YearTable, edition: Edition) -> dict[str, dict[str, Decimal]]:
    """Pillars worked out for provinces whose main indices were all published."""
    result = {}
    for province in found.provinces:
        values = _values(found, edition, province)
        if len(values) == len(edition.scored):
            result[province] = {each.code: half_up(pillar_of(edition, each.code, values)) for each in edition.pillars}
    return result


def _past(province: str, years: list[int]) -> list[Past]:
    """The province over the years: as it stands today where it does, else as it last stood."""
    for on in (TODAY, BEFORE_THE_REFORM):
        for unit in find_units_by_name(province, on, kinds=("province",)):
            if name_key(unit.name) == name_key(province):
                return list_past(unit.key, years)
    return []
