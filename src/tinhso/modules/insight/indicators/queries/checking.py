"""Whether the warehouse says what the database says: file by file, row by row, figure by figure."""

from collections.abc import Iterator
from datetime import date

from tinhso.modules.insight.indicators.adapters import duck, files, postgres
from tinhso.modules.insight.indicators.queries.warehouse import definition_of
from tinhso.modules.insight.indicators.rules import Manifest, Table


def verify_warehouse() -> list[str]:
    """
    Every difference, in both languages; empty when all is well. Each month is read anew from the database and compared.

    Months with acts that no refresh has taken up yet are left out: they are not wrong, they are behind.
    :raises WarehouseBusy: a refresh is under way
    """
    with postgres.snapshot():
        manifest = files.load_manifest()
        damaged = list(_damaged_files(manifest))
        if damaged:
            return damaged
        return [*_different_rows(manifest), *_different_sums(manifest)]


def _damaged_files(manifest: Manifest) -> Iterator[str]:
    for name, digest in manifest.digests.items():
        path = files.root() / name
        if not path.exists():
            yield f"{name}: mất tệp · the file is gone"
        elif files.digest_of(path) != digest:
            yield f"{name}: tệp đã bị sửa · the file was changed"


def _different_rows(manifest: Manifest) -> Iterator[str]:
    kept = {(each.table, each.month): each for each in manifest.partitions}
    news = postgres.news_since(manifest.sealed_to)
    behind: list[tuple[Table, date]] = []
    if (news.count, news.last) != manifest.beyond:
        behind = postgres.months_changed_since(manifest.sealed_to)
    everything = postgres.months_changed_since(0)
    csv, fresh = files.scratch("verify.csv"), files.scratch("verify.parquet")
    for table, month in everything:
        if (table, month) in behind:
            continue
        partition = kept.get((table.name, month))
        if partition is None:
            yield f"{table.name} {month:%Y-%m}: thiếu cả tháng · the whole month is missing"
            continue
        postgres.copy_month(table, month, csv)
        duck.make_partition(table, csv, fresh)
        if count := duck.count_differences(fresh, files.root() / partition.file):
            yield f"{partition.file}: {count} dòng khác cơ sở dữ liệu · rows differ from the database"
    known = {(table.name, month) for table, month in everything}
    yield from (
        f"{kept[key].file}: cơ sở dữ liệu không có tháng này · not in the database" for key in kept.keys() - known
    )
    csv.unlink(missing_ok=True)
    fresh.unlink(missing_ok=True)


def _different_sums(manifest: Manifest) -> Iterator[str]:
    with duck.opened(manifest) as warehouse:
        for run in manifest.runs:
            anew = duck.compute_sums(warehouse, definition_of(run))
            if sorted(anew) != sorted(duck.read_sums(files.root() / run.file, run.code)):
                yield f"{run.code}: con số khác khi tính lại · figures differ when computed anew"
