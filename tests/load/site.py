"""One demonstration under load: its parts as processes, its rows as PostgreSQL shows them, its jobs."""

import os
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tinhso.host.postgres import database_settings
from tinhso.host.tests.test_installation import Installation, remove, wait_for

PARTS = {"web": ("host.web",), "worker": ("host.worker",), "postgres": ("bin/postgres", "-D")}
BACK_WITHIN_SECONDS = 30.0
QUIET_WITHIN_SECONDS = 60.0
WAITING = """
select id, task_name, status, attempts, scheduled_at, worker_id, lock from procrastinate_jobs j
where status in ('todo', 'doing') and not exists (select from procrastinate_periodic_defers p where p.task_name = j.task_name)
"""


class Site(Installation):
    """A demonstration in a home of its own, with a connection to its database."""

    demo = "1"

    def __init__(self) -> None:
        super().__init__(Path(tempfile.mkdtemp(prefix="tinhso-")))
        self.starts = 0

    def start(self) -> float:
        self.starts += 1
        self.output = self.home / f"output{self.starts}.txt"
        return super().start()

    def close(self) -> None:
        """Stop, and leave nothing behind but what TINHSO_KEEP_HOME asks for."""
        if self.run and self.run.poll() is None:
            self.end(signal.SIGTERM)
        if keep := os.environ.get("TINHSO_KEEP_HOME"):
            shutil.copytree(self.home, keep, dirs_exist_ok=True, ignore=shutil.ignore_patterns("postgres"))
        remove(self.home)

    def parts(self, part: str) -> list[int]:
        """The processes that are that part: web, worker or postgres."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_text(errors="replace")
                if all(word in words for word in PARTS[part]) and self._is_ours(folder):
                    found.append(int(folder.name))
        return sorted(found)

    def _is_ours(self, folder: Path) -> bool:
        return str(self.home) in (folder / "environ").read_text(errors="replace")

    def is_whole(self, part: str) -> bool:
        return bool(self.parts(part)) and self.health() == "ok"

    def await_whole(self, part: str, *, without: int = 0) -> None:
        """Wait until that part runs, another process than `without`, and the pages answer."""
        wait_for(lambda: without not in self.parts(part) and self.is_whole(part), seconds=BACK_WITHIN_SECONDS)

    def kill_supervisor(self) -> None:
        """Kill -9 of what keeps everything alive, and a new start by hand."""
        os.kill(self.run.pid, signal.SIGKILL)
        self.run.wait()
        self.start()

    def connect(self) -> psycopg.Connection[Any]:
        known = database_settings(self.home)
        return psycopg.connect(
            host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=known["NAME"], autocommit=True
        )

    def await_quiet(self) -> None:
        """Wait until every job was done; periodic ones never end."""
        until = time.monotonic() + QUIET_WITHIN_SECONDS
        with self.connect() as database:
            while waiting := database.execute(WAITING).fetchall():
                assert time.monotonic() < until, waiting
                time.sleep(0.5)
