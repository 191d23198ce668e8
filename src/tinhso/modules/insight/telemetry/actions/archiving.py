"""Move what waits into files; make one of many; let go what is past its time. Killed anywhere, nothing is lost or there twice."""

from collections.abc import Mapping
from datetime import date, datetime

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.adapters import archive, duck
from tinhso.modules.insight.telemetry.rules.manifests import Part, days_to_merge, outdated
from tinhso.platform.capability import Progress
from tinhso.platform.people.rules import day_of


def silently(_step: str, _done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def archive_waiting(*, now: datetime, progress: Progress = silently) -> int:
    """
    Write the values that wait into files by day and kind; how many.

    Files first, then the manifest, then the rows go: whoever is killed between leaves values in both, and readers take one.

    :raises ArchiveBusy: another process is at it
    """
    with archive.writing():
        last = archive.find_last_waiting()
        if not last:
            return 0
        groups = archive.list_groups(last)
        fresh = list[Part]()
        for done, (kind, day, rows) in enumerate(groups):
            progress(f"{kind} {day}", done, len(groups) + 2)
            fresh.append(_write(kind, day, rows, last))
        archive.publish(archive.load_manifest().changed(more=fresh, now=now))
        progress("manifest", len(groups), len(groups) + 2)
        archive.forget(last)
        progress("rows", len(groups) + 1, len(groups) + 2)
        return sum(part.rows for part in fresh)


def _write(kind: str, day: date, rows: int, last: int) -> Part:
    csv, made = archive.scratch("rows.csv"), archive.scratch("rows.parquet")
    archive.copy_group(kind, day, last, csv)
    duck.write_part(csv, made)
    csv.unlink()
    return archive.keep(made, kind, day, rows)


def tidy_archive(*, now: datetime, progress: Progress = silently) -> Mapping[str, int]:
    """
    Make one file of many of a day, drop days past their kind's keeping, sweep away what no manifest names; how many of each.

    :raises ArchiveBusy: another process is at it
    """
    today = day_of(now)
    with archive.writing():
        before = archive.load_manifest()
        kept_days = {kind.code: kind.retention_days for kind in queries.get_definitions().kinds.values()}
        gone = outdated(before.parts, kept_days, today)
        groups = days_to_merge([each for each in before.parts if each not in gone], today)
        merged = list[Part]()
        for done, parts in enumerate(groups):
            progress(f"{parts[0].kind} {parts[0].day}", done, len(groups) + 2)
            made = archive.scratch("rows.parquet")
            rows = duck.merge_parts(archive.paths_of(each.file for each in parts), made)
            merged.append(archive.keep(made, parts[0].kind, parts[0].day, rows))
        replaced = [each for parts in groups for each in parts]
        after = before.changed(without=[*gone, *replaced], more=merged, now=now) if gone or replaced else before
        if after is not before:
            archive.publish(after)
        progress("manifest", len(groups), len(groups) + 2)
        swept = archive.sweep(after, now)
        progress("sweep", len(groups) + 1, len(groups) + 2)
    return {"merged": len(replaced), "outdated": len(gone), "swept": swept}
