"""Published figures: of a year, of a province over the years, with their contradictions and the merged provinces' means."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.rules import COMPOSITE, Edition, half_up
from tinhso.modules.insight.dti.rules.provinces import name_key
from tinhso.modules.insight.dti.rules.published import COUNTRY, MEAN, Published, province_key, usual_of, values_of
from tinhso.modules.insight.dti.rules.standing import Bounded, Rival, bound_rivals
from tinhso.platform.units.queries import NoSuchUnit, get_unit, predecessors_of
from tinhso.platform.units.rules import UnitRow

FIELDS = ("year", "province", "metric", "value", "rank", "rank_to", "of", "status", "source", "announced")


@dataclass(frozen=True, slots=True)
class YearTable:
    """What was published for one year: figures by metric and province, the mean, the names in the order of ranks."""

    year: int
    figures: tuple[Published, ...]
    by_metric: Mapping[str, Mapping[str, Published]]

    def figure(self, metric: str, province: str) -> Published | None:
        """The figure of a province (by any way of writing it, or MEAN)."""
        return self.by_metric.get(metric, {}).get(province_key(province))

    @property
    def provinces(self) -> list[str]:
        """Names of the provinces with any figure, best composite rank first, then by name."""
        names = {
            province_key(each.province): each.province for each in self.figures if each.province not in {MEAN, COUNTRY}
        }
        ranked = self.by_metric.get(COMPOSITE, {})

        def order(key: str) -> tuple[int, str]:
            figure = ranked.get(key)
            return (figure.rank if figure and figure.rank else 999, names[key])

        return [names[key] for key in sorted(names, key=order)]

    def values(self, metric: str) -> dict[str, Decimal]:
        """The known values of a metric by province; the mean and the country apart."""
        found = self.by_metric.get(metric, {})
        return {
            figure.province: figure.value
            for key, figure in found.items()
            if figure.value is not None and key not in {MEAN, COUNTRY}
        }


def list_years() -> list[int]:
    """The years with any published figure, the newest first."""
    return list(models.PublishedFigure.objects.order_by("-year").values_list("year", flat=True).distinct())


def list_published(years: Iterable[int] | None = None) -> list[Published]:
    """The published figures (of these years), as they were loaded."""
    rows = models.PublishedFigure.objects.order_by("pk")
    return [_published(row) for row in (rows if years is None else rows.filter(year__in=list(years)))]


def _published(row: models.PublishedFigure) -> Published:
    known = {field: getattr(row, field) for field in FIELDS}
    return Published(**known | {"value": None if row.value is None else half_up(row.value)})


def read_year(year: int) -> YearTable:
    """What was published for one year."""
    figures = list_published([year])
    metrics = dict.fromkeys(figure.metric for figure in figures)
    return YearTable(year, tuple(figures), {metric: values_of(figures, year, metric) for metric in metrics})


@dataclass(frozen=True, slots=True)
class Past:
    """
    One year of a province: what was published for it, or, where it did not stand then, for those it was made of.

    `merged` is the plain mean of the former provinces' composites, where all of them are known.
    """

    year: int
    own: Published | None
    former: tuple[tuple[str, Published | None], ...] = ()
    merged: Decimal | None = None


def list_past(unit_key: str, years: Sequence[int]) -> list[Past]:
    """The composite of a province in each of these years; before its founding, of those it was made of."""
    unit = get_unit(unit_key)
    figures = list_published(years)
    found = []
    for year in sorted(years, reverse=True):
        told = values_of(figures, year, COMPOSITE)
        former = former_of(unit, year)
        if not former:
            found.append(Past(year, told.get(name_key(unit.name))))
            continue
        rows = tuple((each.short_name, _of_then(told.get(name_key(each.name)), unit)) for each in former)
        values = [figure.value for _, figure in rows if figure and figure.value is not None]
        whole = len(values) == len(rows)
        merged = half_up(sum(map(Fraction, values), Fraction(0)) / len(values)) if whole and values else None
        found.append(Past(year, _of_today(told.get(name_key(unit.name)), unit), rows, merged))
    return found


def _of_today(figure: Published | None, unit: UnitRow) -> Published | None:
    """The figure, where it was announced once the unit stood: results of 2024 were told for the provinces of 2025."""
    return figure if figure and figure.announced >= unit.valid_from.isoformat() else None


def _of_then(figure: Published | None, unit: UnitRow) -> Published | None:
    """The figure, unless it was announced for the unit of today that bears the same name."""
    return None if _of_today(figure, unit) else figure


def former_of(unit: UnitRow, year: int) -> list[UnitRow]:
    """The several provinces that a province was made of, where it did not stand (under another name) at the end of that year."""
    if unit.valid_from.year <= year:
        return []
    before = [each for each, _partly in predecessors_of(unit.key)]
    return before if len(before) > 1 else []


def list_lineage(unit_key: str) -> list[UnitRow]:
    """The province with all it was made of, itself first."""
    found, keys = list[UnitRow](), [unit_key]
    while keys:
        key = keys.pop(0)
        try:
            found.append(get_unit(key))
        except NoSuchUnit:
            continue
        keys += [each.key for each, _partly in predecessors_of(key)]
    return list({unit.key: unit for unit in found}.values())


def rivals_of(table: YearTable, but: Collection[str] = ()) -> list[Bounded]:
    """The others of a year with the bounds of their composites, by rank. :param but: names of those left out"""
    ranked = table.by_metric.get(COMPOSITE, {})
    own, mean = {name_key(name) for name in but}, ranked.get(MEAN)
    of = usual_of(table.figures, table.year, COMPOSITE) or 0
    known = [(key, _rival(figure, of)) for key, figure in ranked.items() if key not in {MEAN, COUNTRY}]
    everybody = with_unnamed(known, of, own_without_rank=len(own - ranked.keys()))
    bounded = bound_rivals([rival for _, rival in everybody], mean.value if mean else None, of)
    return [each for (key, _), each in zip(everybody, bounded, strict=True) if key not in own]


def _rival(figure: Published, of: int) -> Rival:
    """The figure as a rival; a rank among another number says nothing here."""
    counts = figure.of in {None, of}
    return Rival(figure.province, figure.rank if counts else None, figure.rank_to if counts else None, figure.value)


def with_unnamed(known: Sequence[tuple[str, Rival]], of: int, *, own_without_rank: int) -> list[tuple[str, Rival]]:
    """
    All who were ranked, by rank: ranks that no known province has are filled with provinces without a name.

    As many of the last of these are left out as there are provinces whose rank is not known, our own among them: those
    places are theirs.
    """
    free = set(range(1, of + 1))
    for _, rival in sorted(known, key=lambda pair: pair[1].rank or 0):
        taken = min((place for place in free if place >= (rival.rank or of + 1)), default=None)
        free.discard(taken or 0)
    without_rank = sum(rival.rank is None for _, rival in known) + own_without_rank
    unnamed = sorted(free)[: max(0, len(free) - without_rank)]
    rows = [*known, *((f"*{place}", Rival("", place)) for place in unnamed)]
    return sorted(rows, key=lambda pair: (pair[1].rank or 999, pair[0]))


def mean_and_best(table: YearTable, edition: Edition) -> dict[str, tuple[Decimal, Decimal, int]]:
    """For each scored index with any published value: mean, best, and of how many provinces these are."""
    found = {}
    for index in edition.scored:
        values = list(table.values(index.code).values())
        if values:
            found[index.code] = (
                half_up(sum(map(Fraction, values), Fraction(0)) / len(values)),
                max(values),
                len(values),
            )
    return found
