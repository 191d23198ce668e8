"""Somebody who cannot file alone: at the door with a helper, at the desk with an officer; the identity stays theirs."""

from journeys.birth import new_name
from journeys.person import DESK
from journeys.serving import Serving

PAO = "Lộc Văn Páo"


def test_a_helper_files_for_a_neighbour_who_follows_it_himself(somebody, portal, desk):
    helper = somebody(Serving, "helper", width=360)
    helper.signs_in("Nông Thị Dung")
    helper.serves()
    assert PAO in helper.reads()
    case = helper.files_for_somebody(child_name=new_name())
    assert PAO in helper.reads()
    helper.goes(f"/work/cases/{case}/")
    assert "không" in helper.reads().lower()

    assert "Nông Thị Dung" in desk.opens(case)
    desk.looks("who-helped")

    portal.goes(f"/dossiers/{case}/")
    portal.signs_in(PAO)
    assert "Nông Thị Dung" in portal.sees(case).text
    portal.looks("helped")
    portal.goes("/my/sights/")
    assert "Nộp hồ sơ giúp bạn" in portal.reads()


def test_the_desk_takes_a_visitors_dossier_in_at_once(somebody):
    desk = somebody(Serving, "counter", width=DESK)
    desk.signs_in("Lộc Thị Hoa")
    desk.serves()
    case = desk.files_for_somebody(child_name=new_name())
    desk.follows("Mở hồ sơ để tiếp nhận")
    desk.page.wait_for_url(f"**/work/cases/{case}/")
    assert "Tại quầy" in desk.reads() or "quầy" in desk.reads()
    desk.does("accept", case)
    desk.looks("accepted")


def test_a_name_that_does_not_fit_its_number_is_refused(somebody):
    desk = somebody(Serving, "wrong-name", width=DESK)
    desk.signs_in("Lộc Thị Hoa")
    desk.serves(name="Nguyễn Văn Lạ")
    assert "Họ tên không khớp với số định danh này." in desk.reads()
    desk.looks("refused")
