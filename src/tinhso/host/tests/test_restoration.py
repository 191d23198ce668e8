"""A restore that fails, is refused, rehearsed or cut off never costs what was there."""

import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tinhso.host.tests.test_installation import ROWS, Installation, remove

DATABASES = """
from tinhso.host.cli import start_django
start_django()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("select string_agg(datname, ' ' order by datname) from pg_database where not datistemplate")
    print(cursor.fetchone()[0])
"""
FORGE = """
from tinhso.host.cli import start_django
start_django()
from tinhso.platform.clock import now
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import SYSTEM
for number in range(3):
    record_fact(kind="test.thing.done", subject="S-1", unit_key="", body={"number": number}, actor=SYSTEM, now=now())
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("alter table ledger_fact disable trigger user")
    cursor.execute("update ledger_fact set body = '{}' where subject = 'S-1' and sequence = 2")
"""
DIES_BETWEEN_ROWS_AND_FILES = """
import os, sys
from pathlib import Path
from tinhso.host.cli import start_django
start_django()
from tinhso.host import databases, restoration
put_in_place = databases.put_in_place
def and_die(*names, **more):
    put_in_place(*names, **more)
    os._exit(9)
databases.put_in_place = and_die
restoration.restore(Path(sys.argv[1]))
"""
MEND = """
from tinhso.host.cli import start_django
start_django()
from tinhso.host import restoration
print(restoration.mend_interrupted())
"""


@pytest.fixture
def made() -> Iterator[Callable[[str], Installation]]:
    homes: list[Path] = []

    def make(note: str) -> Installation:
        homes.append(Path(tempfile.mkdtemp(prefix="tinhso-")))
        (homes[-1] / "files").mkdir()
        (homes[-1] / "files/note").write_text(note)
        found = Installation(homes[-1])
        found.says("packs", "load")
        return found

    yield make
    for home in homes:
        remove(home)


def with_other_rows(archive: Path, target: Path, rows: bytes) -> Path:
    """The same archive with other rows and a listing that fits them: whole by its checksums, and yet not to be loaded."""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as tar:
        for member in source.getmembers():
            content = source.extractfile(member).read()
            if member.name == "rows.pgdump":
                content = rows
            if member.name == "listing.json":
                listing = json.loads(content)
                listing["sha256"]["rows.pgdump"] = sha256(rows).hexdigest()
                content = json.dumps(listing).encode()
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target


def left_behind(installation: Installation) -> list[str]:
    names = installation.says(program=DATABASES).split()
    return [name for name in names if name != "postgres"] + [path.name for path in installation.home.glob(".restore-*")]


@pytest.mark.slow
def test_a_restore_that_fails_is_refused_or_rehearsed_leaves_everything_as_it_was(
    made: Callable[[str], Installation],
) -> None:
    other, ours = made("other"), made("ours")
    rows, saved = ours.says(program=ROWS), other.home / "saved.tar"
    other.says(program=FORGE)
    other.says("backup", str(saved))
    with tarfile.open(saved) as tar:
        whole = tar.extractfile("rows.pgdump").read()
    broken = with_other_rows(saved, other.home / "broken.tar", whole[: len(whole) * 2 // 3])

    assert "chưa thay gì" in ours.says("restore", "--yes", str(broken)), "pg_restore fails on rows that are cut off"
    said = ours.says("restore", "--yes", str(saved))
    assert "S-1 #2" in said, "a ledger that was changed is not brought in"
    assert "--accept-unsound" in said
    said = ours.says("restore", "--dry-run", str(saved))
    assert "S-1 #2" in said
    assert "chưa thay gì" in said

    assert ours.says(program=ROWS) == rows
    assert (ours.home / "files/note").read_text() == "ours"
    assert left_behind(ours) == []

    assert "Đã khôi phục" in ours.says("restore", "--yes", "--accept-unsound", str(saved))
    assert ours.says(program=ROWS) == other.says(program=ROWS)
    assert left_behind(ours) == []


@pytest.mark.slow
def test_a_restore_cut_off_after_the_rows_were_swapped_is_brought_to_its_end(
    made: Callable[[str], Installation],
) -> None:
    other, ours = made("other"), made("ours")
    saved = other.home / "saved.tar"
    other.says("backup", str(saved))

    ours.says(str(saved), program=DIES_BETWEEN_ROWS_AND_FILES)
    assert (ours.home / "files/note").read_text() == "ours"
    assert "postgres_before_restore" in left_behind(ours), "the old rows are kept until all is in place"

    assert ours.says(program=MEND).split() == ["True"]
    assert (ours.home / "files/note").read_text() == "other"
    assert ours.says(program=ROWS) == other.says(program=ROWS)
    assert left_behind(ours) == []
    assert ours.says(program=MEND).split() == ["False"]
