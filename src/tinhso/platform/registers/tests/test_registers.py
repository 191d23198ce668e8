"""Registers are asked for what is wanted and nothing else, the person sees it, and nobody waits for one that is away."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.cache import cache

from tinhso.platform.outside import Refused as WireRefused
from tinhso.platform.people.actions import identify_person
from tinhso.platform.people.queries import find_citizen_actor, list_sights
from tinhso.platform.people.rules import SYSTEM, Actor, Identity
from tinhso.platform.registers.actions import NOTHING, Purpose, Told, ask_registers
from tinhso.platform.registers.adapters.exchange import ExchangeRegister, Member
from tinhso.platform.registers.adapters.simulator import AWAY, FAULTS, TOO_MUCH, SimulatedRegister
from tinhso.platform.registers.ports import Answer, Question, Refused, Unreachable
from tinhso.platform.registers.rules import BY_CODE, REGISTERS, plan, words_for

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MAI, DUNG = "020195004817", "020091003265"
PEOPLE = {
    MAI: {
        "person.ethnic_group": "Tày", "person.home_town": "Xã Thử", "person.residence": "Thôn Nà Mò, xã Thử",
        "spouse.name": "Nông Văn Dũng", "spouse.number": DUNG, "household.poverty_class": "poor",
    }
}  # fmt: skip
WANTED = frozenset({"person.ethnic_group", "person.residence", "household.poverty_class", "person.phone"})


class Exchange:
    """A security server on this machine with the simulated registers behind it."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self.calls: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        outer = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.calls.append((self.path, dict(self.headers), body))
                code = self.path.split("/")[-2]
                status, found = outer.answer(code, body)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(found).encode())

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, code: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        try:
            return 200, SimulatedRegister(code, PEOPLE, self.faults.get(code, "")).answer(body, NOW.date())
        except Unreachable:
            return 503, {}
        except Refused as problem:
            return 403, {"reason": str(problem)}

    def registers(self) -> dict[str, ExchangeRegister]:
        member = Member(f"http://127.0.0.1:{self.server.server_port}", "VN/GOV/H37/tinhso", 1)
        return {each.code: ExchangeRegister(member, f"VN/GOV/BCA/{each.code}/ask") for each in REGISTERS}


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    made = Exchange()
    yield made
    made.server.shutdown()
    made.server.server_close()


def question(*fields: str) -> Question:
    return Question(MAI, frozenset(fields), "1.001193", "draft")


def citizen(name: str, number: str) -> Actor:
    identity = Identity(name=name, personal_number=number, level=2)
    account = identify_person(identity=identity, account=None, actor=SYSTEM, now=NOW)
    return find_citizen_actor(account.code)


def asked(actor: Actor, exchange: Exchange, wanted: frozenset[str] = WANTED, number: str = MAI) -> Told:
    purpose = Purpose(actor.code, number, "1.001193", "Đăng ký khai sinh", "draft")
    return ask_registers(purpose=purpose, wanted=wanted, registers=exchange.registers(), actor=actor, now=NOW)


def test_each_register_is_asked_for_what_it_holds_of_what_is_wanted() -> None:
    assert plan(WANTED) == {
        "population": {"person.ethnic_group"},
        "residence": {"person.residence"},
        "poverty": {"household.poverty_class"},
    }
    assert plan({"person.phone"}) == {}
    assert words_for("population", {"person.home_town", "person.ethnic_group"}) == "dân tộc, quê quán"
    assert words_for("population", {"person.sex", "spouse.name", "spouse.number"}) == (
        "giới tính; của vợ hoặc chồng: họ tên, số định danh"
    )


def test_no_two_registers_hold_the_same() -> None:
    held = [path for each in REGISTERS for path in each.holds]
    assert len(held) == len(set(held))
    assert all(words.vi and words.en for each in REGISTERS for words in each.holds.values())


def test_the_question_goes_as_the_exchange_wants_it_and_the_number_stands_in_no_address(exchange: Exchange) -> None:
    found = exchange.registers()["population"].ask(question("person.ethnic_group"))

    assert found == Answer({"person.ethnic_group": "Tày"}, date(2026, 11, 20))
    ((path, headers, body),) = exchange.calls
    assert path == "/r1/VN/GOV/BCA/population/ask"
    assert (headers["X-Road-Client"], headers["X-Road-Issue"]) == ("VN/GOV/H37/tinhso", "1.001193 draft")
    assert len(headers["X-Road-Id"]) == 36
    assert body == {"personalNumber": MAI, "fields": ["person.ethnic_group"], "purpose": "1.001193"}


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {TOO_MUCH}))
def test_whatever_goes_wrong_at_a_register_is_told_as_away(exchange: Exchange, fault: str) -> None:
    exchange.faults["population"] = fault
    with pytest.raises((Unreachable, Refused, WireRefused)):
        exchange.registers()["population"].ask(question("person.ethnic_group"))


def test_one_that_failed_is_left_in_peace_for_a_while(exchange: Exchange) -> None:
    exchange.faults["population"] = AWAY
    register = exchange.registers()["population"]
    for _ in range(3):
        with pytest.raises(Unreachable):
            register.ask(question("person.ethnic_group"))
    assert len(exchange.calls) == 1


@pytest.mark.django_db
def test_what_is_held_is_told_with_its_day_and_its_register(exchange: Exchange) -> None:
    told = asked(citizen("Hoàng Thị Mai", MAI), exchange)

    assert {(each.register, each.holder): dict(each.values) for each in told.looked} == {
        ("population", "person"): {"ethnic_group": "Tày"},
        ("residence", "person"): {"residence": "Thôn Nà Mò, xã Thử"},
        ("poverty", "household"): {"poverty_class": "poor"},
    }
    assert {each.as_of for each in told.looked} == {date(2026, 11, 20)}
    assert told.away == ()


@pytest.mark.django_db
def test_what_nobody_asked_for_is_dropped(exchange: Exchange) -> None:
    exchange.faults["population"] = TOO_MUCH
    told = asked(citizen("Hoàng Thị Mai", MAI), exchange, frozenset({"person.ethnic_group"}))
    assert [dict(each.values) for each in told.looked] == [{"ethnic_group": "Tày"}]


@pytest.mark.django_db
def test_the_person_sees_which_register_was_asked_for_what_and_why(exchange: Exchange) -> None:
    mai = citizen("Hoàng Thị Mai", MAI)
    asked(mai, exchange)
    rows = list_sights(mai.code).rows
    assert {row.who_name for row in rows} == {each.name.vi for each in REGISTERS}
    assert "Điền sẵn tờ khai Đăng ký khai sinh: dân tộc" in {row.purpose for row in rows}


@pytest.mark.django_db
def test_a_husband_whose_data_came_with_it_sees_that_too(exchange: Exchange) -> None:
    mai, dung = citizen("Hoàng Thị Mai", MAI), citizen("Nông Văn Dũng", DUNG)
    asked(mai, exchange, frozenset({"spouse.name", "spouse.number"}))
    (row,) = list_sights(dung.code).rows
    assert (row.who_code, row.purpose) == (mai.code, "Điền sẵn tờ khai Đăng ký khai sinh của vợ hoặc chồng")


@pytest.mark.django_db
def test_one_register_away_does_not_keep_the_others_from_answering(exchange: Exchange) -> None:
    mai = citizen("Hoàng Thị Mai", MAI)
    exchange.faults["residence"] = AWAY
    told = asked(mai, exchange)
    assert told.away == ("residence",)
    assert {each.register for each in told.looked} == {"population", "poverty"}
    assert BY_CODE["residence"].name.vi not in {row.who_name for row in list_sights(mai.code).rows}


@pytest.mark.django_db
def test_without_a_number_or_a_wish_nobody_is_asked(exchange: Exchange) -> None:
    mai = citizen("Hoàng Thị Mai", MAI)
    assert asked(mai, exchange, number="") == NOTHING
    assert asked(mai, exchange, frozenset({"person.phone"})) == NOTHING
    assert exchange.calls == []


@pytest.mark.django_db
def test_the_simulated_registers_go_wrong_as_chosen_on_their_page(client) -> None:
    cache.clear()
    asked = {"personalNumber": "020195004817", "fields": ["person.ethnic_group"]}
    address = "/simulators/registers/r1/VN/GOV/demo/population/ask"

    def call(**headers: str) -> Any:
        return client.post(address, asked, content_type="application/json", headers=headers)

    assert call().status_code == 400  # nobody said who asks
    assert call(**{"X-Road-Client": "VN/GOV/demo/tinhso"}).json()["personalNumber"] == "020195004817"
    assert "Cơ sở dữ liệu quốc gia về dân cư" in client.get("/simulators/registers/").content.decode()
    client.post("/simulators/registers/", {"population": AWAY})
    assert call(**{"X-Road-Client": "VN/GOV/demo/tinhso"}).status_code == 503
    client.post("/simulators/registers/", {"population": ""})
    assert call(**{"X-Road-Client": "VN/GOV/demo/tinhso"}).status_code == 200
