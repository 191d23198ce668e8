"""
The way back from an archive, such that nothing is lost when it fails.

The rows go into a database beside the one in use and are examined there, with the files and keys of the archive. Only
then do both databases change their names in one transaction. From that moment on the restore only goes forward: what is
left of it is written down in `restoring.json`, and whoever comes next, a restore or a start, ends it.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from psycopg.errors import InsufficientPrivilege

from tinhso.host import archive, databases
from tinhso.host.postgres import binary
from tinhso.host.postgres_guard import take_lock
from tinhso.platform.clock import now

UNPACKED = ".restore-"  # how the folders begin in which archives are unpacked
MADE_AGAIN = ("warehouse", "prepared.json")  # from the rest, at the next start


class NotRestored(RuntimeError):
    """The restore was given up, what the home holds is untouched; the sentence says why and what to do."""


class Unsound(NotRestored):
    """What came out of the archive does not hold together; `troubles` says where."""

    def __init__(self, troubles: list[str]) -> None:
        super().__init__("Bản sao lưu không toàn vẹn, chưa thay gì · the archive is not sound, nothing was replaced")
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class Restored:
    """What an archive listed, and what was seen of it beside: `troubles`, `findings`, `ledger` (see soundness.look)."""

    listing: dict[str, Any]
    seen: dict[str, Any]


def _fresh() -> str:
    return f"{databases.name_in_use()}_restoring"


def _former() -> str:
    return f"{databases.name_in_use()}_before_restore"


def _journal() -> Path:
    return Path(settings.HOME) / "restoring.json"


def restore(source: Path, *, rehearse: bool = False, accept_unsound: bool = False) -> Restored:
    """
    Put rows, files and keys of `source` in place of what this home holds; with `rehearse` do all but that.

    :raises BadArchive: the archive is incomplete, was changed, or is none
    :raises Unsound: its ledger or files do not hold together, unless `accept_unsound`
    :raises NotRestored: its rows cannot be loaded, or the account may not make databases
    """
    with _alone():
        mend_interrupted()
        _clear()
        folder = Path(tempfile.mkdtemp(dir=settings.HOME, prefix=UNPACKED))
        try:
            listing = archive.unpack(source, folder)
            _load(folder / archive.ROWS)
            seen = _look(folder, demonstration=listing["demonstration"])
            if not rehearse:
                if seen["troubles"] and not accept_unsound:
                    raise Unsound(seen["troubles"])
                _swap(folder, listing)
        finally:
            if not _journal().exists():
                _clear()
    return Restored(listing, seen)


@contextmanager
def _alone() -> Iterator[None]:
    try:
        held = take_lock(Path(settings.HOME) / "restore.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise NotRestored("Đang có một lần khôi phục khác · another restore is under way") from None
    try:
        yield
    finally:
        os.close(held)


def _load(rows: Path) -> None:
    fresh = _fresh()
    try:
        databases.make(fresh)
    except InsufficientPrivilege:
        raise NotRestored(
            "Tài khoản không được tạo cơ sở dữ liệu; hãy cấp quyền: ALTER ROLE … CREATEDB"
            " · the account may not make databases; grant it CREATEDB"
        ) from None
    command = [binary("pg_restore"), "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    environment = archive.connection_of_the_tools()
    done = subprocess.run(
        [*command, "--dbname", fresh, str(rows)], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotRestored(f"Không nạp được, chưa thay gì · not loaded, nothing was replaced:\n{done.stderr.strip()}")


def _look(folder: Path, *, demonstration: bool) -> dict[str, Any]:
    """What a process sees whose home is the unpacked archive and whose database is the one beside."""
    own = {
        "TINHSO_LEDGER_ANCHOR": "",  # a second place may know of more than the backup; that is owned up to later
        "TINHSO_HOME": str(folder),
        "DATABASE_URL": databases.url_of(_fresh()),
        "TINHSO_DEMO": str(int(demonstration)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tinhso.host.soundness"], env={**os.environ, **own}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotRestored(f"Không kiểm tra được, chưa thay gì · not examined, nothing was replaced:\n{done.stderr}")
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def _swap(folder: Path, listing: dict[str, Any]) -> None:
    brings = [name for name in archive.KEPT if (folder / name).exists()]
    mode = "demonstration" if listing["demonstration"] else "real"
    _write_down(_journal(), {"folder": folder.name, "brings": brings, "mode": mode})
    try:
        databases.put_in_place(_fresh(), aside=_former())
    except Exception as trouble:
        if not databases.exists(_former()):
            _journal().unlink()
            raise NotRestored(f"Không thay được, dữ liệu cũ còn nguyên · not put in place: {trouble}") from trouble
    mend_interrupted()


def _write_down(path: Path, content: dict[str, Any]) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("w") as handle:
        json.dump(content, handle)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


def mend_interrupted() -> bool:
    """
    End a restore that was cut off, if there was one; whether there was.

    Before the databases changed their names nothing had been touched, and it is given up; after that it goes forward.
    """
    journal, home = _journal(), Path(settings.HOME)
    if not journal.exists():
        return False
    known = json.loads(journal.read_text())
    if databases.exists(_former()):
        folder = home / known["folder"]
        for name in archive.KEPT:
            if name not in known["brings"]:
                _remove(home / name)
            elif (folder / name).exists():
                _remove(home / name)
                (folder / name).replace(home / name)
        for name in MADE_AGAIN:
            _remove(home / name)
        _write_down(home / "prepared.json", {"mode": known["mode"]})
        from tinhso.platform.ledger import actions as ledger  # its models need Django to be ready

        ledger.own_up_to_restoration(now=now())
    journal.unlink()
    _clear()
    return True


def _clear() -> None:
    """Remove what restores left beside: databases and unpacked archives."""
    for name in (_fresh(), _former()):
        databases.drop(name)
    for folder in Path(settings.HOME).glob(f"{UNPACKED}*"):
        _remove(folder)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
