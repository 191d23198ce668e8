"""A small province: two communes with agencies, the department and the office that receive, officers of each, the packs' regimes."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as all_settings

from tinhso.kernel.packs.reading import read_all
from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.rules.filling import Sent
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries as case_queries
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Role
from tinhso.platform.people.queries import find_officer_actor
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.actions import load_calendars
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries.keeping import forget_units

START = datetime(2025, 7, 1, tzinfo=UTC)
MORNING = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # Monday, 09:00; the month's figures were cut off on Saturday
PROVINCE = "90@2025-07-01"
COMMITTEE, OFFICE, DEPARTMENT = "H90@2025-07-01", "H90.01@2025-07-01", "H90.08@2025-07-01"
COMMUNE, OTHER, THIRD = (f"9000{n}@2025-07-01" for n in (1, 2, 3))
PROCEDURES = {"agency_report"}
REGIME, MONTH = "commune_digital", "2026-11"
FIGURES = {
    "villages": "12", "teams": "12", "members": "60", "households": "1.000", "guided": "250", "internet": "700",
    "filed_online": "30", "filed_direct": "10", "resolved": "40", "resolved_in_time": "39", "staff": "9",
}  # fmt: skip


def make_units() -> None:
    rows = [
        (PROVINCE, "90", "province", "province", "Tỉnh Thử", [PROVINCE]),
        (COMMITTEE, "H90", "agency", "peoples_committee", "UBND tỉnh Thử", [PROVINCE, COMMITTEE]),
        (OFFICE, "H90.01", "department", "office", "Văn phòng UBND tỉnh", [PROVINCE, COMMITTEE, OFFICE]),
        (DEPARTMENT, "H90.08", "department", "science_technology", "Sở KHCN", [PROVINCE, COMMITTEE, DEPARTMENT]),
    ]
    for number, key in enumerate((COMMUNE, OTHER, THIRD), start=1):
        agency = f"H90.2{number}@2025-07-01"
        rows += [
            (key, f"9000{number}", "commune", "rural_commune", f"Xã Thử {number}", [PROVINCE, key]),
            (agency, f"H90.2{number}", "agency", "peoples_committee", f"UBND xã {number}", [PROVINCE, key, agency]),
        ]
    Unit.objects.bulk_create(
        Unit(
            key=key, code=code, kind=kind, designation=designation, name=name, name_folded=name.lower(), path=path,
            parent_key=path[-2] if len(path) > 1 else "", valid_from=date(2025, 7, 1), agency_code=code if code[0] == "H" else "",
            calendar="national" if key == PROVINCE else "",
        )
        for key, code, kind, designation, name, path in rows
    )  # fmt: skip
    forget_units()


def load_rules() -> None:
    folder: Path = all_settings.PACKS_ROOT / "national"
    tables = tomllib.loads((folder / "calendars.toml").read_text())["calendar"]
    with (folder / "holidays.csv").open() as handle:
        load_calendars(tables=tables, holidays=list(csv.DictReader(handle)), actor=SYSTEM, now=START)
    packs = read_all(all_settings.PACKS_ROOT, ["national"]).contents()
    found = [(each, packs.tables[key]) for key, each in packs.procedures.items() if each.code in PROCEDURES]
    cases.load_procedures(tables=found, now=START)


def appoint(name: str, role: str, unit_key: str) -> Actor:
    sign_in_name = f"{role}.{unit_key.partition('@')[0].lower().replace('.', '')}.{name.lower()}"
    made = people.register_officer(name=name, sign_in_name=sign_in_name, unit_key=unit_key, actor=SYSTEM, now=START)
    people.appoint(officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=START)
    found = find_officer_actor(made.code, MORNING)
    assert found is not None
    return found


class Province:
    """The officers of the small province, and what they do with reports."""

    def __init__(self) -> None:
        self.filler, self.leader = appoint("Binh", "handler", COMMUNE), appoint("Khanh", "leader", COMMUNE)
        self.other_filler, self.other_leader = appoint("Nga", "handler", OTHER), appoint("Vinh", "leader", OTHER)
        self.receiver, self.chief = appoint("Mai", "handler", DEPARTMENT), appoint("Son", "leader", DEPARTMENT)

    def opens(self, now: datetime = MORNING) -> int:
        return actions.open_reports(now=now)

    def report(self, unit_key: str = COMMUNE, regime: str = REGIME, period: str = MONTH) -> Report:
        return Report.objects.get(unit_key=unit_key, regime=regime, period=period)

    def sum(self) -> Report:
        return self.report(DEPARTMENT)

    def types(self, row: Report, actor: Actor | None = None, *, now: datetime = MORNING, **cells: str) -> actions.Saved:
        sent = [Sent(f"{name}.value", text, reason="đối chiếu sổ") for name, text in cells.items()]
        row.refresh_from_db()
        return actions.save_cells(
            public_id=row.public_id, sent=sent, revision=row.revision, actor=actor or self.filler, now=now
        )

    def hands_in(self, unit_key: str = COMMUNE, *, now: datetime = MORNING, **more: str) -> Report:
        filler, leader = (self.filler, self.leader) if unit_key == COMMUNE else (self.other_filler, self.other_leader)
        row = self.report(unit_key)
        self.types(row, filler, now=now, **{**FIGURES, **more})
        actions.submit_report(public_id=row.public_id, actor=leader, now=now)
        row.refresh_from_db()
        return row


@pytest.fixture
def province(db, settings) -> Iterator[Province]:
    settings.PACKS = ["national"]
    make_units()
    load_rules()
    for role in ("handler", "leader", "administrator"):
        Role.objects.get_or_create(code=role, defaults={"scope": "unit", "name_vi": role, "name_en": role})
    yield Province()
    case_queries.forget_procedures()
    forget_units()


def later(**more: float) -> datetime:
    return MORNING + timedelta(**more)
