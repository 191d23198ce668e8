"""A commune with its desk, a procedure that goes through all ten states, a simulated portal in this process."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.conf import settings
from django.utils import translation

from tinhso.kernel.flow import read_procedure
from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters.direct import Direct
from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.adapters.shelves import MemoryShelves
from tinhso.modules.government.portal_link.adapters.simulator import Catalogue, Simulator
from tinhso.modules.government.portal_link.adapters.wire_portal import Account, WirePortal
from tinhso.modules.government.portal_link.models import Dossier, Message
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.ledger.models import Fact as FactRow
from tinhso.platform.people.actions import register_person
from tinhso.platform.people.rules import SYSTEM, Actor, Identity, Post
from tinhso.platform.units.actions import load_calendars
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries.keeping import forget_units

COMMUNE, PROVINCE = "90001@2025-07-01", "90@2025-07-01"
FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
CODE = "9.000001"
ROLES = ("receptionist", "handler", "leader")

DOSSIER = """
code = "9.000001"
version = "2025-07-01"
kind = "dossier"
name = { vi = "Thử", en = "Trial" }
sector = { vi = "Hộ tịch", en = "Civil status" }
handled_by = ["commune"]
deadline = { amount = 5, unit = "working_day" }
flow = { start = "registered", final = ["returned", "declined", "lapsed"] }
state = [
  { code = "registered", name = { vi = "Mới", en = "New" }, national = 1, holder = "receptionist" },
  { code = "accepted", name = { vi = "Đã nhận", en = "Accepted" }, national = 2, holder = "handler" },
  { code = "processing", name = { vi = "Đang làm", en = "Processing" }, national = 4, holder = "handler" },
  { code = "checking", name = { vi = "Đang xem", en = "Checking" }, national = 4, holder = "handler" },
  { code = "supplement", name = { vi = "Chờ bổ sung", en = "Supplement" }, national = 5, wait = { for = "applicant", limit = { amount = 10, unit = "day" }, then = "lapse" } },
  { code = "unpaid", name = { vi = "Chờ nộp tiền", en = "Unpaid" }, national = 6, wait = { for = "applicant", limit = { amount = 10, unit = "day" }, then = "lapse" } },
  { code = "withdrawing", name = { vi = "Xin rút", en = "Withdrawing" }, national = 7, holder = "handler" },
  { code = "resolved", name = { vi = "Xong", en = "Resolved" }, national = 9, holder = "receptionist" },
  { code = "returned", name = { vi = "Đã trả", en = "Returned" }, national = 10 },
  { code = "declined", name = { vi = "Từ chối", en = "Declined" }, national = 3 },
  { code = "lapsed", name = { vi = "Dừng", en = "Lapsed" }, national = 8 },
]
step = [
  { act = "accept", name = { vi = "Tiếp nhận", en = "Accept" }, source = "registered", target = "accepted", role = "receptionist", fact = "accepted", effects = ["issue_code", "start_clock"] },
  { act = "decline", name = { vi = "Từ chối", en = "Decline" }, source = "registered", target = "declined", role = "receptionist", fact = "not_accepted", asks = ["reasons"] },
  { act = "begin", name = { vi = "Bắt đầu", en = "Begin" }, source = "accepted", target = "processing", role = "handler", fact = "begun" },
  { act = "check", name = { vi = "Xem", en = "Check" }, source = "processing", target = "checking", role = "handler", fact = "checked" },
  { act = "go_on", name = { vi = "Làm tiếp", en = "Go on" }, source = "checking", target = "processing", role = "handler", fact = "gone_on" },
  { act = "ask", name = { vi = "Yêu cầu bổ sung", en = "Ask" }, source = ["accepted", "processing"], target = "supplement", role = "handler", fact = "supplement_required", asks = ["reasons"], effects = ["pause_clock"] },
  { act = "supplement", name = { vi = "Bổ sung", en = "Supplement" }, source = "supplement", target = "processing", role = "applicant", fact = "supplemented", effects = ["reset_clock"] },
  { act = "ask_payment", name = { vi = "Yêu cầu nộp tiền", en = "Ask payment" }, source = "processing", target = "unpaid", role = "handler", fact = "payment_required", effects = ["pause_clock"] },
  { act = "pay", name = { vi = "Nộp tiền", en = "Pay" }, source = "unpaid", target = "processing", role = "applicant", fact = "paid", effects = ["resume_clock"] },
  { act = "withdraw", name = { vi = "Rút", en = "Withdraw" }, source = ["accepted", "processing"], target = "withdrawing", role = "applicant", fact = "withdrawal_requested", effects = ["pause_clock"] },
  { act = "keep", name = { vi = "Không cho rút", en = "Keep" }, source = "withdrawing", target = "processing", role = "handler", fact = "withdrawal_refused", effects = ["resume_clock"] },
  { act = "let_go", name = { vi = "Cho rút", en = "Let go" }, source = "withdrawing", target = "lapsed", role = "handler", fact = "withdrawn", effects = ["stop_clock"] },
  { act = "lapse", name = { vi = "Hết hạn", en = "Lapse" }, source = ["supplement", "unpaid"], target = "lapsed", role = "system", fact = "lapsed" },
  { act = "sign", name = { vi = "Ký", en = "Sign" }, source = "processing", target = "resolved", role = "leader", fact = "resolved", effects = ["stop_clock"] },
  { act = "mend", name = { vi = "Sửa", en = "Mend" }, source = "resolved", target = "processing", role = "leader", fact = "reopened", asks = ["reasons"] },
  { act = "hand_over", name = { vi = "Trả", en = "Hand over" }, source = "resolved", target = "returned", role = "receptionist", fact = "returned" },
]
[[paper]]
code = "proof"
name = { vi = "Giấy chứng minh", en = "Proof" }
required = false
"""
WORDS = {"reasons": "Ảnh mờ", "note": "đã xem"}
CATALOGUE = Catalogue([(CODE, "Thử")], [("H90.01", "Xã Thử")])


@dataclass
class Province:
    """Everybody at the commune, the portal that stands for the national one, and the clock."""

    simulator: Simulator
    transport: Direct
    portal: WirePortal
    now: datetime = FRIDAY
    heard: int = 0
    random: Random = field(default_factory=lambda: Random(1))
    mai: Actor | None = None

    def files(self, *, channel: str = "counter") -> str:
        """Mai files; the tracking id."""
        filing = cases.Filing(
            procedure=queries.procedure_on(CODE, date(2026, 11, 20)), unit_key=COMMUNE, applicant_code=self.mai.code,
            applicant_name=self.mai.name, title="Hoàng Văn An", channel=channel,
        )  # fmt: skip
        return cases.open_case(filing=filing, actor=self.mai, now=self.now).public_id

    def does(self, public_id: str, *acts: str) -> None:
        """Whoever may take each step takes it."""
        for act in acts:
            case = queries.get_case(public_id)
            step = next(each for each in case.procedure.steps_from(case.state.code) if each.act == act)
            actors = {"applicant": self.mai, "system": SYSTEM}
            officer = Actor("officer:hoa", "officer", "Lộc Thị Hoa", tuple(Post(COMMUNE, role) for role in ROLES))
            actor = actors.get(step.role, officer)
            self.passes(minutes=1)
            cases.act_on_case(public_id=public_id, act=act, actor=actor, now=self.now, answers=WORDS)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def hears(self) -> None:
        """The reactions to all facts that are new."""
        from tinhso.modules.government.portal_link import reactions

        for row in FactRow.objects.filter(pk__gt=self.heard).order_by("pk"):
            self.heard = row.pk
            if row.kind.startswith("cases.dossier."):
                body = Fact.read_body(row.body)
                fact = Fact(
                    row.pk,
                    row.subject,
                    row.sequence,
                    row.kind,
                    row.actor_code,
                    row.unit_key,
                    row.happened_at,
                    body,
                    b"",
                )
                reactions.write_messages(public_id=fact.subject, now=self.now)

    def sends(self, rounds: int = 1) -> actions.Round:
        """So many rounds of sending, the last one's figures."""
        for _ in range(rounds):
            done = actions.send_round(portal=self.portal, random=self.random, now=self.now)
        return done

    def drains(self, *, most: int = 400) -> None:
        """Send until nothing waits; time passes where nothing is due."""
        for _ in range(most):
            if not Message.objects.filter(state=Message.WAITING).exists():
                return
            if not self.sends().delivered:
                self.passes(minutes=6)
        raise AssertionError("messages still wait")

    def believes(self, public_id: str) -> dict:
        """What the portal believes of that dossier."""
        code = Dossier.objects.get(case_public_id=public_id).portal_code
        return dict(self.simulator.shelves.find("dossier", code) or {})

    def state(self, public_id: str) -> int:
        return queries.get_case(public_id).state.national


def make_units() -> None:
    folder = settings.PACKS_ROOT / "national"
    tables = tomllib.loads((folder / "calendars.toml").read_text())["calendar"]
    with (folder / "holidays.csv").open() as handle:
        load_calendars(tables=tables, holidays=list(csv.DictReader(handle)), actor=SYSTEM, now=FRIDAY)

    def unit(key: str, kind: str, name: str, path: list[str], **more) -> None:
        parent = path[-2] if len(path) > 1 else ""
        Unit.objects.create(
            key=key, code=key.partition("@")[0], kind=kind, name=name, name_en=name, name_folded=name.lower(),
            parent_key=parent, path=path, valid_from=date(2025, 7, 1), **more,
        )  # fmt: skip

    unit(PROVINCE, "province", "Tỉnh Thử", [PROVINCE], calendar="national")
    unit(COMMUNE, "commune", "Xã Thử", [PROVINCE, COMMUNE])
    agency = "H90.01@2025-07-01"
    unit(agency, "agency", "Ủy ban nhân dân xã Thử", [PROVINCE, COMMUNE, agency], agency_code="H90.01")
    forget_units()


def make_simulator() -> Simulator:
    return Simulator(MemoryShelves(), find_exchange(), "secret", lambda: CATALOGUE)


def make_province() -> Province:
    make_units()
    table = tomllib.loads(DOSSIER)
    cases.load_procedures(tables=[(read_procedure(table), table)], now=FRIDAY)
    simulator = make_simulator()
    province = Province(simulator, None, None)  # type: ignore[arg-type]
    province.transport = Direct(simulator, lambda: province.now)
    account = Account("tinhso", "secret", "H90", "VN:GOV:H90")
    province.portal = WirePortal(province.transport, account, simulator.exchange)
    identity = Identity(name="Hoàng Thị Mai", personal_number="020195004817", phone="0900000011", level=2)
    person = register_person(identity=identity, actor=SYSTEM, now=FRIDAY)
    province.mai = Actor(person.code, "citizen", person.name, level=2)
    return province


@pytest.fixture
def province(db) -> Iterator[Province]:
    with translation.override("vi"):
        yield make_province()
    queries.forget_procedures()
    forget_units()
