"""A province with two communes and people in their posts, a river whose level the test sets, rules of a small pack."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings as all_settings

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import read_packs
from tinhso.modules.insight.alerts import actions
from tinhso.modules.insight.alerts.adapters import pack_files
from tinhso.modules.insight.alerts.models import Alert
from tinhso.platform.capability import Reading
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.tests.conftest import COMMUNE, PROVINCE, make_units
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.queries import find_officer_actor
from tinhso.platform.people.rules import SYSTEM, Actor

START = datetime(2025, 7, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # Friday, 10:00 in Vietnam
MINUTE = timedelta(minutes=1)
RULE = """
[[alert]]
code = "river_high"
source = "trial.river"
comparator = "above"
threshold = 5
clear_at = 4
lasting_minutes = 10
level = "urgent"
owner = { role = "operator", at = "province" }
escalate_after = { amount = 15, unit = "minute" }
range = { least = 4, most = 8 }
name = { vi = "Nước sông cao", en = "The river is high" }
advice = { vi = "Báo các xã ven sông.", en = "Tell the communes along the river." }
valid_from = 2025-07-01
basis = "thử"

[[alert]]
code = "source_unreadable"
source = "alerts.unreadable"
comparator = "above"
threshold = 15
clear_at = 0
level = "urgent"
owner = { role = "administrator" }
name = { vi = "Nguồn số liệu không đọc được", en = "A source cannot be read" }
advice = { vi = "Báo người vận hành.", en = "Tell operations." }
valid_from = 2025-07-01
basis = "thử"
"""


class River:
    """A gauge outside the platform: levels by station, or broken."""

    def __init__(self) -> None:
        self.levels: dict[str, Decimal | None] = {"KY-CUNG": Decimal(2)}
        self.units: dict[str, str] = {}
        self.trouble: Exception | None = None
        self.asked = 0
        self.wait: Callable[[], object] = lambda: None

    def read(self, source: str, now: datetime) -> list[Reading]:
        self.asked += 1
        self.wait()
        if self.trouble:
            raise self.trouble
        name = Text("Trạm Kỳ Cùng", "Kỳ Cùng station")
        return [
            Reading(source, code, self.units.get(code, COMMUNE), name, level, "m", now, "/")
            for code, level in self.levels.items()
        ]


@pytest.fixture
def river(monkeypatch) -> River:
    """The gauge, read under "trial.river"."""
    found = River()
    app = apps.get_app_config("files")
    monkeypatch.setattr(
        type(app), "readings", lambda _app, source, now: found.read(source, now) if source == "trial.river" else ()
    )
    return found


@pytest.fixture
def small_pack(settings, tmp_path) -> Callable[[str], None]:
    """Rules and events come from one small pack; call it with the text of another file of rules."""

    def write(text: str = RULE, events: str = "") -> None:
        folder = tmp_path / "small"
        (folder / "alerts").mkdir(parents=True, exist_ok=True)
        (folder / "pack.toml").write_text('code = "small"\nname = { vi = "Gói nhỏ", en = "Small pack" }\n')
        (folder / "alerts" / "rules.toml").write_text(text, encoding="utf-8")
        (folder / "events.toml").write_text(events, encoding="utf-8")
        settings.PACKS_ROOT, settings.PACKS = tmp_path, ["small"]
        pack_files._read.cache_clear()

    return write


def load_flows_and_people() -> None:
    packs = read_packs(all_settings.PACKS_ROOT, ["national"])
    for label in ("people", "cases", "notices"):
        apps.get_app_config(label).load_packs(packs, START)
    for name, role, unit in (
        ("Lý Văn Trực", "operator", PROVINCE),
        ("Bế Minh Tuấn", "administrator", PROVINCE),
        ("Hứa Văn Thành", "leader", PROVINCE),
        ("Hoàng Văn Kiên", "leader", COMMUNE),
        ("Nông Văn Thắng", "handler", "90002@2025-07-01"),
    ):
        made = people.register_officer(
            name=name, sign_in_name=f"{role}-{unit[:5]}", unit_key=unit, actor=SYSTEM, now=START
        )
        people.appoint(officer_code=made.code, unit_key=unit, role=role, valid_from=START, actor=SYSTEM, now=START)


@pytest.fixture
def province(db, river, small_pack) -> Iterator[River]:
    """Units, people, flows and the rule of the river; what it gives is the river."""
    make_units()
    load_flows_and_people()
    small_pack()
    yield river
    pack_files._read.cache_clear()
    cases.forget_procedures()


def actor(role: str, unit_key: str = PROVINCE) -> Actor:
    found = find_officer_actor(Account.objects.get(username=f"{role}-{unit_key[:5]}").code, NOW)
    assert found
    return found


def evaluate(*minutes: int) -> None:
    """Look at these minutes after the start."""
    for minute in minutes:
        actions.evaluate_alerts(now=NOW + minute * MINUTE)


@pytest.fixture
def flooded(province) -> Alert:
    """The river is high for ten minutes: one alert."""
    province.levels["KY-CUNG"] = Decimal("5.6")
    evaluate(0, 5, 10)
    return Alert.objects.get()


@pytest.fixture
def signed_in(client, province) -> Callable[..., object]:
    def sign_in(role: str = "operator", unit_key: str = PROVINCE):
        account = Account.objects.get(username=f"{role}-{unit_key[:5]}")
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
