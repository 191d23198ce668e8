"""Contradictions among announced figures: found, told with what speaks for which side, never settled by averaging."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tinhso.kernel.flow import Text
from tinhso.modules.insight.dti.rules.published import Published, province_key
from tinhso.modules.insight.dti.rules.rounding import TOLERANCE, half_up


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures that cannot all be true; `better` are those that other statements speak for, where any do."""

    kind: str
    figures: tuple[Published, ...]
    text: Text
    better: tuple[Published, ...] = ()


@dataclass(frozen=True, slots=True)
class Growth:
    """A printed statement "so many per cent more than in that year"; the last digit is rounded."""

    province: str
    metric: str
    from_year: int
    to_year: int
    percent: Decimal

    def fits(self, before: Decimal, after: Decimal) -> bool:
        """Whether the two values give that percentage, rounded as printed."""
        places = max(0, -int(self.percent.as_tuple().exponent))
        return half_up((Fraction(after) / Fraction(before) - 1) * 100, places) == self.percent


@dataclass(frozen=True, slots=True)
class Increase:
    """A printed statement "so much more than in that year", in points of the index."""

    province: str
    metric: str
    from_year: int
    to_year: int
    by: Decimal


def find_conflicts(figures: Sequence[Published], growths: Sequence[Growth] = ()) -> Iterator[Contradiction]:
    """Different values told for one province, metric and year; growth rates speak for the value that fits most of them."""
    by_place: dict[tuple[int, str, str], list[Published]] = {}
    for figure in figures:
        if figure.value is not None:
            by_place.setdefault(figure.place, []).append(figure)
    for place, told in by_place.items():
        values = sorted({each.value for each in told if each.value is not None})
        if len(values) < 2 or values[-1] - values[0] <= TOLERANCE:
            continue
        fitting = {value: _fits(place, value, by_place, growths) for value in values}
        most = max(fitting.values())
        better = tuple(each for each in told if each.value and most and fitting[each.value] == most)
        listed = ", ".join(str(value) for value in values)
        text = Text(f"Cùng một số nhưng có nơi ghi khác: {listed}.", f"One figure, told differently: {listed}.")
        yield Contradiction("values_differ", tuple(told), text, better)


def _fits(
    place: tuple[int, str, str],
    value: Decimal,
    known: dict[tuple[int, str, str], list[Published]],
    growths: Sequence[Growth],
) -> int:
    """How many printed growth rates the value of that place fits."""
    year, province, metric = place
    count = 0
    for growth in growths:
        if (province_key(growth.province), growth.metric) != (province, metric):
            continue
        if growth.to_year == year:
            others = known.get((growth.from_year, province, metric), [])
            count += any(growth.fits(each.value, value) for each in others if each.value)
        elif growth.from_year == year:
            others = known.get((growth.to_year, province, metric), [])
            count += any(growth.fits(value, each.value) for each in others if each.value)
    return count


def find_wrong_increases(figures: Iterable[Published], increases: Iterable[Increase]) -> Iterator[Contradiction]:
    """Printed increases that the values of both years do not bear out."""
    known = {figure.place: figure for figure in figures if figure.value is not None and not figure.is_derived}
    for increase in increases:
        key, metric = province_key(increase.province), increase.metric
        before, after = known.get((increase.from_year, key, metric)), known.get((increase.to_year, key, metric))
        if before is None or after is None or before.value is None or after.value is None:
            continue
        real = after.value - before.value
        if abs(real - increase.by) > TOLERANCE:
            text = Text(
                f"In là tăng {increase.by}, nhưng {after.value} trừ {before.value} là {real}.",
                f"Printed as up by {increase.by}, but {after.value} less {before.value} is {real}.",
            )
            yield Contradiction("increase_wrong", (before, after), text)


def find_wrong_lists(
    figures: Iterable[Published], year: int, metric: str, listed: Sequence[str]
) -> list[tuple[str, str]]:
    """Neighbours in a printed list that the ranks put the other way round: a list of names is no ranking."""
    ranks = {
        province_key(figure.province): figure.rank
        for figure in figures
        if figure.year == year and figure.metric == metric and figure.rank is not None
    }
    known = [name for name in listed if province_key(name) in ranks]
    return [
        (first, second)
        for first, second in pairwise(known)
        if (ranks[province_key(first)] or 0) > (ranks[province_key(second)] or 0)
    ]


def measured_year_at(announcements: dict[int, str], said_on: str) -> int | None:
    """The newest year whose results were out on that day: what a text of that day can have meant at most."""
    out = [year for year, announced in announcements.items() if announced and announced <= said_on[: len(announced)]]
    return max(out, default=None)


def find_year_shift(figure: Published, announcements: dict[int, str], said_on: str) -> int | None:
    """The year really meant, where a text of that day names a year whose results were not out yet; else None."""
    newest = measured_year_at(announcements, said_on)
    return newest if newest is not None and newest < figure.year else None


def find_wrong_ranks(figures: Sequence[Published]) -> Iterator[Contradiction]:
    """Ranks that contradict each other or the values: two for one province, or a better rank with a lower value."""
    groups: dict[tuple[int, str, int | None], dict[str, list[Published]]] = {}
    for figure in figures:
        if figure.rank is not None and figure.rank == figure.rank_to:
            told = groups.setdefault((figure.year, figure.metric, figure.of), {})
            told.setdefault(province_key(figure.province), []).append(figure)
    for told in groups.values():
        for same in told.values():
            if len({each.rank for each in same}) > 1:
                ranks = ", ".join(sorted({str(each.rank) for each in same}))
                text = Text(f"Cùng một tỉnh nhưng ghi các hạng {ranks}.", f"One province, told with ranks {ranks}.")
                yield Contradiction("ranks_differ", tuple(same), text)
        valued = sorted(
            (each[0] for each in told.values() if each[0].value is not None), key=lambda each: each.rank or 0
        )
        for better, worse in pairwise(valued):
            if (better.value or 0) < (worse.value or 0):
                text = Text(
                    f"Hạng {better.rank} có giá trị {better.value}, thấp hơn hạng {worse.rank} ({worse.value}).",
                    f"Rank {better.rank} has {better.value}, below rank {worse.rank} ({worse.value}).",
                )
                yield Contradiction("rank_against_value", (better, worse), text)
