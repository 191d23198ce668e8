"""A commune with its one-stop desk, the texts of the shipped packs, officers who can sign in, a mother who files."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tinhso.kernel.packs import Packs, read_packs
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.actions import store_file
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.queries import find_citizen_actor, find_officer_actor
from tinhso.platform.people.rules import SYSTEM, Actor, Identity
from tinhso.platform.units.actions import load_calendars
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries.keeping import forget_units

PROVINCE, COMMUNE, OTHER = "90@2025-07-01", "90001@2025-07-01", "90002@2025-07-01"
START = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
MAI = Identity(
    name="Hoàng Thị Mai", personal_number="020195004817", birth_on=date(1995, 3, 12), sex="female",
    phone="0900000011", email="mai@example.vn", residence_key=COMMUNE, level=2,
)  # fmt: skip
BIRTH = {
    "child_name": "Hoàng Gia Bảo", "child_sex": "male", "child_birth_date": "2026-11-05",
    "birth_place_kind": "health_facility", "birth_facility": "Trung tâm Y tế khu vực Đồng Đăng", "is_surrogate_birth": False,
    "child_ethnic_group": "Tày", "child_home_town": "Xã Thử, tỉnh Thử", "child_nationality": "vn",
    "mother_name": "Hoàng Thị Mai", "mother_number": "020195004817", "mother_birth_year": 1995,
    "mother_ethnic_group": "Tày", "mother_nationality": "Việt Nam", "mother_residence": "Thôn Nà Mò, xã Thử",
    "has_father": False, "requester_name": "Hoàng Thị Mai", "requester_number": "020195004817",
    "requester_relation": "mother", "requester_residence": "Thôn Nà Mò, xã Thử", "residence_known": True,
    "requester_phone": "0900000011", "delivery": "counter", "copies_wanted": 0,
}  # fmt: skip
ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


@pytest.fixture(scope="session")
def packs() -> Packs:
    return read_packs(settings.PACKS_ROOT, ["lang-son"])


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    cache.clear()
    forget_units()
    with translation.override("vi"):
        yield


@dataclass
class Commune:
    """Who is who at the commune, and the doors of the pages."""

    officers: dict[str, Actor] = field(default_factory=dict)
    mai: Actor | None = None

    @property
    def desk(self) -> Actor:
        return self.officers["receptionist"]

    @property
    def handler(self) -> Actor:
        return self.officers["handler"]

    @property
    def leader(self) -> Actor:
        return self.officers["leader"]

    def client_of(self, actor: Actor) -> Client:
        client = Client()
        client.force_login(Account.objects.get(code=actor.code), "django.contrib.auth.backends.ModelBackend")
        return client

    def files(self, *, now: datetime | None = None, paper: bool = False, **answers) -> str:
        """Mai files a birth registration; the tracking id."""
        now = now or read_clock() - timedelta(hours=1)
        papers = []
        if paper:
            kept = store_file(content=ONE_PIXEL, name="giay-chung-sinh.png", actor=self.mai, now=now)
            papers = [{"code": "birth_proof", "file_sha256": kept.sha256, "name": "giay-chung-sinh.png", "media_type": kept.media_type, "size": kept.size}]  # fmt: skip
        data = BIRTH | answers
        filing = cases.Filing(
            procedure=queries.procedure_on("1.001193", now.date()),
            unit_key=COMMUNE,
            applicant_code=self.mai.code,
            applicant_name=self.mai.name,
            title=data["child_name"],
            data=data,
            papers=papers,
        )
        return cases.open_case(filing=filing, actor=self.mai, now=now).public_id

    def does(self, public_id: str, *acts: str, now: datetime | None = None, **answers) -> cases.Moved:
        """The officer whose role the act asks for takes each step in turn."""
        moment = now or read_clock() - timedelta(minutes=30)
        for number, act in enumerate(acts):
            case = queries.get_case(public_id)
            step = next(each for each in case.procedure.steps_from(case.state.code) if each.act == act)
            actor = self.mai if step.role == "applicant" else self.officers[step.role]
            moved = cases.act_on_case(
                public_id=public_id, act=act, actor=actor, now=moment + timedelta(seconds=number), answers=answers
            )
        return moved


def make_units() -> None:
    folder = settings.PACKS_ROOT / "national"
    tables = tomllib.loads((folder / "calendars.toml").read_text())["calendar"]
    with (folder / "holidays.csv").open() as handle:
        load_calendars(tables=tables, holidays=list(csv.DictReader(handle)), actor=SYSTEM, now=START)

    def unit(key: str, kind: str, name: str, path: list[str], **more) -> None:
        parent = path[-2] if len(path) > 1 else ""
        Unit.objects.create(
            key=key, code=key.partition("@")[0], kind=kind, name=name, name_en=name, name_folded=name.lower(),
            parent_key=parent, path=path, valid_from=date(2025, 7, 1), **more,
        )  # fmt: skip

    unit(PROVINCE, "province", "Tỉnh Thử", [PROVINCE], calendar="national")
    for number, (key, name) in enumerate([(COMMUNE, "Xã Thử"), (OTHER, "Xã Khác")], start=44):
        unit(key, "commune", name, [PROVINCE, key], designation="rural_commune")
        agency = f"H90.{number}@2025-07-01"
        unit(agency, "agency", f"Ủy ban nhân dân {name.lower()}", [PROVINCE, key, agency], agency_code=f"H90.{number}")
    forget_units()


def appoint(name: str, role: str, unit_key: str) -> Actor:
    made = people.register_officer(
        name=name, sign_in_name=f"{name}.{unit_key}", unit_key=unit_key, actor=SYSTEM, now=START
    )
    people.appoint(officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=START)
    return find_officer_actor(made.code, read_clock())


@pytest.fixture
def texts(db, packs: Packs) -> Iterator[Packs]:
    """What the packs say: procedures, forms, notices, roles."""
    for label in ("people", "forms", "notices", "cases"):
        apps.get_app_config(label).load_packs(packs, START)
    yield packs
    queries.forget_procedures()


@pytest.fixture
def commune(texts: Packs) -> Commune:
    make_units()
    names = {
        "receptionist": "Lộc Thị Hoa",
        "handler": "Nông Văn Thắng",
        "leader": "Hoàng Văn Kiên",
        "clerk": "Chu Thị Bích",
        "administrator": "Lương Đức Toàn",
    }
    officers = {role: appoint(name, role, COMMUNE) for role, name in names.items()}
    account = people.identify_person(identity=MAI, account=None, actor=SYSTEM, now=START)
    return Commune(officers, find_citizen_actor(account.code))
