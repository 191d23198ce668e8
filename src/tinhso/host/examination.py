"""What `tinhso doctor` looks at: database, tables, packs, jobs, disk; and what each app says about itself."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from tinhso.host import packs
from tinhso.host.preparation import database_name
from tinhso.host.prepared import Prepared
from tinhso.platform.capability import Finding, capabilities

ROOM_TO_WORK = 2_000_000_000  # bytes
ROOM_TO_LIVE = 200_000_000
WORKER_SILENT_AFTER = timedelta(seconds=60)
JOB_LATE_AFTER = timedelta(minutes=5)


def examine(now: datetime) -> list[Finding]:
    """Everything that was looked at, in the order in which one would mend it."""
    found = list(_database())
    if any(finding.level == "trouble" for finding in found):
        return found
    parts: list[Callable[[], Iterable[Finding]]] = [_packs, lambda: _worker(now), lambda: _jobs(now), _disk]
    parts += [lambda app=app: app.examine(now) for app in capabilities()]  # type: ignore[misc]
    for part in parts:
        try:
            found += part()
        except Exception as trouble:  # noqa: BLE001 - one sick part must not hide the others
            found.append(Finding("trouble", f"Không khám được · cannot be examined: {trouble!r}"))
    return found


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("show server_version")
            version = cursor.fetchone()[0]
    except DatabaseError as trouble:
        yield Finding("trouble", f"Không nối được cơ sở dữ liệu · database unreachable: {trouble}", "DATABASE_URL")
        return
    if connection.pg_version < 160000:  # type: ignore[attr-defined]
        yield Finding("trouble", f"PostgreSQL {version}: cần bản 16 trở lên · 16 or later is needed")
    else:
        yield Finding("well", f"PostgreSQL {version}")
    yield _tables()


def _tables() -> Finding:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding(
            "trouble", f"Còn {waiting} bước chuyển đổi bảng · {waiting} migrations to apply", "tinhso packs load"
        )
    return Finding("well", "Bảng dữ liệu đủ · tables are up to date")


def _packs() -> Iterator[Finding]:
    names = ", ".join(packs.chosen_codes())
    if Prepared(settings.HOME / "prepared.json").is_same("packs", f"{database_name()} {packs.fingerprint()}"):
        yield Finding("well", f"Gói dữ liệu đã nạp · packs loaded: {names}")
    else:
        yield Finding(
            "warning", f"Gói dữ liệu đã đổi, chưa nạp · packs changed, not loaded: {names}", "tinhso packs load"
        )


def _worker(now: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("select max(last_heartbeat) from procrastinate_workers")
        heard = cursor.fetchone()[0]
    if heard is not None and now - heard < WORKER_SILENT_AFTER:
        yield Finding("well", "Tiến trình việc nền đang chạy · the worker is alive")
    else:
        yield Finding("warning", "Không có tiến trình việc nền nào chạy · no worker is alive", "tinhso run")


def _jobs(now: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where status = 'failed'),"
            " count(*) filter (where status = 'todo' and coalesce(scheduled_at, %(late)s) <= %(late)s and exists ("
            "   select from procrastinate_events e where e.job_id = j.id and e.type = 'deferred' and e.at < %(late)s))"
            " from procrastinate_jobs j",
            {"late": now - JOB_LATE_AFTER},
        )
        failed, late = cursor.fetchone()
    if failed:
        yield Finding(
            "trouble", f"{failed} việc nền hỏng hẳn · jobs failed for good", "procrastinate_jobs, status = 'failed'"
        )
    if late:
        yield Finding("warning", f"{late} việc nền chờ quá 5 phút · jobs wait longer than 5 minutes")
    if not failed and not late:
        yield Finding("well", "Không có việc nền nào hỏng hay trễ · no job failed or late")


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(Path(settings.HOME)).free
    text = f"Còn {free / 1e9:.1f} GB đĩa · of disk left"
    if free > ROOM_TO_WORK:
        yield Finding("well", text)
    else:
        yield Finding("warning" if free > ROOM_TO_LIVE else "trouble", text, str(settings.HOME))
