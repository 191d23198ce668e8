"""A backup taken while people file is one moment of the installation, whole; restored elsewhere it holds and proves all of it."""

import json
import time
from collections.abc import Iterator

import psycopg
import pytest

from load.crowd import Crowd, at_work
from load.site import Site

FACTS = "select id, encode(hash, 'hex') from ledger_fact where id <= {last} order by id"
LAST = """
from tinhso.host.cli import start_django
start_django()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("select max(id) from ledger_fact")
    print(cursor.fetchone()[0])
"""
FILED = "select public_id, title from cases_case"


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.mark.slow
def test_a_backup_under_load_is_restored_whole(site: Site, elsewhere: Site) -> None:
    archive = elsewhere.home / "saved.tar"
    with at_work(Crowd(site.port, pause=0.3, seed=7)) as crowd:
        time.sleep(6)
        before = list(crowd.told.filed)
        said = site.says("backup", str(archive))
    assert "MB" in said, said
    assert not crowd.complaints

    assert "Đã khôi phục" in elsewhere.says("restore", str(archive))
    facts = FACTS.format(
        last=int(elsewhere.says(program=LAST))
    )  # what the copy's own jobs write later is the copy's own
    elsewhere.start()

    with site.connect() as source, elsewhere.connect() as copy:
        assert lines(copy, facts) <= lines(source, facts)
        kept = lines(copy, FILED)
        assert {(each.public_id, each.child) for each in before} <= kept, "what was acknowledged before is in it"
        assert before
        papers = {digest for (digest,) in lines(copy, "select distinct file_sha256 from cases_paper")}
    assert papers <= {path.name for path in (elsewhere.home / "files").rglob("*")}
    assert "✓" in elsewhere.says("ledger", "verify")
    elsewhere.await_quiet()
    found = json.loads(elsewhere.says("doctor", "--json"))
    assert [one for one in found if one["level"] == "trouble"] == []


def lines(database: psycopg.Connection, query: str) -> set[tuple]:
    return set(database.execute(query).fetchall())
