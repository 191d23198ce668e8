"""From everyday words to a signed certificate, a figure on the board, and a proof that a stranger can check."""

import re
import time
from pathlib import Path

from journeys.birth import new_name
from journeys.place import COMMUNE, VERIFY_PDF

CHILD = new_name()
SEAL_WITHIN_SECONDS = 100
FIGURE_WITHIN_SECONDS = 40


def test_a_citizen_registers_a_birth_and_collects_the_certificate(
    place, portal, desk, handler, leader, board, tmp_path
):
    before, known = board.figure("on_time_rate"), board.dossiers_behind("on_time_rate")

    portal.finds("lam khai sinh cho con", "Đăng ký khai sinh")
    case = portal.files(child_name=CHILD)
    assert portal.sees(case).state == "Mới đăng ký"
    portal.looks("tracking")

    accepted_at_the_desk(desk, case)
    tells_why_that_day(portal, case)
    handler.opens(case)
    handler.does("propose", case)
    handler.looks("proposed")
    signed_by_the_leader(leader, case)
    desk.opens(case)
    desk.does("hand_over", case)
    desk.looks("handed-over")

    certificate_in_hand(portal, place, case, tmp_path)
    told_who_looked(portal, case)
    counted_on_the_board(board, before, known, case)
    proven_to_a_stranger(portal, place, case, tmp_path)


def accepted_at_the_desk(desk, case):
    assert any(CHILD in row for row in desk.waiting())
    desk.finds_in_inbox(CHILD)
    assert case in desk.page.url
    desk.looks("case")
    said = desk.reads()
    for filed in (CHILD, "Trạm y tế xã Đồng Đăng", "giay-chung-sinh", "Hoàng Thị Mai"):
        assert filed in said
    desk.does("accept", case)
    desk.looks("accepted")
    assert not any(CHILD in row for row in desk.waiting())


def tells_why_that_day(portal, case):
    seen = portal.sees(case)
    assert seen.state == "Đã tiếp nhận"
    assert re.search(r"Mã hồ sơ H\d\d\.\d+-\d{6}-\d{4}", seen.text)
    assert "Hẹn trả trước" in seen.text
    portal.page.get_by_text("Vì sao hẹn ngày này?").click()
    portal.looks("why-that-day")
    why = portal.page.locator("details", has_text="Vì sao hẹn ngày này?")
    said = [line.inner_text() for line in why.locator("ol li").all()]
    assert (said[0].split()[0], said[-1].split()[0]) == ("Nhận", "Hạn:")
    assert "hẹn trả" in why.locator("table.days td.days__day").last.inner_text()


def signed_by_the_leader(leader, case):
    assert leader.reads_draft(case).startswith(b"%PDF")
    leader.signs(case)
    leader.opens(case)
    leader.looks("case")


def certificate_in_hand(portal, place, case, folder):
    seen = portal.sees(case)
    assert seen.state == "Đã trả kết quả"
    portal.looks("result")
    certificate = portal.downloads("Giấy khai sinh", folder)
    assert certificate.read_bytes().startswith(b"%PDF")
    code, said = place.says(str(certificate), program=VERIFY_PDF)
    assert (code, said.split()[0]) == (0, "valid"), said
    forged = folder / "forged.pdf"
    forged.write_bytes(certificate.read_bytes().replace(b"/Type", b"/Tipe", 1))
    assert place.says(str(forged), program=VERIFY_PDF)[1].startswith("invalid")
    portal.rates(case, "Rất hài lòng")
    portal.looks("rated")
    assert "Bạn đã đánh giá hồ sơ này" in portal.sees(case).text


def told_who_looked(portal, case):
    lookers = " ".join(portal.lookers(case))
    portal.looks("who-looked")
    for name in ("Lộc Thị Hoa", "Nông Văn Thắng", "Hoàng Văn Kiên"):
        assert name in lookers


def counted_on_the_board(board, before, known, case):
    after = awaited(lambda: (now := board.figure("on_time_rate")) != before and now, FIGURE_WITHIN_SECONDS)
    assert after == (before[0] + 1, before[1] + 1)
    board.goes(f"/board/?unit={COMMUNE}")
    board.looks("board")
    assert board.dossiers_behind("on_time_rate") - known == {case}
    board.looks("behind-the-figure")
    board.page.locator(f'tbody a[href="/work/cases/{case}/"]').click()
    assert CHILD in board.reads()


def proven_to_a_stranger(portal, place, case, folder: Path):
    def sealed() -> bool:
        portal.goes(f"/dossiers/{case}/proof/")
        return "Tệp kiểm tra (JSON)" in portal.reads()

    awaited(sealed, SEAL_WITHIN_SECONDS)
    portal.looks("proof")
    proof = portal.downloads("Tệp kiểm tra (JSON)", folder)
    assert portal.downloads("Bản in (PDF), có mã QR", folder).read_bytes().startswith(b"%PDF")
    assert "Chứng thực đúng" in portal.checks(str(proof))
    portal.looks("verified")
    assert place.says("ledger", "check", str(proof))[0] == 0

    text = proof.read_text()
    changed = folder / "changed.json"
    changed.write_text(text.replace(CHILD, CHILD + " Bê"))
    assert changed.read_text() != text
    assert place.says("ledger", "check", str(changed))[0] != 0
    assert "Chứng thực không đúng" in portal.checks(str(changed))


def awaited(holds, seconds: float):
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(1)
    return found
