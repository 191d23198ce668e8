"""Money on its way: the bank tells late, tells of two payments, or of one that names no dossier; and where it ends up."""

from journeys.birth import new_name
from journeys.citizen import Portal

COPIES = {"copies_wanted": "3"}
DUE = "Còn phải nộp 24.000 đ"


def owes(portal: Portal, case: str) -> str:
    """The page of payment once the worker has written down what is owed; the reference to pay with."""
    for _ in range(30):
        portal.goes(f"/my/payments/{case}/")
        if DUE in portal.reads():
            break
        portal.page.wait_for_timeout(500)
    assert DUE in portal.reads()
    return portal.page.locator(".receipt__code").inner_text()


def pays(portal: Portal, way: str, *, reference: str | None = None) -> None:
    """From the page of payment to the simulated bank, and pay in that way."""
    portal.follows("trả thử ở ngân hàng mô phỏng")
    portal.page.get_by_label(way, exact=True).check()
    if reference is not None:
        portal.page.locator('[name="reference"]').fill(reference)
    portal.press("Chuyển tiền")
    portal.awaits("Ngân hàng mô phỏng đã chuyển tiền")


def test_a_payment_that_the_bank_tells_late_finds_its_dossier(portal, desk, tmp_path):
    portal.begins()
    portal.takes_pictures = False
    portal.fills_everything(child_name=new_name(), **COPIES)
    portal.attaches_a_photograph()
    portal.takes_pictures = True
    portal.at("check")
    assert "24.000 đ" in portal.reads()
    assert "Đăng ký đúng hạn 60 ngày" in portal.reads()
    case = portal.sends()

    reference = owes(portal, case)
    portal.looks("to-pay")
    assert "Số bản: 3 × 8.000 đ = 24.000 đ" in portal.reads()
    picture = portal.page.locator("main img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")

    pays(portal, "Đúng, nhưng ngân hàng báo muộn")
    portal.looks("bank")
    assert owes(portal, case) == reference
    desk.goes("/work/payments/")
    assert reference not in desk.reads()

    portal.goes("/simulators/bank/")
    portal.press("Hệ thống hỏi ngân hàng")
    portal.goes(f"/my/payments/{case}/")
    assert "Đã xong phần tiền" in portal.reads()
    assert portal.downloads("BL-", tmp_path).read_bytes().startswith(b"%PDF")
    portal.looks("paid-with-receipt")
    assert "đã nộp" in portal.sees(case).text
    portal.looks("dossier")

    desk.goes(f"/work/payments/cases/{case}/")
    desk.looks("case-paid")
    assert "đã khớp" in desk.reads()


def test_what_was_paid_twice_is_given_back_by_two_people(portal, desk, leader):
    case = portal.has_filed(child_name=new_name(), **COPIES)
    owes(portal, case)
    pays(portal, "Trả hai lần")
    portal.goes(f"/my/payments/{case}/")
    assert "Bạn đã nộp thừa 24.000 đ" in portal.reads()
    portal.looks("paid-twice")

    desk.goes("/work/payments/?state=doubtful")
    desk.looks("doubtful")
    desk.page.locator("main tbody a").first.click()
    assert "có thể nộp hai lần" in desk.reads()
    desk.page.locator('[name="reason"]').fill("Nộp hai lần")
    desk.press("Đề nghị hoàn tiền")
    desk.awaits("người khác phải duyệt")
    desk.looks("refund-proposed")
    assert desk.page.get_by_role("button", name="Duyệt hoàn tiền").count() == 0

    leader.goes("/work/payments/")
    leader.looks("reconciliation")
    leader.page.locator("section[aria-labelledby=refunds] a").first.click()
    leader.press("Duyệt hoàn tiền")
    leader.awaits("Đã hoàn")
    leader.looks("refund-done")
    portal.goes(f"/my/payments/{case}/")
    assert "nộp thừa" not in portal.reads()


def test_a_payment_without_a_reference_is_matched_by_hand(portal, desk):
    case = portal.has_filed(child_name=new_name(), **COPIES)
    reference = owes(portal, case)
    pays(portal, "Quên ghi mã nộp tiền")

    desk.goes("/work/payments/?state=unmatched")
    desk.page.locator("main tbody a").first.click()
    assert "đúng số tiền, đúng tên người nộp" in desk.reads()
    desk.looks("suggested")
    desk.page.locator('aside form [name="reference"]').last.fill(reference)
    desk.press("Ghép")
    desk.awaits("Đã ghép 24.000 đ")
    desk.looks("matched")
    portal.goes(f"/my/payments/{case}/")
    assert "Đã xong phần tiền" in portal.reads()


def test_the_desk_takes_cash(portal, desk):
    case = portal.has_filed(child_name=new_name(), **COPIES)
    owes(portal, case)
    desk.opens(case)
    desk.follows("Thu tiền, miễn, giảm")
    desk.looks("cash")
    desk.press("Đã thu tiền")
    desk.awaits("Đã thu 24.000 đ tiền mặt")
    portal.goes(f"/my/payments/{case}/")
    assert "tiền mặt" in portal.reads()
