"""A small commune, its people and two procedures, for the tests of the engine."""

import csv
import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from tinhso.kernel.flow import read_procedure
from tinhso.platform.cases import actions, queries
from tinhso.platform.people.rules import SYSTEM, Actor, Post
from tinhso.platform.units.actions import load_calendars
from tinhso.platform.units.models import Succession, Unit
from tinhso.platform.units.queries.keeping import forget_units

COMMUNE, PROVINCE, DISSOLVED = "90001@2025-07-01", "90@2025-07-01", "90009@2008-08-01"
FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam

DOSSIER = """
code = "9.000001"
version = "2025-07-01"
kind = "dossier"
name = { vi = "Thử", en = "Trial" }
handled_by = ["commune"]
deadline = { amount = 2, unit = "working_day", cut_off = "15:00" }
extension = { times = 1 }
flow = { start = "registered", final = ["returned", "declined", "lapsed"] }
state = [
  { code = "registered", name = { vi = "Mới", en = "New" }, national = 1, holder = "receptionist", deadline = { amount = 8, unit = "working_hour" } },
  { code = "accepted", name = { vi = "Đã nhận", en = "Accepted" }, national = 4, holder = "handler" },
  { code = "supplement", name = { vi = "Chờ bổ sung", en = "Supplement" }, national = 5, wait = { for = "applicant", limit = { amount = 10, unit = "day" }, then = "lapse" } },
  { code = "paused", name = { vi = "Tạm dừng", en = "Paused" }, national = 6, wait = { for = "applicant", limit = { amount = 10, unit = "day" }, then = "lapse" } },
  { code = "asking", name = { vi = "Lấy ý kiến", en = "Opinions" }, national = 4, sub_cases = [ { procedure = "9.000002", unit_field = "asked_units" } ], join = "all", then = "joined" },
  { code = "signing", name = { vi = "Chờ ký", en = "To sign" }, national = 4, holder = "leader" },
  { code = "resolved", name = { vi = "Xong", en = "Resolved" }, national = 9, holder = "receptionist" },
  { code = "returned", name = { vi = "Đã trả", en = "Returned" }, national = 10 },
  { code = "declined", name = { vi = "Từ chối", en = "Declined" }, national = 3 },
  { code = "lapsed", name = { vi = "Dừng", en = "Lapsed" }, national = 8 },
]
step = [
  { act = "accept", name = { vi = "Tiếp nhận", en = "Accept" }, source = "registered", target = "accepted", role = "receptionist", fact = "accepted", effects = ["issue_code", "start_clock", "issue_receipt"] },
  { act = "decline", name = { vi = "Từ chối", en = "Decline" }, source = "registered", target = "declined", role = "receptionist", fact = "not_accepted", asks = ["reasons"] },
  { act = "ask_supplement", name = { vi = "Yêu cầu bổ sung", en = "Ask" }, source = "accepted", target = "supplement", role = "handler", fact = "supplement_required", asks = ["reasons"], effects = ["pause_clock"] },
  { act = "supplement", name = { vi = "Bổ sung", en = "Supplement" }, source = "supplement", target = "accepted", role = "applicant", fact = "supplemented", effects = ["reset_clock"] },
  { act = "ask_payment", name = { vi = "Yêu cầu nộp tiền", en = "Ask payment" }, source = "accepted", target = "paused", role = "handler", fact = "payment_required", effects = ["pause_clock"] },
  { act = "pay", name = { vi = "Nộp tiền", en = "Pay" }, source = "paused", target = "accepted", role = "applicant", fact = "paid", effects = ["resume_clock"] },
  { act = "lapse", name = { vi = "Hết hạn chờ", en = "Lapse" }, source = ["supplement", "paused"], target = "lapsed", role = "system", fact = "lapsed" },
  { act = "extend", name = { vi = "Gia hạn", en = "Extend" }, source = "accepted", target = "accepted", role = "handler", fact = "extended", asks = ["reasons", "extension_days"], effects = ["extend_deadline"] },
  { act = "consult", name = { vi = "Lấy ý kiến", en = "Consult" }, source = "accepted", target = "asking", role = "handler", fact = "consulted" },
  { act = "joined", name = { vi = "Đủ ý kiến", en = "Joined" }, source = "asking", target = "accepted", role = "system", fact = "opinions_gathered" },
  { act = "propose", name = { vi = "Trình", en = "Propose" }, source = "accepted", target = "signing", role = "handler", fact = "proposed" },
  { act = "sign", name = { vi = "Ký", en = "Sign" }, source = "signing", target = "resolved", role = "leader", fact = "resolved", effects = ["stop_clock"] },
  { act = "hand_over", name = { vi = "Trả", en = "Hand over" }, source = "resolved", target = "returned", role = "receptionist", fact = "returned" },
  { act = "transfer", name = { vi = "Chuyển", en = "Pass on" }, source = "registered", target = "registered", role = "receptionist", fact = "transferred", asks = ["reasons", "unit"], effects = ["move_to_unit"] },
  { act = "transfer", name = { vi = "Chuyển", en = "Pass on" }, source = "accepted", target = "accepted", role = "handler", fact = "transferred", asks = ["reasons", "unit"], effects = ["move_to_unit"] },
  { act = "give_away", name = { vi = "Chuyển, tính lại", en = "Pass on afresh" }, source = "accepted", target = "accepted", role = "leader", fact = "transferred", asks = ["reasons", "unit"], effects = ["move_to_unit", "reset_clock"] },
  { act = "reopen", name = { vi = "Mở lại", en = "Reopen" }, source = ["returned", "lapsed"], target = "accepted", role = "leader", fact = "reopened", asks = ["reasons"], effects = ["reopen_case"] },
]
"""
OPINION = """
code = "9.000002"
version = "2025-07-01"
kind = "opinion"
name = { vi = "Cho ý kiến", en = "Opinion" }
handled_by = ["commune"]
deadline = { amount = 1, unit = "working_day" }
flow = { start = "asked", final = ["answered", "silent"], effects = ["start_clock"] }
state = [
  { code = "asked", name = { vi = "Chờ ý kiến", en = "Asked" }, holder = "handler", wait = { for = "handler", limit = { amount = 1, unit = "working_day" }, then = "fall_silent" } },
  { code = "answered", name = { vi = "Đã trả lời", en = "Answered" } },
  { code = "silent", name = { vi = "Không trả lời", en = "Silent" } },
]
step = [
  { act = "answer", name = { vi = "Trả lời", en = "Answer" }, source = "asked", target = "answered", role = "handler", fact = "answered", asks = ["note"] },
  { act = "fall_silent", name = { vi = "Quá hạn", en = "Silent" }, source = "asked", target = "silent", role = "system", fact = "fallen_silent" },
]
"""


def officer(name: str, *roles: str, unit_key: str = COMMUNE) -> Actor:
    return Actor(code=f"officer:{name}", kind="officer", name=name, posts=tuple(Post(unit_key, role) for role in roles))


CITIZEN = Actor(code="citizen:mai", kind="citizen", name="Hoàng Thị Mai")
DESK, HANDLER, LEADER = officer("hoa", "receptionist"), officer("binh", "handler"), officer("khanh", "leader")


def make_units() -> None:
    folder = settings.PACKS_ROOT / "national"
    tables = tomllib.loads((folder / "calendars.toml").read_text())["calendar"]
    with (folder / "holidays.csv").open() as handle:
        load_calendars(tables=tables, holidays=list(csv.DictReader(handle)), actor=SYSTEM, now=FRIDAY)
    common = {"valid_from": date(2025, 7, 1)}
    Unit.objects.create(
        key=PROVINCE, code="90", kind="province", name="Tỉnh Thử", path=[PROVINCE], calendar="national", **common
    )
    for code in ("90001", "90002", "90003"):
        key = f"{code}@2025-07-01"
        where = {"parent_key": PROVINCE, "path": [PROVINCE, key], "agency_code": f"H90.{code[-2:]}"}
        Unit.objects.create(key=key, code=code, kind="commune", name=f"Xã {code}", **where, **common)
    old = {
        "parent_key": PROVINCE,
        "path": [PROVINCE, DISSOLVED],
        "valid_from": date(2008, 8, 1),
        "valid_to": date(2025, 7, 1),
    }
    Unit.objects.create(key=DISSOLVED, code="90009", kind="commune", name="Xã cũ", **old)
    Succession.objects.create(from_key=DISSOLVED, to_key="90003@2025-07-01", partly=False)
    forget_units()


def load_trial_procedures() -> None:
    tables = [tomllib.loads(DOSSIER), tomllib.loads(OPINION)]
    actions.load_procedures(tables=[(read_procedure(table), table) for table in tables], now=FRIDAY)


@pytest.fixture
def commune(db):
    make_units()
    load_trial_procedures()
    yield COMMUNE
    queries.forget_procedures()


def file_dossier(*, key: str | None = None, now: datetime = FRIDAY, data: dict | None = None) -> actions.Opened:
    procedure = queries.procedure_on("9.000001", date(2026, 11, 20))
    filing = actions.Filing(
        procedure=procedure,
        unit_key=COMMUNE,
        applicant_code=CITIZEN.code,
        applicant_name=CITIZEN.name,
        title="Hoàng Văn An",
        data=data or {"child_name": "Hoàng Văn An"},
        papers=[
            {"code": "proof", "file_sha256": "0" * 64, "name": "a.pdf", "media_type": "application/pdf", "size": 9}
        ],
    )
    return actions.open_case(filing=filing, actor=CITIZEN, now=now, key=key)


def later(**kwargs) -> datetime:
    return FRIDAY + timedelta(**kwargs)
