"""Filing on a phone: nothing typed is lost when the network goes, no accessibility rule is broken, pages stay light."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright

from tinhso.modules.government.onestop.tests.conftest import ONE_PIXEL, Commune
from tinhso.modules.government.onestop.tests.portal import PAGES
from tinhso.modules.government.onestop.tests.test_tracking import MISSING
from tinhso.platform.cases.models import Case
from tinhso.platform.clock import now
from tinhso.platform.forms.models import Draft
from tinhso.platform.ledger.actions import seal_facts

ROOT = Path(__file__).parents[6]
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
PICTURES = ROOT / "var" / "test" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
pytestmark = [pytest.mark.journey, pytest.mark.slow]
BUDGET = 100_000


def in_database(ask):
    """Ask the database from a thread of its own: Playwright's loop runs in this one."""

    def asked():
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asked).result()


class Phone:
    """A browser that looks at each page in two widths, and asks axe about it."""

    def __init__(self, page, address: str) -> None:
        self.page, self.address = page, address

    def looks(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width in (1280, 360):
            self.page.set_viewport_size({"width": width, "height": 760})
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        found = self.page.evaluate(
            AXE.read_text() + ";axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))"
        )
        assert found == [], self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 360, self.page.url

    def goes(self, path: str, name: str = "") -> None:
        self.page.goto(self.address + path)
        if name:
            self.looks(name)

    def press(self, text: str) -> None:
        self.page.locator("main").get_by_role("button", name=text, exact=True).click()

    def at(self, page: str) -> None:
        self.page.wait_for_url(f"**/{page}/")

    def fill(self, page: str) -> None:
        for name, value in PAGES[page].items():
            box = self.page.locator(f'[name="{name}"]')
            if box.first.get_attribute("type") == "radio":
                self.page.locator(f'[name="{name}"][value="{value}"]').check()
            else:
                box.fill(value)


@pytest.fixture
def phone(live_server, commune: Commune):
    session = commune.client_of(commune.mai).cookies["sessionid"].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = browser.new_context(viewport={"width": 360, "height": 760}, locale="vi-VN")
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        yield Phone(context.new_page(), live_server.url)
        browser.close()


def lose_the_answer(route) -> None:
    """The filing reaches us, and the network goes before the answer comes back."""
    route.fetch(max_redirects=0)
    route.abort()


def answer_the_rest(phone: Phone) -> None:
    for page in ("birth_place", "origin", "mother", "father", "delivery"):
        phone.at(page)
        if page == "birth_place":
            phone.page.locator('[value="health_facility"]').check()
            phone.press("Tiếp tục")
            phone.page.locator('[name="birth_facility"]').wait_for()
        phone.fill(page)
        if page == "mother":
            phone.looks(page)
        phone.press("Tiếp tục")


def test_a_network_that_goes_in_the_middle_of_filing_loses_nothing(phone, commune):
    phone.goes("/procedures/1.001193/start/", "start")
    phone.press("Bắt đầu khai")
    phone.at("requester")
    phone.fill("requester")
    phone.looks("requester")
    phone.press("Tiếp tục")
    phone.at("child")

    phone.fill("child")
    phone.page.context.set_offline(True)
    phone.page.locator('[name="child_name"]').fill("Hoàng Gia Bảo Ngọc")
    phone.press("Tiếp tục")
    phone.page.get_by_text("phần gửi được giữ trên máy này").wait_for()
    phone.looks("offline")
    phone.page.context.set_offline(False)
    phone.page.wait_for_url("**/birth_place/", timeout=20_000)
    assert in_database(Draft.objects.get).answers["child_name"] == "Hoàng Gia Bảo Ngọc"

    answer_the_rest(phone)
    phone.at("papers")
    phone.page.locator("input[type=file]").set_input_files(
        {"name": "giay-chung-sinh.png", "mimeType": "image/png", "buffer": ONE_PIXEL}
    )
    phone.press("Tải lên, chọn thêm")
    phone.page.get_by_text("Bỏ tệp").wait_for()
    phone.looks("papers")
    phone.press("Tiếp tục")
    phone.at("check")
    phone.looks("check")
    phone.page.locator("#declared").check()
    phone.page.route("**/check/", lose_the_answer, times=1)
    phone.press("Nộp hồ sơ")
    phone.page.get_by_text("phần gửi được giữ trên máy này").wait_for()
    assert in_database(Case.objects.count) == 1
    phone.page.wait_for_url("**/filed/", timeout=25_000)
    phone.looks("filed")
    assert in_database(Case.objects.get).title == "Hoàng Gia Bảo Ngọc"


def three_dossiers(commune: Commune) -> tuple[str, str, str]:
    first, second, third = commune.files(paper=True), commune.files(), commune.files(paper=True)
    commune.does(first, "accept", "propose")
    commune.does(second, "request_supplement", **MISSING)
    commune.does(third, "accept", "propose", "sign", "hand_over")
    seal_facts(now=now())
    return first, second, third


def test_pages_are_clear_and_light_on_a_phone(phone, commune):
    first, second, third = in_database(lambda: three_dossiers(commune))
    for path, name in [
        ("/", "home"),
        ("/find/?q=giay+khai+sinh", "find"),
        ("/procedures/1.001193/", "procedure"),
        (f"/dossiers/{first}/", "dossier"),
        (f"/dossiers/{second}/", "dossier-waiting"),
        (f"/dossiers/{second}/supplement/", "supplement"),
        (f"/dossiers/{third}/", "dossier-done"),
        (f"/dossiers/{first}/withdraw/", "withdraw"),
        (f"/dossiers/{first}/proof/", "proof"),
        ("/my/dossiers/", "mine"),
        ("/track/", "track"),
    ]:
        phone.goes(path, name)
    stranger = phone.page.context.browser.new_context(viewport={"width": 360, "height": 760})
    phone.page = stranger.new_page()
    phone.goes(f"/track/{first}/", "tracked")
