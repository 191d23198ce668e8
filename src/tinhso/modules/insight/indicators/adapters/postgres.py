"""The rows of PostgreSQL as the warehouse takes them: one snapshot, what is new in it, months as CSV; and what is so now."""
# ruff: noqa: S608 - columns and bounds are ours; what is asked for goes in as parameters

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from tinhso.modules.insight.indicators.rules import CASES, COUNTED_FACTS, TABLES, Table, month_bounds

LOCK = "select pg_try_advisory_xact_lock(hashtext('tinhso.warehouse'))"
NEWS = "select count(*), coalesce(max(id), 0) from ledger_fact where id > %s"
SEALED = "select coalesce(max(last_fact), 0) from ledger_seal"
MONTH = "date_trunc('month', {} at time zone 'Asia/Ho_Chi_Minh')::date"
ALL_MONTHS = f"select distinct {MONTH} from {{}} where {{}}"
NEW_MONTHS_OF_CASES = f"select distinct {MONTH.format('c.filed_at')} from ledger_fact f join cases_case c on c.public_id = f.subject where f.id > %s"
NEW_MONTHS_OF_FACTS = (
    f"select distinct {MONTH.format('f.happened_at')} from ledger_fact f where f.id > %s and {COUNTED_FACTS}"
)
OPEN_NOW = """
select count(*),
    count(*) filter (where paused_at is null and due_at >= %(now)s and due_at < %(tonight)s),
    count(*) filter (where paused_at is null and due_at < %(now)s)
from cases_case
where closed_at is null and resolved_at is null and kind = 'dossier' and (%(units)s::text[] is null or unit_key = any(%(units)s::text[]))
"""
CODES = "select public_id, code from cases_case where public_id = any(%s::text[])"


class WarehouseBusy(RuntimeError):
    """Somebody else is refreshing the warehouse at this moment."""

    def __init__(self) -> None:
        self.vi = "Đang có tiến trình khác làm mới kho số liệu. Hãy thử lại sau một phút."
        self.en = "Another process is refreshing the warehouse. Try again in a minute."
        super().__init__(f"{self.vi} · {self.en}")


@dataclass(frozen=True, slots=True)
class News:
    """What the ledger says happened since: how many facts beyond the settled id, and the last of them."""

    count: int
    last: int


@contextmanager
def snapshot() -> Iterator[None]:
    """
    One unchanging view of the database, held by one process at a time, until the block ends.

    Inside a transaction of the caller (only tests do so) it is that transaction's view.

    :raises WarehouseBusy: another process holds it
    """
    own = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if own:
                cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute(LOCK)
            if not cursor.fetchone()[0]:
                raise WarehouseBusy
        yield


def news_since(fact_id: int) -> News:
    """The facts above that id."""
    with connection.cursor() as cursor:
        cursor.execute(NEWS, [fact_id])
        return News(*cursor.fetchone())


def sealed_to() -> int:
    """The id up to which facts are sealed: no fact can appear below it any more."""
    with connection.cursor() as cursor:
        cursor.execute(SEALED)
        sealed: int = cursor.fetchone()[0]
    return sealed


def months_changed_since(fact_id: int) -> list[tuple[Table, date]]:
    """
    The tables and months with rows that facts above that id wrote or changed; all of them for 0.

    Every change of a case writes a fact in the same transaction, and ids are settled by seals, so nothing is missed,
    whatever moment the act bears. `changed_at` would miss acts that are written late or bear an earlier moment.
    """
    found: list[tuple[Table, date]] = []
    for table in TABLES:
        where = "true" if table is CASES else COUNTED_FACTS
        everything = ALL_MONTHS.format(table.month_by, "cases_case c" if table is CASES else "ledger_fact f", where)
        new = NEW_MONTHS_OF_CASES if table is CASES else NEW_MONTHS_OF_FACTS
        with connection.cursor() as cursor:
            cursor.execute(*((new, [fact_id]) if fact_id else (everything, None)))
            found += [(table, month) for (month,) in cursor.fetchall()]
    return sorted(found, key=lambda pair: (pair[0].name, pair[1]))


def copy_month(table: Table, month: date, path: Path, since: int = 0) -> None:
    """Write the rows of one month as CSV with a head; after `since` only those that facts above that id wrote or changed."""
    first, end = month_bounds(month)
    columns = ", ".join(f"{expression} as {name}" for name, (_, expression) in table.columns.items())
    bounds = f"{table.month_by} >= '{first.isoformat()}' and {table.month_by} < '{end.isoformat()}'"
    about = "" if table is CASES else f" and {COUNTED_FACTS}"
    if since:
        about += f" and {table.news % since}"
    copying = f"copy (select {columns} from {table.source} where {bounds}{about}) to stdout (format csv, header)"
    with connection.cursor() as cursor, cursor.copy(copying) as copy, path.open("wb") as handle:
        for piece in copy:
            handle.write(piece)


def count_open_now(unit_keys: Sequence[str] | None, now: datetime, tonight: datetime) -> tuple[int, int, int]:
    """Dossiers being handled now at these units (None: all): how many, how many due until tonight, how many late."""
    units = None if unit_keys is None else list(unit_keys)
    with connection.cursor() as cursor:
        cursor.execute(OPEN_NOW, {"now": now, "tonight": tonight, "units": units})
        handled, today, late = cursor.fetchone()
    return handled, today, late


def dossier_codes(public_ids: Sequence[str]) -> dict[str, str]:
    """The dossier codes of these cases, as far as they were issued."""
    with connection.cursor() as cursor:
        cursor.execute(CODES, [list(public_ids)])
        return {public_id: code for public_id, code in cursor.fetchall() if code}
