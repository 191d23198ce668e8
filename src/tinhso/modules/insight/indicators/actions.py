"""The only writers of indicators and the warehouse: load the packs' definitions, take up what changed, make all anew."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from django.db import transaction

from tinhso.modules.insight.indicators import models, queries
from tinhso.modules.insight.indicators.adapters import duck, files, postgres
from tinhso.modules.insight.indicators.adapters.postgres import WarehouseBusy
from tinhso.modules.insight.indicators.rules import CASES, BadIndicators, Definition, Manifest, Partition, Run, Table

__all__ = ["WarehouseBusy", "keep_indicators", "rebuild_warehouse", "refresh_warehouse"]

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
STEPS_OF_A_PARTITION, STEPS_OF_A_RUN, LAST_STEPS = 3, 2, 3


def _in_silence(_step: str, _done: int, _total: int) -> None:
    """Tell nobody how far it is."""


class _Steps:
    """Counts steps and tells them; a test may let the run die at any of them."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def done(self, step: str) -> None:
        self._done += 1
        self._progress(step, self._done, self._total)


@transaction.atomic
def keep_indicators(*, paths: Iterable[Path], now: datetime) -> list[Definition]:
    """
    Keep the definitions in these files, in their order; what is no longer there goes.

    :raises BadIndicators: a card is incomplete or a select cannot run; nothing is kept then
    """
    definitions, problems = queries.read_definitions(paths)
    if problems:
        raise BadIndicators(problems)
    models.Indicator.objects.exclude(code__in=[each.code for each in definitions]).delete()
    for place, each in enumerate(definitions):
        known = {"sql": each.sql, "sha256": each.sha256, "place": place, "loaded_at": now}
        models.Indicator.objects.update_or_create(code=each.code, defaults=known)
    return definitions


def refresh_warehouse(*, now: datetime, progress: Progress = _in_silence) -> Manifest:
    """
    Take up what changed since the last time; returns the manifest now in force.

    Readers see the figures of before until the last step, one rename; whoever is killed on the way leaves nothing but
    files that do not count.

    :raises WarehouseBusy: another process is at it
    """
    with postgres.snapshot():
        manifest = files.load_manifest()
        definitions = queries.list_definitions()
        news = postgres.news_since(manifest.sealed_to)
        told = [run.definition_sha256 for run in manifest.runs]
        if (news.count, news.last) == manifest.beyond and told == [each.sha256 for each in definitions]:
            return _say_so_anew(manifest, now)
        changed = postgres.months_changed_since(manifest.sealed_to)
        return _make(manifest, changed, definitions, now, progress)


def rebuild_warehouse(*, now: datetime, progress: Progress = _in_silence) -> Manifest:
    """
    Make every file anew from the database; the old figures stay readable until the new ones are whole.

    :raises WarehouseBusy: another process is at it
    """
    with postgres.snapshot():
        everything = postgres.months_changed_since(0)
        return _make(Manifest(), everything, queries.list_definitions(), now, progress)


def _say_so_anew(manifest: Manifest, now: datetime) -> Manifest:
    """Nothing is new: say so now and then, and remember what was sealed meanwhile, so that less is looked at next time."""
    sealed = postgres.sealed_to()
    if sealed == manifest.sealed_to and not manifest.says_so_anew(now):
        return manifest
    beyond = postgres.news_since(sealed)
    fresh = replace(manifest, as_of=now, sealed_to=sealed, beyond=(beyond.count, beyond.last))
    files.publish(files.write_manifest(fresh))
    return fresh


def _make(
    before: Manifest,
    changed: Sequence[tuple[Table, date]],
    definitions: Sequence[Definition],
    now: datetime,
    progress: Progress,
) -> Manifest:
    """Make the files of a new manifest and put it in force. The settled id is read first, so nothing falls between."""
    started = monotonic()
    in_force = files.load_manifest()
    sealed = postgres.sealed_to()
    beyond = postgres.news_since(sealed)
    total = len(changed) * STEPS_OF_A_PARTITION + len(definitions) * STEPS_OF_A_RUN + LAST_STEPS
    steps = _Steps(progress, total)
    after = before.with_partitions([_make_partition(table, month, steps) for table, month in changed])
    after = replace(after, as_of=now, sealed_to=sealed, beyond=(beyond.count, beyond.last), runs=())
    after = replace(after, runs=_compute(before, after, definitions, now, steps))
    fresh = files.write_manifest(replace(after, took_seconds=round(monotonic() - started, 3)))
    steps.done("manifest: written")
    files.publish(fresh)
    steps.done("manifest: in force")
    files.sweep(in_force.names | after.names)  # those of before stay for whoever is reading by the old manifest
    steps.done("swept")
    return files.load_manifest()


def _make_partition(table: Table, month: date, steps: _Steps) -> Partition:
    name = f"{table.name} {month:%Y-%m}"
    csv, parquet = files.scratch(f"{table.name}.csv"), files.scratch(f"{table.name}.parquet")
    postgres.copy_month(table, month, csv)
    steps.done(f"{name}: copied")
    rows, least, most = duck.make_partition(table, csv, parquet)
    steps.done(f"{name}: {rows} rows")
    file, digest = files.keep(parquet, table.name, f"{month:%Y-%m}")
    csv.unlink()
    steps.done(f"{name}: kept")
    return Partition(table.name, month, file, digest, rows, least, most)


def _compute(
    before: Manifest, after: Manifest, definitions: Sequence[Definition], now: datetime, steps: _Steps
) -> tuple[Run, ...]:
    """The runs of the new manifest: where each case counts by itself only what changed is counted, else everything."""
    known = {
        each.code: run
        for each in definitions
        if each.adds_up and (run := before.run_of(each.code)) and run.definition_sha256 == each.sha256
    }
    moving = [each for each in definitions if each.code in known]
    made = {each.code: files.scratch(f"{each.code}.parquet") for each in definitions}
    rows = _shift(before, after, moving, {code: files.root() / run.file for code, run in known.items()}, made)
    rows |= _count_all(after, [each for each in definitions if each.code not in rows], made)
    runs = []
    for each in definitions:
        if each.code in rows:
            steps.done(f"{each.code}: computed")
            file, digest = files.keep(made[each.code], "sums", each.code)
            steps.done(f"{each.code}: kept")
            source = after.source_sha256
            runs.append(Run(each.code, each.sql, each.sha256, source, file, digest, rows[each.code], now))
    return tuple(runs)


def _shift(
    before: Manifest, after: Manifest, moving: Sequence[Definition], known: Mapping[str, Path], made: Mapping[str, Path]
) -> dict[str, int]:
    """Rows by code of those whose sums could be had from the sums of before and the files of cases that changed."""
    if not moving:
        return {}
    gone, come = files.scratch("gone.parquet"), files.scratch("come.parquet")
    try:
        duck.gather_sums(after.missing_from(before, CASES), moving, gone)
        duck.gather_sums(before.missing_from(after, CASES), moving, come)
        with duck.shifting(gone, come) as shift:
            return {each.code: shift(each.code, known[each.code], made[each.code]) for each in moving}
    except duck.Error:
        log.exception("sums cannot be had from those of before; all are counted anew")
        return {}


def _count_all(manifest: Manifest, definitions: Sequence[Definition], made: Mapping[str, Path]) -> dict[str, int]:
    """Rows by code of those counted over the whole warehouse; one that cannot be is told and left out."""
    rows = dict[str, int]()
    if definitions:
        with duck.opened(manifest) as warehouse:
            for each in definitions:
                try:
                    rows[each.code] = duck.write_sums(warehouse, each, made[each.code])
                except duck.Error:
                    log.exception("indicator %s cannot be computed; the others are", each.code)
    return rows
