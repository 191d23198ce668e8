"""Nothing typed is lost or overwritten: slow answers, reloads in between, two windows, papers handed in later."""

import re

import pytest

from tinhso.modules.government.onestop.tests.test_portal_in_the_browser import Phone, in_database, phone
from tinhso.modules.government.onestop.tests.test_tracking import MISSING
from tinhso.platform.forms.models import Draft

__all__ = ["phone"]
pytestmark = [pytest.mark.journey, pytest.mark.slow]
AUTOSAVE = re.compile(r"/drafts/[^/]+/\?page=")
NAME = '[name="child_name"]'


@pytest.fixture
def child(phone: Phone) -> Phone:
    """Mai on the page that asks for the child's name."""
    phone.goes("/procedures/1.001193/start/")
    phone.press("Bắt đầu khai")
    phone.at("requester")
    phone.fill("requester")
    phone.press("Tiếp tục")
    phone.at("child")
    return phone


def types(phone: Phone, name: str) -> None:
    phone.page.locator(NAME).fill(name)


def until(phone: Phone, state: str) -> None:
    phone.page.locator(f"[data-draft-state][data-state={state}]").wait_for(timeout=15_000)


def kept() -> str:
    return in_database(Draft.objects.get).answers.get("child_name", "")


def hold_answers(phone: Phone, held: list, *, reach_the_server: bool) -> None:
    """The next autosave is held on its way back, or already on its way there."""

    def hold(route) -> None:
        if reach_the_server:
            route.fetch()
        held.append(route)

    phone.page.route(AUTOSAVE, hold, times=1)


def wait_for(phone: Phone, held: list) -> None:
    for _ in range(100):
        if held:
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError("nothing was saved")


def test_a_save_whose_answer_was_still_under_way_at_a_reload_is_no_conflict(child):
    held: list = []
    hold_answers(child, held, reach_the_server=True)
    types(child, "Hoàng Gia")
    wait_for(child, held)
    types(child, "Hoàng Gia Bảo")
    child.page.reload()
    assert child.page.input_value(NAME) == "Hoàng Gia Bảo"
    until(child, "saved")
    assert kept() == "Hoàng Gia Bảo"


def test_a_save_that_reaches_the_server_only_after_a_reload_is_no_conflict(child):
    held: list = []
    hold_answers(child, held, reach_the_server=False)
    types(child, "Hoàng Gia")
    wait_for(child, held)
    late = held[0].request
    types(child, "Hoàng Gia Bảo")
    child.page.reload()
    wanted = {name: value for name, value in late.all_headers().items() if name in {"x-csrftoken", "x-draft-version", "content-type"}}  # fmt: skip
    answer = child.page.request.post(late.url, headers=wanted | {"referer": child.page.url}, data=late.post_data)
    assert answer.ok
    assert child.page.input_value(NAME) == "Hoàng Gia Bảo"
    until(child, "saved")
    assert kept() == "Hoàng Gia Bảo"


def test_typing_on_while_a_save_is_slow_waits_for_its_answer(child):
    held: list = []
    hold_answers(child, held, reach_the_server=False)
    types(child, "Hoàng Gia")
    wait_for(child, held)
    types(child, "Hoàng Gia Bảo")
    child.page.wait_for_timeout(2500)  # longer than the pause after which a draft saves itself
    held[0].continue_()
    until(child, "saved")
    for _ in range(50):
        if kept() == "Hoàng Gia Bảo":
            break
        child.page.wait_for_timeout(100)
    assert kept() == "Hoàng Gia Bảo"
    assert child.page.locator("[data-draft-state]").get_attribute("data-state") == "saved"


def test_two_windows_with_different_words_are_told_and_the_reader_decides(child):
    other = child.page.context.new_page()
    other.goto(child.page.url)
    types(child, "Hoàng Gia Bảo")
    until(child, "saved")
    other.locator(NAME).fill("Hoàng Gia Huy")
    other.locator("[data-draft-state][data-state=conflict]").wait_for(timeout=15_000)
    assert kept() == "Hoàng Gia Bảo"
    other.get_by_role("button", name="dùng bản trên máy này").click()
    other.locator("[data-draft-state][data-state=saved]").wait_for(timeout=15_000)
    assert kept() == "Hoàng Gia Huy"


def test_words_for_a_supplement_survive_a_closed_tab_and_go_when_it_is_sent(phone, commune):
    def waiting() -> str:
        case = commune.files()
        commune.does(case, "request_supplement", **MISSING)
        return case

    case = in_database(waiting)
    path = f"/dossiers/{case}/supplement/"
    phone.goes(path)
    phone.page.locator("#note").fill("Giấy chứng sinh đang xin lại ở trạm, thứ Hai có.")
    until(phone, "kept")
    phone.page.close()
    phone.page = phone.page.context.new_page()
    phone.goes(path)
    assert phone.page.input_value("#note").startswith("Giấy chứng sinh đang xin lại")
    phone.press("Gửi phần bổ sung")
    phone.page.get_by_text("Chúng tôi đã nhận phần bạn bổ sung.").wait_for()
    assert phone.page.evaluate("Object.keys(localStorage).filter(key => key.includes('supplement'))") == []
