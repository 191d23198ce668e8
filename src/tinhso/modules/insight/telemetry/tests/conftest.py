"""A few units, kinds of devices of the national pack, devices with keys, officers."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.models import Device
from tinhso.modules.insight.telemetry.rules.devices import Draft
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, Actor, Post
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries import forget_units
from tinhso.platform.units.rules import UnitRow, fold_name, units_from

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
START = datetime(2025, 7, 1, tzinfo=UTC)
PROVINCE, COMMUNE, OTHER = "20@2025-07-01", "06184@2025-07-01", "06613@2025-07-01"
ROWS = [
    ("VN", "country", "country", "Việt Nam", "", "", ""),
    ("20", "province", "province", "Tỉnh Lạng Sơn", "VN@2025-07-01", "", ""),
    ("06184", "commune", "rural_commune", "Xã Đồng Đăng", PROVINCE, "21.9461", "106.722"),
    ("06613", "commune", "rural_commune", "Xã Đình Lập", PROVINCE, "21.5854", "107.071"),
    ("06529", "commune", "rural_commune", "Xã Lộc Bình", PROVINCE, "21.7668", "106.908"),
]


def make_units() -> None:
    names = ("code", "kind", "designation", "name", "parent", "latitude", "longitude")
    empty = dict.fromkeys(("name_en", "valid_to", "calendar", "agency_code", "note"), "")
    rows = [
        {**empty, **dict(zip(names, row, strict=True)), "valid_from": "2025-07-01", "start_known": "1"} for row in ROWS
    ]
    Unit.objects.bulk_create(
        Unit(**{field: getattr(row, field) for field in UnitRow.__dataclass_fields__}, name_folded=fold_name(row.name))
        for row in units_from(rows).values()
    )


@pytest.fixture(autouse=True)
def archive(settings, tmp_path) -> Iterator[Any]:
    """An archive of the test's own; no units kept of another test."""
    settings.TELEMETRY_ROOT = tmp_path / "telemetry"
    forget_units()
    yield settings.TELEMETRY_ROOT
    forget_units()


@pytest.fixture
def units(db) -> str:
    make_units()
    return PROVINCE


def officer(role: str = "administrator", unit_key: str = PROVINCE, name: str = "lan") -> Actor:
    return Actor(f"officer:{name}", "officer", "Vi Thị Lan", (Post(unit_key, role),))


def draft(code: str = "SONG-01", kind: str = "river_station", unit_key: str = PROVINCE, **more: Any) -> Draft:
    said = {"name": f"Thiết bị {code}", "owner": "Sở Nông nghiệp và Môi trường", "purpose": "Cảnh báo lũ", **more}
    return Draft(code=code, kind=kind, unit_key=unit_key, **said)


def add(code: str = "SONG-01", kind: str = "river_station", unit_key: str = PROVINCE, **more: Any) -> str:
    """A device that is there; its key."""
    return actions.add_device(draft=draft(code, kind, unit_key, **more), actor=officer(), now=NOW - timedelta(days=2))


@pytest.fixture
def river(units) -> str:
    return add()


def pack(*records: tuple[str, float, datetime]) -> bytes:
    """A SenML pack of measure, value, moment."""
    return json.dumps([{"n": name, "v": value, "t": at.timestamp()} for name, value, at in records]).encode()


def send(*records: tuple[str, float, datetime], device: str = "SONG-01", now: datetime = NOW) -> actions.Outcome:
    return actions.keep_messages(messages=[actions.Message(device, "senml", pack(*records))], now=now)[0]


def newest(device: str = "SONG-01", measure: str = "water_level") -> float | None:
    return Device.objects.get(code=device).newest_set.filter(measure=measure).values_list("value", flat=True).first()


@pytest.fixture
def signed_in(client, units) -> Callable[..., Any]:
    roles = ("leader", "administrator", "receptionist", "operator")
    people.load_roles(roles=[(code, code, code, "unit") for code in roles])

    def sign_in(role: str = "administrator", unit_key: str = PROVINCE):
        name = f"{role}-{unit_key[:2]}"
        made = people.register_officer(
            name=name, sign_in_name=name, unit_key=unit_key, password="", actor=SYSTEM, now=NOW
        )
        people.appoint(officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=NOW)
        client.force_login(Account.objects.get(code=made.code), "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return " ".join(response.content.decode().split())


def known(code: str = "SONG-01"):
    return queries.find_senders([code])[code]
