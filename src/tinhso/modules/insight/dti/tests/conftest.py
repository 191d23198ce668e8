"""The national pack, tables of published figures that lie beside the project, and officers of Lào Cai."""

import csv
import html
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from tinhso.kernel.packs import read_packs
from tinhso.modules.insight.dti import actions
from tinhso.modules.insight.dti.adapters.packs import read_editions, read_folder
from tinhso.modules.insight.dti.rules import Edition
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, Actor, Post
from tinhso.platform.units.models import Succession, Unit
from tinhso.platform.units.queries import forget_units
from tinhso.platform.units.rules import fold_name

PRINTED = settings.CATALOGUE_FILE.parent
EDITIONS, PROBLEMS = read_editions(sorted((settings.PACKS_ROOT / "national" / "dti").glob("*.toml")))


@pytest.fixture
def editions() -> dict[str, Edition]:
    assert not PROBLEMS
    return EDITIONS


@pytest.fixture
def printed() -> Callable[[str], list[dict[str, str]]]:
    """The rows of a table of published figures; without the tables the test is left out."""

    def rows(name: str) -> list[dict[str, str]]:
        path = PRINTED / name
        if not path.is_file():
            pytest.skip(f"{name} is not beside the project")
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return rows


NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
START = datetime(2025, 7, 1, tzinfo=UTC)
LAO_CAI, FORMER_LAO_CAI, YEN_BAI, LANG_SON = "15@2025-07-01", "10@2008-08-01", "15@2008-08-01", "20@2025-07-01"
DEPARTMENT, COMMUNE = "H38.08@2025-07-01", "02656@2025-07-01"


def worker(code: str, unit_key: str, *roles: str) -> Actor:
    return Actor(f"officer:{code}", "officer", code, tuple(Post(unit_key, role) for role in roles))


THAO = worker("Giàng Thị Thảo", DEPARTMENT, "handler")
BINH = worker("Lý Văn Bình", DEPARTMENT, "leader")
HA = worker("Trần Thu Hà", LAO_CAI, "leader")
OF_COMMUNE = worker("Vàng A Sử", COMMUNE, "handler", "leader")


def make_units() -> None:
    """Lào Cai as it was and is, Yên Bái, Lạng Sơn, a department and a commune."""
    former, new = date(2008, 8, 1), date(2025, 7, 1)
    rows = [
        (FORMER_LAO_CAI, "province", "Tỉnh Lào Cai", [], former, new),
        (YEN_BAI, "province", "Tỉnh Yên Bái", [], former, new),
        ("20@2008-08-01", "province", "Tỉnh Lạng Sơn", [], former, new),
        (LAO_CAI, "province", "Tỉnh Lào Cai", [], new, None),
        (LANG_SON, "province", "Tỉnh Lạng Sơn", [], new, None),
        (DEPARTMENT, "department", "Sở Khoa học và Công nghệ", [LAO_CAI], new, None),
        (COMMUNE, "commune", "Xã Bát Xát", [LAO_CAI], new, None),
    ]
    for key, kind, name, above, valid_from, valid_to in rows:
        Unit.objects.create(
            key=key, code=key.partition("@")[0], kind=kind, designation="province" if kind == "province" else "",
            name=name, name_en=name, name_folded=fold_name(name), parent_key=above[-1] if above else "",
            path=[*above, key], valid_from=valid_from, valid_to=valid_to, start_known=True,
        )  # fmt: skip
    for former_key, key in ((FORMER_LAO_CAI, LAO_CAI), (YEN_BAI, LAO_CAI), ("20@2008-08-01", LANG_SON)):
        Succession.objects.create(from_key=former_key, to_key=key, partly=False)


@pytest.fixture
def province(db) -> None:
    """The units, and what the packs hold for this app."""
    forget_units()
    make_units()
    packs = read_packs(settings.PACKS_ROOT, ["national"])
    actions.load_folder(folder=read_folder(packs), now=NOW)


@pytest.fixture
def assessment(province) -> str:
    """Lào Cai's own assessment of 2022 by main indices, begun by a department."""
    row = actions.open_assessment(
        edition_code="2021-2023", criteria_code="frame", year=2022, unit_key=FORMER_LAO_CAI, actor=THAO, now=NOW
    )
    return row.public_id


OWN_POINTS = {
    "awareness": "75", "institutions": "80", "infrastructure": "62", "human_resources": "52", "cybersecurity": "48",
    "digital_government_activity": "128", "digital_economy_activity": "81", "digital_society_activity": "54",
}  # fmt: skip


def declare_all(public_id: str, points: dict[str, str] = OWN_POINTS) -> None:
    for index, value in points.items():
        actions.declare_value(
            public_id=public_id, criterion=f"rest_{index}", answer={"value": value}, actor=THAO, now=NOW
        )


def text_of(response) -> str:
    """The page's source on one line."""
    return " ".join(html.unescape(response.content.decode()).split())


@pytest.fixture
def signed_in(client, province):
    """A browser in which an officer with these roles at a unit is signed in."""
    people.load_roles(roles=[(code, code, code, "unit") for code in ("handler", "leader", "administrator")])

    def sign_in(name: str, unit_key: str, *roles: str):
        made = people.register_officer(
            name=name, sign_in_name=name, unit_key=unit_key, password="", actor=SYSTEM, now=NOW
        )
        for role in roles:
            people.appoint(
                officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=NOW
            )
        client.force_login(Account.objects.get(code=made.code), "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
