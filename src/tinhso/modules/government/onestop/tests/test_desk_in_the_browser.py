"""The officers' pages in a real browser, on a phone and on a desk: nothing overflows, nothing is out of reach, keys work."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, Page, sync_playwright

from tinhso.modules.government.onestop import actions
from tinhso.platform.cases.models import Case
from tinhso.platform.clock import now as read_clock
from tinhso.platform.people.adapters.sessions import SessionStore
from tinhso.platform.people.models import Account
from tinhso.platform.people.queries import list_demonstration_people

AXE = Path(__file__).parents[6] / "tests" / "vendor" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PICTURES = settings.HOME / "screenshots" / "desk"
WIDTHS = (360, 1280)
pytestmark = pytest.mark.journey


@dataclass
class Workplace:
    """The demonstration's commune: a page for each officer at a width, and a case for each state."""

    browser: Browser
    address: str
    sessions: dict[str, str]
    cases: dict[str, str]
    complaints: list[str] = field(default_factory=list)

    def open_as(self, role: str, width: int, *, script: bool = True) -> Page:
        size = {"width": width, "height": 800}
        context = self.browser.new_context(
            base_url=self.address, viewport=size, locale="vi-VN", java_script_enabled=script
        )
        context.add_cookies([{"name": "sessionid", "value": self.sessions[role], "url": self.address}])
        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        return page


@pytest.fixture
def workplace(live_server, transactional_db, texts):
    now = read_clock()
    apps.get_app_config("units").load_packs(texts, now)
    apps.get_app_config("people").load_demonstration(now)
    actions.load_demonstration_dossiers(now=now)
    officers = {post.role: actor for actor in reversed(list_demonstration_people(now)) for post in actor.posts}
    sessions = {role: session_of(actor.code) for role, actor in officers.items()}
    cases = dict(Case.objects.filter(procedure_code="1.001193").order_by("-id").values_list("state", "public_id"))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        place = Workplace(
            playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS),
            live_server.url,
            sessions,
            cases,
        )
        yield place
        place.browser.close()
    assert [text for text in place.complaints if "404" not in text] == []


def session_of(code: str) -> str:
    account, session = Account.objects.get(code=code), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return session.session_key


def look(page: Page, address: str, name: str) -> None:
    page.goto(address)
    examine(page, name)


def examine(page: Page, name: str) -> None:
    """Take a picture, and let no rule of accessibility or width be broken."""
    width = page.viewport_size["width"]
    page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
    found = page.evaluate(AXE.read_text() + ";axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_desk_fits_and_is_within_reach(workplace, width):
    desk, leader = workplace.open_as("receptionist", width), workplace.open_as("leader", width)
    handler, administrator = workplace.open_as("handler", width), workplace.open_as("administrator", width)
    cases = {state: f"/work/cases/{public_id}/" for state, public_id in workplace.cases.items()}
    look(desk, "/work/", "inbox")
    look(desk, cases["registered"], "case-new")
    look(desk, cases["registered"] + "acts/request_supplement/", "act-supplement")
    look(desk, cases["resolved"] + "acts/hand_over/", "act-hand-over")
    look(desk, cases["completing"] + "acts/receive_supplement/", "act-receive")
    look(desk, cases["returned"], "case-returned")
    look(desk, "/work/find/?q=H37.44-000000-0000", "not-found")
    look(handler, "/work/", "inbox-handler")
    look(handler, cases["accepted"] + "acts/extend/", "act-extend")
    look(handler, cases["verifying"], "case-verifying")
    look(leader, "/work/sign/", "sign")
    look(leader, cases["proposed"], "case-proposed")
    look(leader, cases["proposed"] + "acts/sign/", "act-sign")
    look(leader, "/work/unit/", "unit")
    look(leader, cases["proposed"] + "flow/", "flow")
    look(administrator, "/work/hanging/", "hanging")
    leader.goto("/work/sign/")
    for tick in leader.locator("input[name=case]").all():
        tick.check()
    leader.get_by_role("button", name="Trả lại công chức").click()
    examine(leader, "act-on-many")
    desk.goto("/work/")
    for tick in desk.locator("input[name=case]").all():
        tick.check()
    desk.get_by_role("button", name="Tiếp nhận", exact=True).click()
    desk.get_by_role("heading", name="Tiếp nhận").wait_for()
    examine(desk, "outcomes")


def test_an_officer_ticks_with_the_keyboard_and_accepts_what_is_ticked(workplace):
    page = workplace.open_as("receptionist", 1280)
    page.goto("/work/")
    page.keyboard.press("Control+Home")
    while not (row := page.locator("tr.table__row:focus-within")).count() or "Mới đăng ký" not in row.inner_text():
        page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_text("1 việc được chọn").wait_for()
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    page.get_by_text("Tiếp nhận: xong 1 hồ sơ.").wait_for()


def test_the_whole_work_of_a_dossier_is_done_without_script(workplace):
    """Accepted, proposed, signed, handed over by three officers whose browsers run no script."""
    desk, handler, leader = (
        workplace.open_as(role, 1280, script=False) for role in ("receptionist", "handler", "leader")
    )
    address = f"/work/cases/{workplace.cases['registered']}/"
    desk.goto(address)
    desk.get_by_role("button", name="Tiếp nhận", exact=True).click()
    handler.goto(address)
    handler.get_by_role("button", name="Trình ký", exact=True).click()
    leader.goto("/work/sign/")
    leader.locator(f"input[name=case][value='{workplace.cases['registered']}']").check()
    leader.get_by_role("button", name="Ký các hồ sơ đã chọn").click()
    leader.get_by_text("Ký: xong 1 hồ sơ.").wait_for()
    desk.goto(address)
    desk.get_by_role("link", name="Trả kết quả", exact=True).click()
    desk.get_by_label("Giấy tờ người nhận xuất trình").fill("căn cước số cuối 817")
    desk.get_by_role("button", name="Trả kết quả", exact=True).click()
    desk.get_by_text("Đã xong: Trả kết quả.").wait_for()
    assert "Đã trả kết quả" in desk.locator("main").inner_text()


def test_a_leader_looks_at_drafts_and_ticks_them_without_leaving_the_queue(workplace):
    page = workplace.open_as("leader", 1280)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => true })")
    page.goto("/work/sign/")
    waiting = page.locator("input[name=case]").count()
    assert waiting >= 2
    page.keyboard.press("j")
    page.keyboard.press("p")
    dialog = page.locator("dialog[data-viewer]")
    dialog.wait_for()
    assert dialog.locator("iframe").get_attribute("src").endswith("/draft/")
    assert dialog.locator("[data-viewer-place]").inner_text() == f"1 trên {waiting}"
    examine(page, "viewer")
    page.keyboard.press("x")
    dialog.get_by_role("button", name="Bản tiếp").click()
    assert dialog.locator("[data-viewer-place]").inner_text() == f"2 trên {waiting}"
    dialog.get_by_label("Chọn bản này").check()
    page.keyboard.press("Escape")
    assert page.locator("input[name=case]:checked").count() == 2
    assert page.inner_text("[data-count]") == "2 việc được chọn"
    assert page.url.endswith("/work/sign/")
    page.get_by_role("button", name="Ký các hồ sơ đã chọn").click()
    page.get_by_text("Ký: xong 2 hồ sơ.").wait_for()


def test_where_no_pdf_can_be_shown_the_draft_is_a_link_as_before(workplace):
    page = workplace.open_as("leader", 360)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => false })")
    page.goto("/work/sign/")
    link = page.get_by_role("link", name="xem trước").first
    with page.expect_request(lambda request: request.url.endswith("/draft/")):
        link.click()
    assert not page.locator("dialog[data-viewer]").is_visible()


def test_a_case_tells_whose_turn_it_is_why_that_day_and_who_looked(workplace):
    desk = workplace.open_as("receptionist", 1280)
    desk.goto(f"/work/cases/{workplace.cases['resolved']}/")
    assert desk.locator(".turn").inner_text() == "Đến lượt bạn: Trả kết quả"
    assert "Lộc Thị Hoa" in desk.locator("section[aria-labelledby=lookers]").inner_text()
    desk.get_by_text("Vì sao hẹn ngày này?").click()
    examine(desk, "case-why")
    days = desk.locator("table.days td.days__day")
    assert days.count() >= 1
    assert "hẹn trả" in days.last.inner_text()
    frame = desk.request.get(desk.get_by_role("link", name="Mở xem").first.evaluate("link => link.href"))
    assert frame.headers["x-frame-options"] == "SAMEORIGIN"
    assert "sandbox" in frame.headers["content-security-policy"]
