"""Somebody comes to the desk in person: takes a number, is called, is served, and says how it went."""

from urllib.parse import urlsplit

import pytest

from journeys.birth import new_name
from journeys.examiner import troubles_with_looks
from journeys.person import DESK, Person
from journeys.place import COMMUNE
from journeys.serving import Serving

pytestmark = pytest.mark.story_of("queue")
HALL = f"/queue/{COMMUNE}/"
PAO = "Lộc Văn Páo"


def examined(person: Person, step: str) -> None:
    """The page has nothing to complain of at any width."""
    person.looks(step)
    assert troubles_with_looks(person.page) == []


def takes_a_number(phone: Person) -> str:
    """One touch; the number."""
    phone.goes(HALL)
    examined(phone, "which-matter")
    phone.page.locator("main").get_by_role("button", name="Hộ tịch").click()
    phone.awaits("Số của bạn")
    examined(phone, "number")
    return phone.page.locator(".ticket__number").inner_text()


def test_a_person_takes_a_number_is_called_served_and_rates(somebody, portal):
    phone, wall = somebody(Person, "phone"), somebody(Person, "wall", width=DESK)
    desk = somebody(Serving, "desk", width=DESK)
    number = takes_a_number(phone)
    ticket = urlsplit(phone.page.url).path
    assert "Sắp đến lượt bạn" in phone.reads() or "người trước bạn" in phone.reads()

    calls(desk, number)
    wall.goes(f"{HALL}screen/")
    assert number in wall.reads()
    examined(wall, "screen")
    phone.goes(ticket)
    assert "Mời bạn đến quầy 1." in phone.reads()
    examined(phone, "called")

    desk.follows("Nộp hồ sơ cho người này")
    desk.page.wait_for_url("**/work/counter/")
    desk.serves()
    case = desk.files_for_somebody(child_name=new_name())
    desk.does("accept", case)
    belongs_to(phone, ticket, case)
    finishes(desk, case)
    phone.goes(ticket)
    assert "Đã phục vụ xong." in phone.reads()
    examined(phone, "served")

    portal.goes(f"/dossiers/{case}/rate/")
    portal.signs_in(PAO)
    portal.goes(f"/dossiers/{case}/rate/")
    examined(portal, "how-was-it")
    portal.rates(case, "Hài lòng")
    assert "Bạn đã đánh giá hồ sơ này" in portal.sees(case).text
    portal.looks("rated")


def calls(desk: Serving, number: str) -> None:
    """Sit down at the first free desk and call the next number."""
    desk.signs_in("Lộc Thị Hoa")
    desk.goes("/work/queue/")
    examined(desk, "which-desk")
    desk.press("Ngồi quầy này")
    desk.awaits("Đang chờ")
    desk.press("Gọi số tiếp")
    desk.awaits("Nộp hồ sơ cho người này")
    assert number in desk.reads()
    examined(desk, "called")


def finishes(desk: Serving, case: str) -> None:
    """The number is served, and the desk is free for others."""
    desk.goes("/work/queue/")
    assert case in desk.reads()
    desk.press("Xong")
    desk.awaits("Chưa gọi số nào.")
    desk.press("Rời quầy")
    desk.awaits("Bạn ngồi quầy số mấy?")


def belongs_to(phone: Person, ticket: str, case: str) -> None:
    """The ticket's page leads to the dossier, as soon as the worker has heard of it."""
    link = phone.page.locator(f'main a[href="/dossiers/{case}/rate/"]')
    for _ in range(30):
        phone.goes(ticket)
        if link.count():
            break
        phone.page.wait_for_timeout(1000)
    assert link.count() == 1
    assert phone.page.locator(f'main a[href="/t/{case}"]').count() == 1


def test_leaders_read_the_nine_indices_and_officers_their_sums(somebody):
    leader = somebody(Serving, "leader", width=DESK)
    leader.signs_in("Hoàng Văn Kiên")
    leader.goes("/work/ratings/")
    assert "Chín chỉ số" in leader.reads()
    assert "Người dân nói gì" in leader.reads()
    examined(leader, "indices")

    desk = somebody(Serving, "officer", width=DESK)
    desk.signs_in("Lộc Thị Hoa")
    desk.goes("/work/ratings/")
    assert "Chín chỉ số" in desk.reads()
    assert "Người dân nói gì" not in desk.reads()
