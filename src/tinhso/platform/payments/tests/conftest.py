"""A commune with an account, procedures that cost money, a citizen who files, officers at the desk."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import translation

from tinhso.kernel.flow import read_procedure
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries as case_queries
from tinhso.platform.cases.tests.conftest import COMMUNE, make_units
from tinhso.platform.payments import actions, models, queries, rules
from tinhso.platform.payments.adapters.simulator import SimulatedGateway
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Role
from tinhso.platform.people.queries import find_citizen_actor, find_officer_actor
from tinhso.platform.people.rules import SYSTEM, Actor, Identity

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
START = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
ACCOUNT = "2000000090001"
SECRET = "a-secret-of-the-tests"
MAI = Identity(
    name="Hoàng Thị Mai", personal_number="020195004817", birth_on=date(1995, 3, 12), sex="female",
    phone="0900000011", email="mai@example.vn", residence_key=COMMUNE, level=2,
)  # fmt: skip

COPY = """
code = "2.000635"
version = "2025-07-01"
kind = "dossier"
name = { vi = "Cấp bản sao trích lục hộ tịch", en = "Copy of a civil-status extract" }
handled_by = ["commune"]
deadline = { amount = 0, unit = "working_day", cut_off = "15:00" }
flow = { start = "registered", final = ["returned", "declined"] }
fee = [
  { code = "copy", kind = "fee", name = { vi = "Phí cấp bản sao", en = "Copies" }, amount_dong = 8000, per = "copies", unit = { vi = "bản", en = "copy" }, exemptions = [ { code = "poor", name = { vi = "Hộ nghèo", en = "Poor households" } }, { code = "half", name = { vi = "Trẻ em", en = "Children" }, percent = 50 } ] },
  { code = "post", name = { vi = "Lệ phí gửi thư", en = "Postage" }, amount_dong = 20000, when = { field = "by_post", equals = true } },
]
state = [
  { code = "registered", name = { vi = "Mới", en = "New" }, national = 1, holder = "receptionist" },
  { code = "accepted", name = { vi = "Đã nhận", en = "Accepted" }, national = 4, holder = "handler" },
  { code = "awaiting_payment", name = { vi = "Chờ nộp tiền", en = "Awaiting payment" }, national = 6, wait = { for = "payment", limit = { amount = 10, unit = "day" }, then = "lapse" } },
  { code = "returned", name = { vi = "Đã trả", en = "Returned" }, national = 10 },
  { code = "declined", name = { vi = "Từ chối", en = "Declined" }, national = 3 },
]
step = [
  { act = "accept", name = { vi = "Tiếp nhận", en = "Accept" }, source = "registered", target = "accepted", role = "receptionist", fact = "accepted", effects = ["issue_code", "start_clock"] },
  { act = "decline", name = { vi = "Từ chối", en = "Decline" }, source = "registered", target = "declined", role = "receptionist", fact = "not_accepted" },
  { act = "ask_payment", name = { vi = "Yêu cầu nộp tiền", en = "Ask for payment" }, source = "accepted", target = "awaiting_payment", role = "handler", fact = "payment_required", effects = ["pause_clock", "ask_payment"] },
  { act = "pay", name = { vi = "Đã nộp tiền", en = "Paid" }, source = "awaiting_payment", target = "accepted", role = "system", fact = "paid", effects = ["resume_clock"] },
  { act = "lapse", name = { vi = "Hết hạn nộp", en = "Lapsed" }, source = "awaiting_payment", target = "declined", role = "system", fact = "lapsed", effects = ["stop_clock"] },
  { act = "hand_over", name = { vi = "Trả", en = "Hand over" }, source = "accepted", target = "returned", role = "handler", fact = "returned", effects = ["stop_clock"] },
]
"""
LAND = COPY.replace("2.000635", "1.013831").replace(
    'amount_dong = 20000, when = { field = "by_post", equals = true }',
    'kind = "tax", assessed_by = { vi = "Cơ quan thuế", en = "The tax office" }',
)


@pytest.fixture(autouse=True)
def settled(settings) -> Iterator[None]:
    settings.DEMO = True
    settings.PAYMENT_GATEWAY = {"address": "", "secret": SECRET}
    cache.clear()
    with translation.override("vi"):
        yield


class World:
    """Who files, who works at the desk, what the bank does."""

    def __init__(self) -> None:
        self.bank = SimulatedGateway()
        self.count = 0
        account = people.identify_person(identity=MAI, account=None, actor=SYSTEM, now=START)
        self.mai = find_citizen_actor(account.code)
        self.desk = appoint("Lộc Thị Hoa", "receptionist")
        self.leader = appoint("Hoàng Văn Kiên", "leader")
        self.handler = appoint("Nông Văn Thắng", "handler")

    def files(self, copies: int = 3, *, procedure: str = "2.000635", now: datetime = FRIDAY, **data) -> str:
        filing = cases.Filing(
            procedure=case_queries.procedure_on(procedure, date(2026, 11, 20)), unit_key=COMMUNE,
            applicant_code=self.mai.code, applicant_name=self.mai.name, title="Trích lục", data={"copies": copies, **data},
        )  # fmt: skip
        case_id = cases.open_case(filing=filing, actor=self.mai, now=now).public_id
        actions.assess_charges(case_id=case_id, moment="filing", occasion="filing", actor=SYSTEM, now=now)
        return case_id

    def pays(self, amount_dong: int, content: str, **more) -> models.Payment:
        """The bank tells of a transfer."""
        return actions.take_payment(
            incoming=self.transfer(amount_dong, content, **more), heard_by="webhook", now=FRIDAY
        )

    def transfer(self, amount_dong: int, content: str, **more) -> rules.Incoming:
        self.count += 1
        told = {"provider_id": f"FT{self.count:06d}", "paid_at": FRIDAY + timedelta(minutes=5), "account": ACCOUNT}
        return rules.Incoming(amount_dong=amount_dong, content=content, **{**told, **more})

    def bill(self, case_id: str) -> queries.BillView:
        found = queries.find_bill(case_id)
        assert found
        return found

    def reference(self, case_id: str) -> str:
        return self.bill(case_id).reference

    def states(self, case_id: str) -> list[str]:
        return [charge.state for charge in self.bill(case_id).charges]


def appoint(name: str, role: str) -> Actor:
    made = people.register_officer(name=name, sign_in_name=f"{role}.thu", unit_key=COMMUNE, actor=SYSTEM, now=START)
    people.appoint(officer_code=made.code, unit_key=COMMUNE, role=role, valid_from=START, actor=SYSTEM, now=START)
    return find_officer_actor(made.code, datetime.now(UTC))


@pytest.fixture
def world(db) -> Iterator[World]:
    yield from prepared()


def prepared() -> Iterator[World]:
    """The commune with its account, procedures and people."""
    make_units()
    for code in ("receptionist", "handler", "leader"):
        Role.objects.create(code=code, scope="unit", name_vi=code, name_en=code)
    tables = [tomllib.loads(COPY), tomllib.loads(LAND)]
    cases.load_procedures(tables=[(read_procedure(table), table) for table in tables], now=FRIDAY)
    account = {
        "unit_key": COMMUNE,
        "bank_bin": "970405",
        "bank_name": "Ngân hàng thử",
        "number": ACCOUNT,
        "holder": "UBND xã Thử",
    }
    actions.load_tariff(body={}, accounts=[account], now=FRIDAY)
    yield World()
    case_queries.forget_procedures()
    queries.forget_tariff()
