"""What the one script of the design system promises: nothing typed is lost, lists by keyboard, small photographs."""

import io
from typing import Any

import pytest
from PIL import Image

STATE = "[data-draft-state]"


@pytest.fixture
def form(design_site: Any, tab: Any) -> Any:
    """The gallery's form on a phone."""
    tab.goto(f"{design_site.address}/design/?page=parts")
    return tab


@pytest.fixture
def inbox(design_site: Any, tab: Any) -> Any:
    """The gallery's inbox on a desk."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{design_site.address}/design/?page=workspace")
    return tab


def until(tab: Any, state: str) -> str:
    tab.wait_for_selector(f"{STATE}[data-state={state}]", timeout=8000)
    return str(tab.inner_text(STATE))


def test_what_is_typed_is_saved_and_the_page_says_when(form: Any, design_site: Any) -> None:
    form.fill("#child_name", "Hoàng Thị Mai")
    assert until(form, "saved") == "Đã lưu lúc 10:42"
    assert design_site.drafts[-1]["child_name"] == ["Hoàng Thị Mai"]
    assert "idempotency_key" not in design_site.drafts[-1]
    assert form.evaluate("Object.keys(localStorage)") == []


def test_without_a_network_the_device_keeps_it_and_the_server_gets_it_later(form: Any, design_site: Any) -> None:
    form.context.set_offline(True)
    form.fill("#child_name", "Hoàng Thị Mai")
    assert until(form, "offline") == "Mất mạng: đã giữ trên máy này"
    form.context.set_offline(False)
    until(form, "saved")
    assert design_site.drafts[-1]["child_name"] == ["Hoàng Thị Mai"]


def test_a_closed_tab_loses_nothing(form: Any, design_site: Any) -> None:
    form.context.set_offline(True)
    form.fill("#child_name", "Hoàng Thị Mai")
    form.fill("#note", "Sinh tại nhà")
    form.check("#sex-2")
    form.uncheck("#delivery")
    form.select_option("#nation", "dao")
    form.context.set_offline(False)
    again = form.context.new_page()
    again.goto(form.url)
    assert again.input_value("#child_name") == "Hoàng Thị Mai"
    assert again.input_value("#note") == "Sinh tại nhà"
    assert again.is_checked("#sex-2")
    assert not again.is_checked("#delivery")
    assert again.input_value("#nation") == "dao"
    assert again.inner_text(STATE).startswith("Đã lấy lại những gì bạn nhập lúc")


def test_a_copy_on_the_device_never_replaces_a_newer_one_unasked(form: Any, design_site: Any) -> None:
    form.context.set_offline(True)
    form.fill("#child_name", "Mai cũ")
    form.evaluate("""() => { const key = Object.keys(localStorage)[0];
        localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), base: "0" })) }""")
    form.context.set_offline(False)
    again = form.context.new_page()
    again.goto(form.url)
    assert again.input_value("#child_name") == ""
    again.click("text=dùng bản trên máy này")
    assert again.input_value("#child_name") == "Mai cũ"


def test_an_expired_sign_in_keeps_what_was_typed(form: Any, design_site: Any) -> None:
    design_site.draft_answer = "401 Unauthorized"
    form.fill("#child_name", "Hoàng Thị Mai")
    assert "vẫn giữ trên máy này" in until(form, "expired")
    assert len(form.evaluate("Object.keys(localStorage)")) == 1


def test_what_is_sent_without_a_network_waits_and_arrives_once_with_its_key(form: Any, design_site: Any) -> None:
    form.fill("#child_name", "Hoàng Thị Mai")
    form.context.set_offline(True)
    form.click("text=Lưu, làm sau")
    until(form, "queued")
    assert design_site.filed == []
    form.context.set_offline(False)
    form.wait_for_selector("text=Không có trang này")
    assert [key for key, _ in design_site.filed] == ["gallery-1"]
    assert form.title().endswith("Đã nhận")
    assert form.evaluate("Object.keys(localStorage)") == []


def test_what_waits_survives_a_closed_tab_and_goes_with_the_same_key(form: Any, design_site: Any) -> None:
    form.fill("#child_name", "Hoàng Thị Mai")
    form.evaluate("document.querySelector('[name=idempotency_key]').value = 'first-key'")
    form.context.set_offline(True)
    form.click("text=Tiếp tục")
    until(form, "queued")
    form.close()
    form.context.set_offline(False)
    home = form.context.new_page()
    home.goto(f"{design_site.address}/design/?page=home")
    home.click("[data-draft-queue] a")
    home.wait_for_selector("text=Không có trang này")
    assert [key for key, _ in design_site.filed] == ["first-key"]


def test_sending_shows_the_answer_and_leads_the_reader_into_it(form: Any, design_site: Any) -> None:
    form.fill("#child_name", "Hoàng Thị Mai")
    form.click("text=Tiếp tục")
    form.wait_for_selector("text=Không có trang này")
    assert "Hoàng Thị Mai" in str(design_site.filed[0][1])
    assert form.evaluate("document.activeElement.id") == "main"


def test_signing_out_leaves_nothing_on_a_shared_phone(form: Any) -> None:
    form.context.set_offline(True)
    form.fill("#child_name", "Hoàng Thị Mai")
    assert len(form.evaluate("Object.keys(localStorage)")) == 1
    form.evaluate("""() => { const out = document.createElement("form"); out.dataset.signOut = ""; out.method = "post";
        document.body.append(out); out.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })) }""")
    assert form.evaluate("Object.keys(localStorage)") == []


def test_a_link_of_the_error_summary_leads_into_its_field(form: Any) -> None:
    assert form.evaluate("document.activeElement.className") == "govuk-error-summary"
    form.click(".govuk-error-summary a[href='#born_on']")
    assert form.evaluate("document.activeElement.id") == "born_on"


def test_a_list_is_walked_ticked_and_opened_by_keyboard(inbox: Any) -> None:
    inbox.keyboard.press("j")
    inbox.keyboard.press("j")
    assert inbox.evaluate("document.activeElement.textContent") == "Chứng thực bản sao"
    inbox.keyboard.press("k")
    inbox.keyboard.press("x")
    assert inbox.is_checked("[data-pick] >> nth=0")
    assert inbox.inner_text("[data-count]") == "4 việc được chọn"
    inbox.keyboard.press("/")
    assert inbox.evaluate("document.activeElement.matches('[data-search]')")
    inbox.keyboard.type("jx")
    assert inbox.input_value("[data-search]") == "jx"


def test_single_keys_can_be_switched_off(inbox: Any) -> None:
    inbox.click("[data-shortcuts]")
    assert inbox.inner_text("[data-shortcuts]") == "Phím tắt: đang tắt"
    inbox.keyboard.press("j")
    assert inbox.evaluate("document.activeElement.matches('[data-shortcuts]')")


def test_all_are_ticked_at_once(inbox: Any) -> None:
    inbox.check("[data-pick-all]")
    assert inbox.inner_text("[data-count]") == "9 việc được chọn"
    inbox.uncheck("[data-pick-all]")
    assert inbox.inner_text("[data-count]") == "Chưa chọn việc nào"


def test_a_photograph_is_made_upright_and_small_before_it_travels(form: Any) -> None:
    picture = Image.effect_noise((3000, 2000), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=95, exif=exif)
    form.set_input_files("#proof", {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()})
    form.locator("[data-file-state=proof]", has_text="thu nhỏ").wait_for()
    shape = form.evaluate(
        "createImageBitmap(document.querySelector('#proof').files[0], { imageOrientation: 'none' }).then((one) => [one.width, one.height])"
    )
    assert shape == [1067, 1600]
    assert form.evaluate("document.querySelector('#proof').files[0].size") < len(held.getvalue())


def test_a_file_over_the_limit_is_refused_at_once_in_words(form: Any) -> None:
    form.set_input_files("#proof", {"name": "to.pdf", "mimeType": "application/pdf", "buffer": b"x" * 10_500_000})
    form.locator("[data-file-state=proof]", has_text="quá mức 10 MB").wait_for()
    assert form.evaluate("document.querySelector('#proof').files.length") == 0


def test_the_keys_are_told_on_the_screen_and_every_row_is_said(inbox: Any) -> None:
    inbox.keyboard.press("j")
    inbox.keyboard.press("j")
    assert inbox.text_content("[data-row-said]").startswith("Dòng 2 trên 9: 261121-0042, Chứng thực bản sao")
    inbox.keyboard.press("?")
    assert inbox.is_visible("dialog[data-keys]")
    inbox.keyboard.press("j")
    assert inbox.text_content("[data-row-said]").startswith("Dòng 2 ")  # keys rest while the list of keys is open
    inbox.keyboard.press("Escape")
    assert not inbox.is_visible("dialog[data-keys]")
    assert inbox.evaluate("document.activeElement.textContent") == "Chứng thực bản sao"


def test_how_many_are_picked_stands_beside_the_verb(inbox: Any) -> None:
    verb = "getComputedStyle(document.querySelector('[data-actions] button[form]'), '::after').content"
    inbox.click("[data-pick-toggle]")
    assert inbox.inner_text("[data-pick-toggle]") == "Chọn tất cả (9)"
    assert inbox.inner_text("[data-count]") == "Chưa chọn việc nào"
    inbox.click("[data-pick-toggle]")
    assert inbox.inner_text("[data-pick-toggle]") == "Bỏ chọn tất cả"
    assert inbox.evaluate(verb).startswith('"(9)"')  # what follows the slash is its silence for screen readers
