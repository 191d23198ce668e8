"""The only writers of indicators and the warehouse: load the packs' definitions, take up what changed, make all anew."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from django.db import transaction

from tinhso.modules.insight.indicators import models, queries
from tinhso.modules.insight.indicators.adapters import duck, files, postgres
from tinhso.modules.insight.indicators.adapters.postgres import WarehouseBusy
from tinhso.modules.insight.indicators.rules import BadIndicators, Definition, Manifest, Partition, Run, Table

__all__ = ["WarehouseBusy", "keep_indicators", "rebuild_warehouse", "refresh_warehouse"]

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
STEPS_OF_A_PARTITION, LAST_STEPS = 3, 5


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
    total = len(changed) * STEPS_OF_A_PARTITION + len(definitions) + LAST_STEPS
    steps = _Steps(progress, total)
    after = before.with_partitions([_make_partition(before, table, month, steps) for table, month in changed])
    after = replace(after, as_of=now, sealed_to=sealed, beyond=(beyond.count, beyond.last), runs=())
    after = replace(after, runs=_compute(before, after, definitions, now, steps))
    fresh = files.write_manifest(replace(after, took_seconds=round(monotonic() - started, 3)))
    steps.done("manifest: written")
    files.publish(fresh)
    steps.done("manifest: in force")
    files.sweep(in_force.names | after.names)  # those of before stay for whoever is reading by the old manifest
    steps.done("swept")
    return files.load_manifest()


def _make_partition(before: Manifest, table: Table, month: date, steps: _Steps) -> Partition:
    """A month's file: of one that is known only what facts since then wrote or changed leaves the database."""
    known = before.partition(table, month)
    name = f"{table.name} {month:%Y-%m}"
    csv, parquet = files.scratch(f"{table.name}.csv"), files.scratch(f"{table.name}.parquet")
    postgres.copy_month(table, month, csv, before.sealed_to if known else 0)
    steps.done(f"{name}: copied")
    try:
        rows, least, most = duck.make_partition(table, csv, parquet, files.root() / known.file if known else None)
    except duck.Error:
        if known is None:
            raise
        log.exception("%s is damaged; the month is copied whole", known.file)
        postgres.copy_month(table, month, csv)
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
    known = {run.code: run.definition_sha256 for run in before.runs}
    moving = [each for each in definitions if each.adds_up and known.get(each.code) == each.sha256]
    moved, pieces = _gather_changes(before, after, moving)
    whole, made = files.scratch("whole.parquet"), files.scratch("sums.parquet")
    for code in moved:
        steps.done(f"{code}: computed")
    others = [each for each in definitions if each.code not in moved]
    counted = duck.gather_sums(after, others, whole, lambda code: steps.done(f"{code}: computed"))
    source = files.root() / before.runs[0].file if moved else None
    rows = duck.add_up(source, moved, [*pieces, (1, whole)], made)
    steps.done("sums: added up")
    file, digest = files.keep(made, "sums", "all")
    steps.done("sums: kept")
    return tuple(
        Run(each.code, each.sql, each.sha256, after.source_sha256, file, digest, rows.get(each.code, 0), now)
        for each in definitions
        if each.code in {*moved, *counted}
    )


def _gather_changes(
    before: Manifest, after: Manifest, moving: Sequence[Definition]
) -> tuple[list[str], list[tuple[int, Path]]]:
    """The codes whose sums can be had from those of before, with what the changed files gave and now give."""
    gone, come = files.scratch("gone.parquet"), files.scratch("come.parquet")
    changes = [(-1, after.missing_from(before), gone), (1, before.missing_from(after), come)]
    if not moving:
        return [], []
    try:
        done = [set(duck.gather_sums(Manifest(partitions=parts), moving, path)) for _sign, parts, path in changes]
    except duck.Error:
        log.exception("sums cannot be had from those of before; all are counted anew")
        return [], []
    moved = [each.code for each in moving if all(each.code in codes for codes in done)]
    return (moved, [(sign, path) for sign, _parts, path in changes]) if len(moved) == len(moving) else ([], [])
