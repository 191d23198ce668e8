"""A small province, boards of a trial pack, and panels such as other apps bring."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from tinhso.modules.insight.boards.adapters import pack_files
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.cases.tests.conftest import COMMUNE, PROVINCE, make_units
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.queries import find_officer_actor
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries import forget_units

START = datetime(2025, 7, 1, tzinfo=UTC)
FROM = "@2025-07-01"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ROLES = ("receptionist", "leader", "administrator")
PROVINCE_BOARD = """
code = "province"
name = { vi = "Bảng tỉnh", en = "Province" }
of = ["province"]
order = 10

[[section]]
column = "main"
title = { vi = "Hôm nay", en = "Today" }
panel = [{ panel = "boards.count" }, { panel = "boards.faulty", width = "half" }]

[[section]]
column = "side"
panel = [{ panel = "absent.panel" }, { code = "again", panel = "boards.count", options = { title = "Lần nữa" } }]

[[wall]]
seconds = 20
columns = [["count"], ["again"]]

[[wall]]
seconds = 10
columns = [["faulty"]]
"""
OFFICERS_BOARD = """
code = "desk"
name = { vi = "Một cửa", en = "Desk" }
of = ["commune"]
seen_by = "officers"
section = [{ column = "main", panel = [{ panel = "boards.count" }] }]
"""
LEADERS_BOARD = """
code = "chair"
name = { vi = "Của lãnh đạo", en = "Of leaders" }
of = ["commune"]
seen_by = "roles"
roles = ["leader"]
order = 5
section = [{ column = "main", panel = [{ panel = "boards.count" }] }]
"""


class Counter:
    """What an app might bring: a count that changes, one that is faulty; how often each was asked, and by whom."""

    def __init__(self) -> None:
        self.value, self.asked, self.age, self.fails = 7, list[PanelAsked](), timedelta(0), True

    def count(self, asked: PanelAsked) -> Panel:
        self.asked.append(asked)
        return Panel(
            title=asked.options.get("title", "Đếm"),
            template="components/counts.html",
            context={"items": [{"value": self.value, "text": "hồ sơ", "url": "/elsewhere/"}]},
            table=[["Việc", "Số"], ["hồ sơ", self.value], ["=1+1", 0]],
            as_of=asked.now - self.age,
            stale_after=timedelta(seconds=30),
            address="/indicators/",
        )

    def faulty(self, asked: PanelAsked) -> Panel | None:
        if self.fails:
            raise RuntimeError("kho không mở được")
        return None


def write_boards(root: Path, *texts: str) -> None:
    """Let the installation have these boards alone."""
    for pack in root.iterdir():
        (pack / "boards").mkdir(exist_ok=True)
        for path in (pack / "boards").glob("*.toml"):
            path.unlink()
    for number, text in enumerate(texts):
        (root / "national" / "boards" / f"{number}.toml").write_text(text)
    pack_files._read.cache_clear()
    cache.clear()


@pytest.fixture
def units(db) -> None:
    """A province with its communes, one of which takes cases in, and a department."""
    make_units()
    rows = [
        ("H90.01", "agency", COMMUNE, [PROVINCE, COMMUNE], "UBND Xã 90001"),
        ("H90", "agency", PROVINCE, [PROVINCE], "UBND tỉnh Thử"),
        ("H90.90", "department", f"H90{FROM}", [PROVINCE, f"H90{FROM}"], "Sở Thử"),
    ]
    for code, kind, parent, path, name in rows:
        key = f"{code}{FROM}"
        where = {"parent_key": parent, "path": [*path, key], "valid_from": START.date()}
        Unit.objects.create(key=key, code=code, kind=kind, name=name, **where)
    forget_units()


@pytest.fixture
def packs(units, tmp_path, settings) -> Path:
    """A pack of the test's own."""
    root = tmp_path / "packs"
    (root / "national").mkdir(parents=True)
    (root / "national" / "pack.toml").write_text("code = 'national'\nname = { vi = 'Thử', en = 'Trial' }\n")
    settings.PACKS_ROOT, settings.PACKS = root, ["national"]
    write_boards(root, PROVINCE_BOARD, OFFICERS_BOARD, LEADERS_BOARD)
    yield root
    pack_files._read.cache_clear()


@pytest.fixture
def counter(monkeypatch) -> Counter:
    """The panels "boards.count" and "boards.faulty"."""
    found = Counter()
    brought = {"boards.count": found.count, "boards.faulty": found.faulty}
    monkeypatch.setattr(type(apps.get_app_config("boards")), "panels", lambda self: brought)
    return found


@pytest.fixture
def province(db, packs, counter):
    """The units, in Vietnamese."""
    people.load_roles(roles=[(code, code, code, "unit") for code in ROLES])
    with translation.override("vi"):
        yield counter


@pytest.fixture
def somebody(province) -> Callable[[str, str], tuple[Actor, Client]]:
    """Makes an officer with a post, and a browser signed in as that officer."""

    def make(role: str, unit_key: str = COMMUNE) -> tuple[Actor, Client]:
        name = f"{role}.{unit_key[:5]}"
        made = people.register_officer(name=name, sign_in_name=name, unit_key=unit_key, actor=SYSTEM, now=START)
        people.appoint(officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=START)
        client = Client()
        client.force_login(Account.objects.get(code=made.code), "django.contrib.auth.backends.ModelBackend")
        actor = find_officer_actor(made.code, NOW)
        assert actor is not None
        return actor, client

    return make


def text_of(response: HttpResponse, status: int = 200) -> str:
    """The page on one line."""
    assert response.status_code == status, response.status_code
    return " ".join(response.content.decode().split())


__all__ = ["COMMUNE", "PROVINCE"]
