"""What only a real browser can show: passkeys, and pages that fit a phone and fail no accessibility rule."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tinhso.platform.people import actions

from .conftest import COMMUNE, NOW, PASSWORD, PROVINCE

AXE = Path(__file__).parents[5] / "tests" / "vendor" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
pytestmark = pytest.mark.journey


@pytest.fixture
def people(places, transactional_db):
    return actions.load_demonstration_people(commune_key=COMMUNE, province_key=PROVINCE, now=NOW)


@pytest.fixture
def phone(live_server, officer, people):
    """A page of a phone 320 wide with a fingerprint reader; an officer with a password is there."""
    officer("kien", "leader", password=PASSWORD)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(base_url=live_server.url, viewport={"width": 320, "height": 700}, locale="vi-VN")
        reader = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": reader})
        yield page
        browser.close()


def check(page, width: int = 320) -> None:
    page.wait_for_load_state("load")
    found = page.evaluate(AXE.read_text() + ";axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def press(page, text: str) -> None:
    page.locator("main").get_by_role("button", name=text, exact=True).click()


def test_an_officer_adds_a_passkey_and_signs_in_with_it_alone(phone):
    phone.goto("/account/login/?next=/account/2fa/keys/add/")
    check(phone)
    phone.get_by_label("Tên đăng nhập").fill("kien")
    phone.get_by_label("Mật khẩu").fill(PASSWORD)
    press(phone, "Đăng nhập")
    check(phone)
    phone.get_by_label("Mật khẩu").fill(PASSWORD)
    press(phone, "Tiếp tục")
    check(phone)
    phone.get_by_label("Dùng khóa này để đăng nhập không cần mật khẩu").check()
    press(phone, "Thêm khóa")
    phone.wait_for_url("**/account/2fa/spare/")
    check(phone)
    phone.goto("/account/2fa/")
    check(phone)
    phone.goto("/account/logout/")
    press(phone, "Đăng xuất")

    phone.goto("/account/login/?next=/my/account/")
    press(phone, "Đăng nhập bằng khóa")

    phone.get_by_role("heading", name="Tài khoản của tôi").wait_for()
    assert "kien" in phone.locator("main").inner_text()
    check(phone)


def test_a_citizen_signs_in_on_a_phone(phone):
    phone.goto("/my/sights/")
    check(phone)
    press(phone, "Đăng nhập bằng VNeID")
    check(phone)
    phone.get_by_label("Vi Thị Lan").check()
    press(phone, "Đồng ý, đăng nhập")
    assert phone.url.endswith("/my/sights/")
    check(phone)
    phone.get_by_role("link", name="Vi Thị Lan").click()
    assert "Mức 1" in phone.locator("main").inner_text()
    check(phone)


def take_on(page, width: int) -> str:
    """An administrator makes an officer and looks at every page there is about one; the one-time password."""
    page.get_by_role("link", name="Thêm cán bộ").click()
    check(page, width)
    press(page, "Thêm cán bộ")
    check(page, width)
    page.get_by_label("Họ và tên").fill("Nông Văn Dũng")
    page.get_by_label("Tên đăng nhập").fill("dung.nv")
    page.get_by_label("Vị trí đầu tiên").select_option("leader")
    press(page, "Thêm cán bộ")
    check(page, width)
    password = page.locator("main code").nth(1).inner_text()
    page.get_by_role("link", name="Tôi đã chép lại").click()
    check(page, width)
    for way in ("Giao thêm vị trí", "Cho thôi giữ", "Quên mật khẩu: cấp mật khẩu mới", "Mất điện thoại hoặc khóa"):
        page.get_by_role("link", name=way).first.click()
        check(page, width)
        page.get_by_role("link", name="Thôi, quay lại").click()
    return password


def start_work(page, password: str, width: int) -> None:
    """The new officer replaces the one-time password."""
    page.goto("/account/login/?next=/work/delegations/")
    page.get_by_label("Tên đăng nhập").fill("dung.nv")
    page.get_by_label("Mật khẩu").fill(password)
    press(page, "Đăng nhập")
    check(page, width)
    page.get_by_label("Mật khẩu hiện tại").fill(password)
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    press(page, "Đổi mật khẩu")


@pytest.mark.parametrize("width", [320, 1280])
def test_an_administrator_takes_on_an_officer_who_starts_work_and_lends_a_post(phone, people, width):
    phone.set_viewport_size({"width": width, "height": 800})
    phone.goto("/sign-in/?next=/work/staff/")
    press(phone, "Lương Đức Toàn · vai administrator")
    check(phone, width)
    password = take_on(phone, width)
    phone.goto("/account/logout/")
    press(phone, "Đăng xuất")
    start_work(phone, password, width)

    phone.goto("/work/delegations/")
    check(phone, width)
    phone.get_by_role("link", name="vai leader, Xã Thử").click()
    check(phone, width)
    phone.get_by_label("Người được ủy quyền").select_option(label="Vi Thị Thu")
    phone.get_by_label("Đến hết ngày").fill(phone.get_by_label("Từ ngày").input_value())
    phone.get_by_label("Lý do").fill("Đi công tác")
    press(phone, "Ủy quyền")
    check(phone, width)
    assert "Người nhận: Vi Thị Thu" in phone.locator("main").inner_text()
    phone.get_by_role("link", name="Thu lại").click()
    check(phone, width)
    press(phone, "Thu lại")
    assert "Bạn chưa ủy quyền vị trí nào." in phone.locator("main").inner_text()
