"""Dossiers of several communes and months, made by the engine itself; a warehouse of the test's own."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from django.conf import settings as all_settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse

from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.rules import CASES, FACTS, Period, Table
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries as case_queries
from tinhso.platform.cases.tests.conftest import CITIZEN, PROVINCE, load_trial_procedures, make_units
from tinhso.platform.ledger.actions import record_fact, seal_facts
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, Actor, Post
from tinhso.platform.units.queries import forget_units

COMMUNES = ("90001@2025-07-01", "90002@2025-07-01", "90003@2025-07-01")
FIRST, SECOND, THIRD = COMMUNES
MORNING = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)  # Tuesday, 09:00 in Vietnam
IN_A_MONTH = timedelta(days=31)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SEPTEMBER, OCTOBER = (Period(date(2026, month, 1), date(2026, month, 1)) for month in (9, 10))
START = datetime(2025, 7, 1, tzinfo=UTC)
AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 1))
WHERE = f"?unit={FIRST}&period=2026-09"
SHIPPED = sorted((all_settings.PACKS_ROOT / "national" / "indicators").glob("*.sql"))
FEW = {"mean_time", "on_time_rate", "online_share", "response_rate", "satisfaction"}
INDICATORS = [path for path in SHIPPED if path.stem in FEW]


def officer(unit_key: str, *roles: str) -> Actor:
    return Actor(f"officer:{unit_key[:5]}", "officer", "Vi Thị Nga", tuple(Post(unit_key, role) for role in roles))


def file(unit_key: str = FIRST, *, at: datetime = MORNING, channel: str = "online") -> str:
    procedure = case_queries.procedure_on("9.000001", at.date())
    filing = cases.Filing(
        procedure, unit_key, CITIZEN.code, CITIZEN.name, "Hoàng Văn An", {"a": "Hoàng Văn An"}, channel=channel
    )
    return cases.open_case(filing=filing, actor=CITIZEN, now=at).public_id


def act(public_id: str, name: str, unit_key: str = FIRST, *, at: datetime = MORNING) -> None:
    actor = officer(unit_key, "receptionist", "handler", "leader")
    cases.act_on_case(public_id=public_id, act=name, actor=actor, now=at)


def resolve(public_id: str, unit_key: str = FIRST, *, at: datetime = MORNING, days: float = 1) -> str:
    act(public_id, "accept", unit_key, at=at)
    act(public_id, "propose", unit_key, at=at)
    act(public_id, "sign", unit_key, at=at + timedelta(days=days))
    return public_id


def rate(public_id: str, score: object, unit_key: str = FIRST, *, at: datetime = MORNING) -> None:
    record_fact(
        kind="onestop.dossier.rated", subject=public_id, unit_key=unit_key, body={"score": score}, actor=CITIZEN, now=at
    )


def figure(code: str = "on_time_rate", unit: str = "", period: Period = AUTUMN) -> tuple[int, int]:
    """Numerator and denominator on the board."""
    found = queries.read_board().figure(code, unit, period)
    return found.numerator, found.denominator


def fill(seed: int, count: int) -> None:
    """That many dossiers at all communes over three months, in every state, some rated, late and early, sealed on the way."""
    dice = Random(seed)
    for number in range(count):
        unit, channel = dice.choice(COMMUNES), dice.choice(["online", "online", "desk"])
        at = MORNING + timedelta(hours=dice.randrange(24 * 70), seconds=dice.randrange(3600))
        public_id = file(unit, at=at, channel=channel)
        if dice.random() < 0.8:
            act(public_id, "accept", unit, at=at)
            if dice.random() < 0.8:
                act(public_id, "propose", unit, at=at)
                done = at + timedelta(seconds=dice.randrange(86_400 * 6))
                act(public_id, "sign", unit, at=done)
                if dice.random() < 0.5:
                    rate(public_id, dice.randrange(1, 6), unit, at=done)
        if number % 7 == 0:
            seal_facts(now=NOW)


@pytest.fixture(autouse=True)
def warehouse(settings, tmp_path) -> Path:
    settings.WAREHOUSE_ROOT = tmp_path / "warehouse"
    cache.clear()
    return settings.WAREHOUSE_ROOT


def make_province() -> None:
    forget_units()
    make_units()
    load_trial_procedures()
    actions.keep_indicators(paths=INDICATORS, now=NOW)


@pytest.fixture
def province(db) -> Iterator[str]:
    make_province()
    yield PROVINCE
    case_queries.forget_procedures()


@pytest.fixture
def committed(transactional_db) -> Iterator[str]:
    make_province()
    yield PROVINCE
    case_queries.forget_procedures()


@pytest.fixture
def asked(db) -> Callable[..., list[tuple]]:
    """A question to PostgreSQL itself."""

    def ask(query: str, *parameters: object) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall()

    return ask


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


@pytest.fixture
def signed_in(client, province):
    people.load_roles(roles=[(code, code, code, "unit") for code in ("receptionist", "leader", "administrator")])

    def sign_in(unit_key: str, role: str):
        name = f"{role}-{unit_key[:5]}"
        made = people.register_officer(
            name=name, sign_in_name=name, unit_key=unit_key, password="", actor=SYSTEM, now=NOW
        )
        people.appoint(officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=NOW)
        client.force_login(Account.objects.get(code=made.code), "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


KINDS = {
    "cases": ["dossier", "dossier", "dossier", "opinion"],
    "facts": ["queue.ticket.served", "onestop.dossier.rated"],
}
CHOICES = {
    "unit": ["A@2025-07-01", "B@2025-07-01", None], "acts": [4, 9],
    "channel": ["online", "national_portal", "counter", "post"], "state": ["returned", "resolved", "stopped", "withdrawn", "not_accepted"],
    "service_level": ["full", "partial", None], "delivered_by": ["electronic", "counter", None], "paid_by": ["cash", "transfer", None],
}  # fmt: skip


def invented(table: Table, dice: Random, number: int) -> list[Any]:
    """A row of that table with anything at all in it, moments to the microsecond."""
    start = datetime(2026, 1, 1)
    kinds = {
        "BOOLEAN": lambda: dice.random() < 0.4,
        "TIMESTAMP": lambda: None if dice.random() < 0.2 else start + timedelta(microseconds=dice.randrange(10**13)),
        "DATE": start.date,
        "VARCHAR": lambda: f"TS-{dice.randrange(number + 1)}",
    }
    row = {name: kinds.get(kind, lambda: dice.choice([None, 0, 0, 1, 2, 5]))() for name, kind in table.types.items()}
    row |= {name: dice.choice(values) for name, values in {**CHOICES, "kind": KINDS[table.name]}.items() if name in row}
    return list((row | {"public_id": f"TS-{number}"} if "public_id" in row else row | {"sequence": number}).values())


@pytest.fixture(scope="module")
def parquet(tmp_path_factory) -> Path:
    """Both tables as Parquet, three thousand rows of anything at all."""
    folder, dice = tmp_path_factory.mktemp("rows"), Random(2026)
    maker = duckdb.connect(":memory:")
    for table in (CASES, FACTS):
        maker.execute(
            f"create table {table.name} ({', '.join(f'{name} {kind}' for name, kind in table.types.items())})"
        )
        marks = ", ".join("?" * len(table.columns))
        maker.executemany(
            f"insert into {table.name} values ({marks})", [invented(table, dice, each) for each in range(3000)]
        )
        maker.execute(f"copy {table.name} to '{folder / table.name}.parquet' (format parquet)")
    return folder
