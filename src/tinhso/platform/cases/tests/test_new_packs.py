"""Packs that another process loads are in force here a second later, without a restart and at no cost in between."""

import time
import tomllib
from datetime import date

import psycopg
import pytest
from django.db import connection

from tinhso.kernel.flow import read_procedure
from tinhso.platform.cases import actions, queries
from tinhso.platform.cases.tests.conftest import COMMUNE, DOSSIER, FRIDAY
from tinhso.platform.units.actions import note_packs_loaded
from tinhso.platform.units.queries import get_unit, keeping

LOADS_ELSEWHERE = (
    "update cases_procedureversion set body = jsonb_set(body, '{name,vi}', '\"Tên mới\"') where code = '9.000001'",
    (
        "insert into cases_procedureversion (code, version, body, sha256, loaded_at)"
        " select code, '2026-01-01', jsonb_set(body, '{version}', '\"2026-01-01\"'), sha256, loaded_at"
        " from cases_procedureversion where code = '9.000001'"
    ),
    "update units_unit set name = 'Xã mới'",
    "update units_packsloaded set number = number + 1",
)


@pytest.fixture
def looking(monkeypatch):
    """This process looks for new packs, as every one but that of the tests does."""
    monkeypatch.setattr(keeping.watch, "next_look", 0.0)
    monkeypatch.setattr(keeping.watch, "seen", None)


def load_elsewhere() -> None:
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
        for statement in LOADS_ELSEWHERE:
            other.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_packs_loaded_by_another_process_are_in_force_here_a_second_later(commune, looking):
    note_packs_loaded(now=FRIDAY)
    version = date(2025, 7, 1)
    assert queries.get_procedure("9.000001", version).name.vi == "Thử"
    assert queries.procedure_on("9.000001", date(2026, 11, 20)).version == version
    assert get_unit(COMMUNE).name == "Xã 90001"
    load_elsewhere()

    time.sleep(keeping.LOOK_EVERY_SECONDS + 0.1)

    assert queries.get_procedure("9.000001", version).name.vi == "Tên mới"
    assert queries.procedure_on("9.000001", date(2026, 11, 20)).version == date(2026, 1, 1)
    assert get_unit(COMMUNE).name == "Xã mới"


@pytest.mark.django_db(transaction=True)
def test_what_somebody_kept_while_the_load_was_committed_is_forgotten_too(commune, looking, monkeypatch):
    note_packs_loaded(now=FRIDAY)
    version = date(2025, 7, 1)
    old = queries.get_procedure("9.000001", version)
    load_elsewhere()
    monkeypatch.setattr(keeping.watch, "next_look", 0.0)
    queries.get_procedure("9.000001", version)
    queries.procedures._procedure.cache_clear()
    monkeypatch.setattr(queries.procedures, "read_procedure", lambda _body: old)  # what a slow reader brings in now
    assert queries.get_procedure("9.000001", version) is old
    monkeypatch.undo()

    keeping.watch.next_look = 0.0
    assert queries.get_procedure("9.000001", version).name.vi == "Tên mới"
    keeping.watch.next_look = float("inf")


@pytest.mark.django_db
def test_between_two_looks_nothing_is_asked(commune, looking, django_assert_num_queries):
    queries.get_procedure("9.000001", date(2025, 7, 1))
    with django_assert_num_queries(0):
        for _ in range(1000):
            queries.get_procedure("9.000001", date(2025, 7, 1))


@pytest.mark.django_db
def test_loading_packs_is_counted_in_its_transaction(commune):
    actions.load_procedures(tables=[(read_procedure(tomllib.loads(DOSSIER)), tomllib.loads(DOSSIER))], now=FRIDAY)
    assert note_packs_loaded(now=FRIDAY) + 1 == note_packs_loaded(now=FRIDAY)
