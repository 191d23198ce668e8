"""One file that holds an installation: its rows, its files, its keys. The way back is in `restoration.py`."""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tinhso.host.postgres import binary
from tinhso.host.prepared import Prepared

FORMAT = 1
ROWS = "rows.pgdump"
LISTING = "listing.json"
UNDER_WAY = "incoming"  # pieces of uploads that are not finished come and go; whoever sends them goes on from the start
ANCHORS = "anchors"
KEPT = (
    "files",
    "keys",
    ANCHORS,
    "secret_key",
)  # under the home; static files and the warehouse are made again from the rest


class BadArchive(RuntimeError):
    """The archive is incomplete, changed, or of another kind; nothing was touched."""


def connection_of_the_tools() -> dict[str, str]:
    """The environment in which PostgreSQL's own programs find the database in use."""
    known = connection.settings_dict
    wanted = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {**os.environ, **{name: str(known[key]) for name, key in wanted.items() if known.get(key)}}


def _kept_paths(home: Path) -> Iterator[Path]:
    for name in KEPT:
        if (home / name).is_file():
            yield home / name
        within = (path for path in (home / name).rglob("*") if path.is_file())
        yield from sorted(path for path in within if UNDER_WAY not in path.relative_to(home).parts)


def write_archive(target: Path, *, now: datetime) -> dict[str, Any]:
    """
    Write rows, files and keys of this installation into `target`, readable by its owner only; what is listed in it.

    The rows are one moment's, while the system goes on; files are never changed once written, so they fit the rows.
    """
    fresh = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".tinhso-") as folder:
        anchors = _copy_anchors(Path(folder))
        rows = Path(folder) / ROWS
        command = [binary("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--file", str(rows)]
        subprocess.run(command, env=connection_of_the_tools(), check=True)
        kept = {str(path.relative_to(settings.HOME)): path for path in _kept_paths(settings.HOME)}
        kept = {name: path for name, path in kept.items() if Path(name).parts[0] != ANCHORS}
        paths = {ROWS: rows, **kept, **anchors}
        listing = {
            "format": FORMAT,
            "written_at": now.isoformat(),
            "demonstration": Prepared(settings.HOME / "prepared.json").is_demonstration(otherwise=settings.DEMO),
            "sha256": {name: _digest(path) for name, path in paths.items()},
        }
        (Path(folder) / LISTING).write_text(json.dumps(listing, indent=1))
        fresh.touch(mode=0o600)
        with tarfile.open(fresh, "w") as tar:
            tar.add(Path(folder) / LISTING, LISTING)
            for name, path in paths.items():
                tar.add(path, name)
    fresh.replace(target)
    return listing


def _copy_anchors(folder: Path) -> dict[str, Path]:
    """The ledger's anchors, taken before the rows, so that what they say of seals is true of the rows."""
    if (settings.HOME / ANCHORS).exists():
        shutil.copytree(settings.HOME / ANCHORS, folder / ANCHORS)
    return {str(path.relative_to(folder)): path for path in sorted((folder / ANCHORS).rglob("*"))}


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()


def is_empty() -> bool:
    """Whether this home holds nothing yet: no table in the database, no kept file but a fresh secret."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema')"
        )
        has_tables = cursor.fetchone()[0]
    return not has_tables and not any(path.name != "secret_key" for path in _kept_paths(settings.HOME))


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """
    Everything of the archive in `folder`, compared with its checksums; what was listed in it.

    :raises BadArchive: it is incomplete, was changed, or is none
    """
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        listing: dict[str, Any] = json.loads((folder / LISTING).read_text())
        wrong = [name for name, digest in listing["sha256"].items() if _digest(folder / name) != digest]
    except (tarfile.TarError, OSError, ValueError, KeyError) as trouble:
        raise BadArchive(f"{source}: không đọc được · cannot be read: {trouble}") from trouble
    if wrong or listing["format"] != FORMAT or ROWS not in listing["sha256"]:
        raise BadArchive(f"{source}: nội dung đã bị đổi · was changed: {', '.join(wrong) or listing['format']}")
    return listing
