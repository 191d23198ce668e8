"""A dossier that will take longer: the reason, the apology, the new day, once and no more."""

from journeys.birth import new_name

REASON = "Phải đối chiếu với sổ gốc ở kho lưu trữ"


def test_the_day_of_return_is_put_off_once_with_an_apology(portal, desk, handler, tmp_path):
    case = portal.has_filed(child_name=new_name())
    desk.does("accept", case)
    before = portal.sees(case).text

    handler.does("extend", case, reasons=REASON, extension_days="2")
    handler.looks("put-off")

    seen = portal.sees(case).text
    portal.looks("apology")
    assert REASON in seen
    assert "xin lỗi" in seen.lower()
    assert seen != before
    assert portal.downloads("Xin lỗi", tmp_path).read_bytes().startswith(b"%PDF")

    handler.goes(f"/work/cases/{case}/acts/extend/")
    if "/acts/extend/" in handler.page.url and handler.page.locator('main [name="reasons"]').count():
        handler.fills_in({"reasons": "Lần nữa", "extension_days": "2"})
        handler.press("Xin lỗi và hẹn lại")
    handler.looks("not-twice")
    assert "một lần" in handler.reads() or "đã" in handler.reads()
