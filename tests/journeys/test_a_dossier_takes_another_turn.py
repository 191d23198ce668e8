"""A dossier sent to the wrong commune is passed on; one that was over is opened again after a complaint."""

from journeys.birth import new_name

WRONG = "Gia đình cư trú ở xã khác."
COMPLAINT = "Khiếu nại đúng: họ tên mẹ ghi thiếu chữ lót."


def test_a_dossier_at_the_wrong_commune_goes_to_the_right_one(portal, desk):
    case = portal.has_filed(child_name=new_name())
    desk.opens(case)
    desk.page.locator(".actions").get_by_role("link", name="Chuyển đơn vị khác").click()
    desk.looks("to-another-unit")
    desk.page.get_by_label("Chuyển tới đơn vị nào").select_option(index=3)
    where = desk.page.get_by_label("Chuyển tới đơn vị nào").locator("option:checked").inner_text()
    desk.fills_in({"reasons": WRONG})
    desk.press("Chuyển đơn vị khác")
    desk.page.wait_for_url("**/work/moved/")
    desk.looks("gone")
    row = desk.page.locator("tbody tr", has_text=case)
    assert WRONG in row.inner_text()
    assert where.split(" (")[0] in row.inner_text()

    portal.goes(f"/dossiers/{case}/")
    portal.awaits(WRONG)
    portal.awaits("Chuyển đơn vị khác")
    portal.looks("passed-on")


def test_a_complaint_opens_a_dossier_again_and_what_was_given_still_holds(portal, desk, handler, leader):
    case = portal.has_filed(child_name=new_name())
    desk.does("accept", case)
    handler.does("propose", case)
    leader.signs(case)
    desk.opens(case)
    desk.does("hand_over", case)

    leader.opens(case)
    leader.does("reopen", case, reasons=COMPLAINT)
    leader.looks("open-again")
    portal.goes(f"/dossiers/{case}/")
    portal.awaits(COMPLAINT)
    portal.looks("open-again")
    portal.goes("/my/papers/")
    portal.awaits("Giấy khai sinh")
    handler.opens(case)
    assert "Trình ký" in handler.offered()
