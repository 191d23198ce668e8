"""The pages of the hall and the desk: without signing in, without script, on paper, phone and wall."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tinhso.modules.government.queue import actions
from tinhso.modules.government.queue.models import Ticket
from tinhso.modules.government.queue.pages import hall as pages
from tinhso.modules.government.queue.tests.conftest import Hall, appoint, client_of
from tinhso.platform.cases.tests.conftest import COMMUNE
from tinhso.platform.clock import now

KIOSK, DESK = f"/queue/{COMMUNE}/", "/work/queue/"


def words_of(answer) -> str:
    text = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text[text.find("<main") :]).split())


def taken(client: Client, group: str = "civil", **more: str) -> str:
    """A number taken at the machine; the address of its page."""
    answer = client.post(KIOSK, {"group": group, **more})
    assert answer.status_code == 302, words_of(answer)
    return answer["Location"]


def test_a_touch_gives_a_number_to_print_and_to_follow(hall: Hall) -> None:
    phone = Client()
    page = phone.get(KIOSK)
    for words in ("Hộ tịch, cư trú, chứng thực", "khai sinh", "Từ 60 tuổi", "0 người đang chờ"):
        assert words in words_of(page)
    taken(phone)
    address = taken(phone)

    answer = phone.get(address)
    for words in ("A002", "Còn 1 người trước bạn.", "Hộ tịch, cư trú, chứng thực"):
        assert words in words_of(answer)
    assert "data-print" in answer.content.decode()
    assert answer["Refresh"] == pages.TURN_SECONDS
    drawn = phone.get(f"{address}qr.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content
    assert phone.get("/q/zzzzzzzzzzzzzz/").status_code == 404


def test_a_chosen_priority_goes_with_the_number(hall: Hall) -> None:
    page = Client().get(f"{KIOSK}?priority=elderly")
    assert 'name="priority" value="elderly"' in page.content.decode()

    address = taken(Client(), priority="elderly")

    assert "Từ 60 tuổi" in words_of(Client().get(address))
    assert Ticket.objects.get().priority_code == "elderly"


def test_a_wrong_choice_is_said_and_no_number_is_given(hall: Hall) -> None:
    answer = Client().post(KIOSK, {"group": "x"})

    assert answer.status_code == 422
    assert "Hãy chọn một nhóm việc." in words_of(answer)
    assert not Ticket.objects.exists()
    assert Client().get("/queue/nowhere/").status_code == 404
    assert Client().get("/queue/nowhere/screen/").status_code == 404


def test_only_the_machine_in_the_hall_takes_any_number_of_numbers(hall: Hall) -> None:
    phone, machine = Client(), client_of(hall.hoa)
    for _ in range(12):
        taken(phone)
    assert phone.post(KIOSK, {"group": "civil"}).status_code == 422

    assert machine.post("/work/queue/hall/", {"unit": COMMUNE})["Location"] == KIOSK
    machine.logout()
    cookie = machine.cookies.get(pages.KIOSK_COOKIE)
    machine = Client()
    assert cookie is None or cookie.value == "", "signing out of the tests' client forgets all cookies"
    made = client_of(hall.hoa)
    made.post("/work/queue/hall/", {"unit": COMMUNE})
    machine.cookies[pages.KIOSK_COOKIE] = made.cookies[pages.KIOSK_COOKIE].value
    for _ in range(3):
        address = taken(machine)
    page = machine.get(address)
    assert page["Refresh"].endswith(f"url={KIOSK}"), "the machine is ready for the next person"
    assert "Lấy số khác" in words_of(page)
    machine.cookies[pages.KIOSK_COOKIE] = f"{COMMUNE}:forged"
    assert machine.post(KIOSK, {"group": "civil"}).status_code == 422


def test_a_desk_calls_serves_and_the_screen_shows_it(hall: Hall) -> None:
    first, second = taken(Client()), taken(Client(), "land")
    desk, screen = client_of(hall.hoa), Client()
    assert "Bạn ngồi quầy số mấy?" in words_of(desk.get(DESK))
    desk.post(DESK, {"act": "sit", "unit": COMMUNE, "desk": "4", "groups": ["civil", "land"]})
    assert "Chưa gọi số nào." in words_of(screen.get(f"{KIOSK}screen/"))

    desk.post(DESK, {"act": "next", "ticket": ""})
    shown = words_of(desk.get(DESK))
    for words in ("Quầy 4", "A001", "Nộp hồ sơ cho người này", "đã gọi 1 lần"):
        assert words in shown
    assert Ticket.objects.get(letter="A").public_id not in desk.get(DESK).content.decode(), (
        "the holder's page is the holder's"
    )
    assert "Mời bạn đến quầy 4." in words_of(Client().get(first))
    wall = screen.get(f"{KIOSK}screen/?theme=light")
    assert "A001 Quầy 4" in words_of(wall)
    assert wall["Refresh"] == pages.SCREEN_SECONDS
    assert 'data-theme="dark"' not in wall.content.decode()
    assert 'data-theme="dark"' in screen.get(f"{KIOSK}screen/").content.decode()

    in_hand = Ticket.objects.get(letter="A").pk
    desk.post(DESK, {"act": "miss", "ticket": in_hand})
    assert "Đã gọi mà chưa thấy bạn" in words_of(Client().get(first))
    assert "Gọi A001" in words_of(desk.get(DESK))
    desk.post(DESK, {"act": "absent", "ticket": in_hand})
    desk.post(DESK, {"act": "next", "ticket": in_hand})
    assert "Đã phục vụ xong. Cảm ơn bạn." in words_of(Client().get(first))
    assert "Mời bạn đến quầy 4." in words_of(Client().get(second))
    desk.post(DESK, {"act": "finish", "ticket": Ticket.objects.get(letter="B").pk})
    desk.post(DESK, {"act": "next", "ticket": ""})
    assert "Không còn ai chờ" in words_of(desk.get(DESK))
    desk.post(DESK, {"act": "leave"})
    assert "Bạn ngồi quầy số mấy?" in words_of(desk.get(DESK))


def test_a_number_goes_on_to_another_desk(hall: Hall) -> None:
    hall.sit()
    address = taken(Client())
    desk = client_of(hall.hoa)
    desk.post(DESK, {"act": "next", "ticket": ""})
    in_hand = Ticket.objects.get().pk
    assert "Chuyển sang quầy" in words_of(desk.get(DESK))
    desk.post(DESK, {"act": "pass_on", "ticket": in_hand, "to_desk": "x"})
    assert "Hãy chọn một quầy khác" in words_of(desk.get(DESK))

    desk.post(DESK, {"act": "pass_on", "ticket": in_hand, "to_desk": "2"})

    assert "Bạn được chuyển sang quầy 2" in words_of(Client().get(address))
    assert "1 chuyển đến quầy này" in words_of(client_of(hall.nga).get(DESK))


def test_an_old_page_calls_nobody(hall: Hall) -> None:
    hall.sit()
    taken(Client())
    taken(Client())
    desk = client_of(hall.hoa)
    for _ in range(2):
        desk.post(DESK, {"act": "next", "ticket": ""})

    assert "Màn hình đã cũ" in words_of(desk.get(DESK))
    assert Ticket.objects.filter(state="called").count() == 1
    assert desk.post(DESK, {"act": "nothing of the kind"}).status_code == 302


def test_the_desk_is_for_who_receives(hall: Hall) -> None:
    handler = client_of(appoint("Nông Văn Thắng", "thang.nv", "handler"))

    assert handler.get(DESK).status_code == 403
    assert Client().get(DESK).status_code == 302
    assert client_of(hall.hoa).post("/work/queue/hall/", {"unit": "elsewhere"}).status_code == 403
    assert client_of(hall.hoa).get("/work/queue/hall/").status_code == 403


def test_what_was_filed_with_a_number_is_found_from_both_sides(hall: Hall) -> None:
    hall.sit()
    address = taken(Client())
    desk = client_of(hall.hoa)
    desk.post(DESK, {"act": "next", "ticket": ""})
    case = "TS-2222-2222-22"
    assert actions.link_filing(case_id=case, officer_code=hall.hoa.code, filed_at=now(), now=now())

    assert f"/work/cases/{case}/" in desk.get(DESK).content.decode()
    phone = Client().get(address).content.decode()
    assert f"/t/{case}" in phone
    assert f"/dossiers/{case}/rate/" in phone


def test_a_number_of_yesterday_is_of_no_use(hall: Hall) -> None:
    address = taken(Client())
    Ticket.objects.update(taken_on=now().date() - timedelta(days=3))

    answer = Client().get(address)

    assert "không còn dùng được" in words_of(answer)
    assert "Refresh" not in answer


@pytest.mark.parametrize(("address", "most"), [(KIOSK, 12), (f"{KIOSK}screen/", 12)])
def test_the_halls_pages_ask_the_database_little(hall, address, most, django_assert_max_num_queries) -> None:
    for _ in range(5):
        taken(Client())
    Client().get(address)
    with django_assert_max_num_queries(most):
        Client().get(address)
