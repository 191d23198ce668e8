"""Four provinces in time with their heirs, the packs' texts, officers who type and decide, workbooks made on the spot."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from django.conf import settings as all_settings
from openpyxl import Workbook, load_workbook

from tinhso.modules.insight.plans import actions, queries
from tinhso.modules.insight.plans.adapters import pack_files
from tinhso.modules.insight.plans.rules.definitions import Definitions
from tinhso.modules.insight.plans.rules.sheets import COLUMNS
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, Actor, Post
from tinhso.platform.units.models import Succession, Unit
from tinhso.platform.units.queries import forget_units
from tinhso.platform.units.rules import UnitRow, fold_name, units_from

START = datetime(2025, 7, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
OLD, NEW = "20@2008-08-01", "20@2025-07-01"
PLAN = "lang_son_135_kh_ubnd"
CODES = {"VN", "01", "10", "15", "20", "33", "34", "52", "64"}
STATISTICS = "Chi cục Thống kê tỉnh Lạng Sơn"
FIGURE = {
    "measure": "payment_accounts",
    "unit": NEW,
    "level": "all",
    "period": "2025",
    "comparator": "=",
    "value": "48,5",
    "source_title": "Báo cáo kinh tế - xã hội năm 2025",
    "publisher": STATISTICS,
    "announced_on": "2026-01-10",
}


@cache
def province_rows() -> list[UnitRow]:
    with (all_settings.PACKS_ROOT / "national" / "units.csv").open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["code"] in CODES and row["kind"] in {"country", "province"}]
    return list(units_from(rows).values())


def make_provinces() -> None:
    kept = {field: field for field in UnitRow.__dataclass_fields__}
    Unit.objects.bulk_create(
        Unit(**{name: getattr(row, name) for name in kept}, name_folded=fold_name(row.name)) for row in province_rows()
    )
    keys = {row.key for row in province_rows()}
    with (all_settings.PACKS_ROOT / "national" / "successors.csv").open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["from"] in keys and row["to"] in keys]
    Succession.objects.bulk_create(
        Succession(from_key=row["from"], to_key=row["to"], partly=row["partly"] == "1") for row in rows
    )


@pytest.fixture(autouse=True)
def chosen(settings, monkeypatch) -> Iterator[None]:
    """All three packs, without what is invented for the demonstration."""
    settings.PACKS = ["lang-son", "gia-lai"]
    monkeypatch.setattr(pack_files, "TRIAL_FOLDER", "nothing_invented")
    forget()
    yield
    forget()


def forget() -> None:
    queries.get_subject.cache_clear()
    forget_units()


@pytest.fixture
def provinces(db) -> str:
    make_provinces()
    return OLD


@pytest.fixture
def results(provinces) -> Definitions:
    """The results that the packs tell of, kept as figures."""
    actions.load_results(definitions=queries.get_definitions(), now=NOW)
    return queries.get_definitions()


@pytest.fixture
def committed(transactional_db) -> Definitions:
    """The provinces, seen by every connection."""
    make_provinces()
    return queries.get_definitions()


def officer(role: str = "statistician", unit_key: str = NEW, name: str = "lan") -> Actor:
    return Actor(f"officer:{name}", "officer", "Vi Thị Lan", (Post(unit_key, role),))


def enter(actor: Actor | None = None, key: str = "", now: datetime = NOW, **changes: Any) -> str:
    """One figure kept; its public id."""
    sent = {**FIGURE, **changes}
    return actions.enter_figure(sent=sent, origin="form", key=key, actor=actor or officer(), now=now)[0]


def target_row(measure: str, resolution: str = PLAN, today: date = TODAY, *, public: bool = False) -> queries.TargetRow:
    row = queries.find_resolution(resolution, today, public=public)
    assert row
    return next(each for each in row.rows if each.measure.code == measure)


def book(*rows: dict[str, Any], names: tuple[str, ...] = tuple(COLUMNS), above: int = 0) -> bytes:
    """A workbook with these rows under the template's headings."""
    made = Workbook()
    sheet = made.worksheets[0]
    for _ in range(above):
        sheet.append(["Số liệu của tỉnh"])
    sheet.append([COLUMNS[name][0] for name in names])
    for row in rows:
        sheet.append([row.get(name) for name in names])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def read_book(content: bytes) -> list[list[tuple]]:
    return [list(sheet.values) for sheet in load_workbook(io.BytesIO(content)).worksheets]


@pytest.fixture
def signed_in(client, results) -> Callable[..., Any]:
    people.load_roles(
        roles=[(code, code, code, "unit") for code in ("statistician", "leader", "administrator", "receptionist")]
    )

    def sign_in(role: str = "statistician", unit_key: str = NEW):
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
