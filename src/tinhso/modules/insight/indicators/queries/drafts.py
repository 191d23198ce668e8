"""An indicator that is not in force yet, tried on the latest months before it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.indicators.adapters import duck
from tinhso.modules.insight.indicators.adapters.trying import find_sql_problem
from tinhso.modules.insight.indicators.queries.warehouse import definition_of, read_steadily
from tinhso.modules.insight.indicators.rules import (
    BadIndicators,
    Definition,
    Figure,
    Manifest,
    Period,
    problem,
    read_definition,
)

LONGEST_SECONDS = 10.0
MOST_MONTHS = 24
TOO_LONG = (
    "Câu SQL chạy quá {seconds:.0f} giây trên mẫu. Hãy viết gọn hơn hoặc thử ít tháng hơn.",
    "The select took longer than {seconds:.0f} s on the sample. Write it tighter or try fewer months.",
)


class DraftFailed(ValueError):
    """A draft that cannot be tried; `problems` holds every reason with its line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{each.path}:{each.line}: {each.vi} · {each.en}" for each in self.problems))


@dataclass(frozen=True, slots=True)
class Trial:
    """
    What a draft gives on a sample: what was filed and what happened in some months, of all units.

    `rows` has, by month, the draft's figure and that of the definition in force under the same code on the same sample,
    None where there is none; `took_seconds` for the sample alone.
    """

    definition: Definition
    sample: Period
    sampled: int
    rows: tuple[tuple[Figure, Figure | None], ...]
    whole: tuple[Figure, Figure | None]
    took_seconds: float


def try_draft(text: str, code: str, months: int = 3) -> Trial | None:
    """
    The figures that an indicator's text would give, computed over the latest months of the warehouse; nothing is kept.

    :param text: the file's content, card and select
    :param months: how many months of the warehouse are looked at, 1 to 24
    :returns: None while the warehouse holds nothing
    :raises DraftFailed: the card is incomplete, the select cannot run or takes too long
    """
    definition = _read(text, code)
    return read_steadily(lambda manifest: _try(definition, manifest, min(max(months, 1), MOST_MONTHS)))


def _read(text: str, code: str) -> Definition:
    try:
        definition = read_definition(f"{code}.sql", text)
    except BadIndicators as bad:
        raise DraftFailed(bad.problems) from None
    wrong = find_sql_problem(definition, f"{code}.sql")
    if wrong:
        raise DraftFailed([wrong])
    return definition


def _try(definition: Definition, manifest: Manifest, months: int) -> Trial | None:
    latest = sorted({each.month for each in manifest.partitions if each.table == "cases"})[-months:]
    if not latest:
        return None
    sample = replace(manifest, partitions=tuple(each for each in manifest.partitions if each.month in latest))
    run = manifest.run_of(definition.code)
    begun = monotonic()
    found = _summed(sample, definition)
    took = monotonic() - begun
    before = _summed(sample, definition_of(run)) if run else None
    months_told = sorted({*found, *(before or ())})

    def pair(chosen: Iterable[date], period: Period) -> tuple[Figure, Figure | None]:
        kept = list(chosen)
        known = _figure(definition_of(run), before, kept, period) if run and before is not None else None
        return _figure(definition, found, kept, period), known

    return Trial(
        definition=definition,
        sample=Period(latest[0], latest[-1]),
        sampled=sum(each.rows for each in sample.partitions if each.table == "cases"),
        rows=tuple(pair([month], Period(month, month)) for month in months_told),
        whole=pair(months_told, Period(latest[0], latest[-1])),
        took_seconds=took,
    )


def _figure(
    definition: Definition, sums: dict[date, tuple[int, int]], months: Iterable[date], period: Period
) -> Figure:
    cells = [sums.get(month, (0, 0)) for month in months]
    return Figure(definition.card, "", period, sum(top for top, _ in cells), sum(bottom for _, bottom in cells))


def _summed(manifest: Manifest, definition: Definition) -> dict[date, tuple[int, int]]:
    """An indicator's sums by month over these files, of all units together."""
    with duck.opened(manifest) as warehouse:
        try:
            return duck.sum_by_month(warehouse, definition, LONGEST_SECONDS)
        except duck.Interrupted:
            vi, en = (said.format(seconds=LONGEST_SECONDS) for said in TOO_LONG)
            raise DraftFailed([Problem("indicator_too_long", vi, en, (), f"{definition.code}.sql", 1)]) from None
        except duck.Error as error:
            said = str(error).splitlines()[0]
            raise DraftFailed([problem("indicator_wrong_sql", f"{definition.code}.sql", 1, said=said)]) from None
