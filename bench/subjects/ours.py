"""tinhso itself: the public actions of the engine on the real packs, in a process as a web worker is one."""
# ruff: noqa: E402 - Django reads its settings first

import json
import os
import time
from datetime import date
from functools import cache
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")

import django

django.setup()

from django.db import connection, transaction
from django.test import Client

from bench.subjects.load import ACTS, ANSWERS, BIRTH, FLOWS, NOW, PICTURE, carried, procedure, table
from tinhso.host import preparation
from tinhso.host.packs import chosen_packs
from tinhso.platform.cases import actions
from tinhso.platform.files.actions import store_file
from tinhso.platform.people.actions import identify_person
from tinhso.platform.people.queries import find_citizen_actor
from tinhso.platform.people.rules import SYSTEM, Actor, Identity, Post
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries import get_agency_code

CITIZEN = Actor(code="citizen:bench", kind="citizen", name="Hoàng Thị Mai")
ROLES = ("receptionist", "handler", "leader", "receptionist")
FILLED = """
select string_agg(quote_ident(relname), ', ') from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'procrastinate%'
"""
seat = 0


def prepare(crowd: int) -> None:
    """Tables, packs, the flows, and a crowd of cases that lie there already, half of them over."""
    preparation.migrate()
    packs = chosen_packs()
    for capability in preparation.capabilities():
        capability.load_packs(packs, NOW)
    actions.load_procedures(tables=[(procedure(flow), table(flow)) for flow in FLOWS], now=NOW)
    with transaction.atomic():
        there = open_many(crowd)
    for act in ACTS:
        actions.act_on_cases(public_ids=there[: crowd // 2], act=act, actor=officers()[act], now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(FILLED)  # an empty queue of jobs, analysed as such, would be planned as if it stayed empty
        cursor.execute(f"vacuum analyze {cursor.fetchone()[0]}")


@cache
def communes() -> list[str]:
    """The communes of Lạng Sơn as they are on the day; each process sits at one of its own."""
    units = Unit.objects.filter(kind="commune", parent_key__startswith="20@", valid_to=None).order_by("key")
    return list(units.values_list("key", flat=True))


@cache
def officers() -> dict[str, Actor]:
    """Who takes each step."""
    commune = communes()[seat]
    return {
        act: Actor(code=f"officer:{role}", kind="officer", name=role, posts=(Post(commune, role),))
        for act, role in zip(ACTS, ROLES, strict=True)
    }


def filing(flow: str) -> actions.Filing:
    """What a citizen files."""
    return actions.Filing(
        procedure=procedure(flow), unit_key=communes()[seat], applicant_code=CITIZEN.code,
        applicant_name=CITIZEN.name, title="Hoàng Văn An", data=ANSWERS,
    )  # fmt: skip


def open_many(count: int, flow: str = "birth") -> list[str]:
    """File that many cases one by one; their ids."""
    asked = filing(flow)
    return [actions.open_case(filing=asked, actor=CITIZEN, now=NOW).public_id for _ in range(count)]


def run(seconds: float, flow: str = "birth", number: int = 0) -> tuple[int, float]:
    """Carry whole cases for that long; how many, in how many seconds."""
    global seat
    seat = number

    def carry() -> None:
        (public_id,) = open_many(1, flow)
        for act in ACTS:
            actions.act_on_case(public_id=public_id, act=act, actor=officers()[act], now=NOW)

    return carried(carry, seconds)


def bulk(count: int) -> list[tuple[float, float]]:
    """For each act: how many a second on that many cases at once, and on as many one by one."""
    together, apart = open_many(count), open_many(count)
    found = []
    for act in ACTS:
        actor = officers()[act]
        begun = time.perf_counter()
        outcomes = actions.act_on_cases(public_ids=together, act=act, actor=actor, now=NOW)
        middle = time.perf_counter()
        for public_id in apart:
            actions.act_on_case(public_id=public_id, act=act, actor=actor, now=NOW)
        assert all(outcome.moved for outcome in outcomes)
        found.append((count / (middle - begun), count / (time.perf_counter() - middle)))
    return found


def fill(cases: int) -> float:
    """Make the province after ten years in this database, instead of the crowd; how many seconds it took."""
    from bench import province

    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "set session_replication_role = replica; truncate cases_case, ledger_fact, ledger_head, payments_bill, people_person cascade"
        )
    keys = communes()
    asked = {
        "keys": keys,
        "agencies": [get_agency_code(key, NOW.date()) for key in keys],
        "answers": json.dumps(ANSWERS),
    }
    asked |= {"procedure": "1.001193", "version": "2025-07-01"}
    province.fill(
        os.environ["DATABASE_URL"], cases, asked, lambda text: print(f"{time.perf_counter() - begun:6.1f} s  {text}")
    )
    connection.close()
    return time.perf_counter() - begun


def sign_in(count: int) -> dict[str, Any]:
    """Sessions of that many citizens of level 2, each with a file handed in, and what they file."""
    sessions = []
    for number in range(count):
        identity = Identity(
            name="Hoàng Thị Mai",
            personal_number=f"0201950{number:05d}",
            birth_on=date(1995, 3, 12),
            sex="female",
            level=2,
        )
        account = identify_person(identity=identity, account=None, actor=SYSTEM, now=NOW)
        kept = store_file(content=PICTURE, name="giay-chung-sinh.png", actor=find_citizen_actor(account.code), now=NOW)
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        sessions.append(client.cookies["sessionid"].value)
    body = {"procedure": "1.001193", "unit": communes()[0], "answers": BIRTH, "papers": {"birth_proof": [kept.sha256]}}
    return {"sessions": sessions, "body": body, "sha256": kept.sha256}
