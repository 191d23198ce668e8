"""What leaders and administrators watch: open dossiers by state, units below, and those nobody holds."""

from datetime import timedelta

import pytest

from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, PROVINCE, appoint
from tinhso.platform.cases.models import WorkItem
from tinhso.platform.clock import now as read_clock

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_a_leader_sees_every_open_dossier_of_the_unit_by_state(commune):
    new, accepted = commune.files(), commune.files()
    commune.does(accepted, "accept")
    over = commune.files()
    commune.does(over, "decline", reasons="Sai nơi nộp.")
    client = commune.client_of(commune.leader)
    page = text(client.get("/work/unit/"))
    assert new in page
    assert f"/work/cases/{accepted}/" in page
    assert over not in page
    only_new = text(client.get("/work/unit/", {"unit": COMMUNE, "state": "registered"}))
    assert new in only_new
    assert f"/work/cases/{accepted}/" not in only_new


def test_late_dossiers_are_counted_and_stand_first(commune):
    month_ago = read_clock() - timedelta(days=30)
    late, new = commune.files(now=month_ago), commune.files()
    commune.does(late, "accept", now=month_ago)
    page = text(commune.client_of(commune.leader).get("/work/unit/"))
    assert "(1 trễ)" in page
    assert page.index(f"/work/cases/{late}/") < page.index(f"/work/cases/{new}/")


def test_a_leader_of_the_province_sees_its_communes_and_goes_down_into_one(commune):
    public_id = commune.files()
    client = commune.client_of(appoint("Nguyễn Thanh Hà", "leader", PROVINCE))
    page = text(client.get("/work/unit/"))
    assert "Xã Thử" in page
    assert "Xã Khác" not in page  # nothing is open there
    below = text(client.get("/work/unit/", {"unit": COMMUNE}))
    assert public_id in below
    assert "Lên đơn vị cấp trên" in below


@pytest.mark.parametrize("unit", [OTHER, PROVINCE, "no-such-unit", "90001", "99999@2025-07-01", "\x00"])
def test_nobody_watches_over_a_unit_that_is_not_below_them(commune, unit):
    assert commune.client_of(commune.leader).get("/work/unit/", {"unit": unit}).status_code == 403


@pytest.mark.parametrize("role", ["receptionist", "handler", "clerk"])
def test_those_who_lead_nothing_have_no_such_list(commune, role):
    client = commune.client_of(commune.officers[role])
    assert client.get("/work/unit/").status_code == 403
    assert client.get("/work/hanging/").status_code == 403


def test_an_administrator_sees_what_nobody_holds_and_what_to_do(commune):
    public_id = commune.files()
    client = commune.client_of(commune.officers["administrator"])
    assert "Mọi hồ sơ đều có người giữ" in text(client.get("/work/hanging/"))
    WorkItem.objects.filter(case__public_id=public_id).update(closed_at=read_clock())
    page = text(client.get("/work/hanging/"))
    assert public_id in page
    assert "Không ai giữ và cũng không chờ ai." in page
    assert "Giao lại cho một vai trò của đơn vị" in page
    assert "không rõ ai giữ" in text(client.get("/work/"))
    of_other = commune.client_of(appoint("Bế Minh Tuấn", "administrator", OTHER))
    assert public_id not in text(of_other.get("/work/hanging/"))


@pytest.mark.parametrize("after", ["x", "infinity~x", "2026~5", "'; drop table~1"])
def test_an_odd_key_of_the_list_is_its_first_page(commune, after):
    public_id = commune.files()
    assert public_id in text(commune.client_of(commune.leader).get("/work/unit/", {"after": after}))


def test_names_in_lists_leave_a_trace_that_the_applicant_can_read(commune):
    commune.files()
    commune.client_of(commune.desk).get("/work/")
    commune.client_of(commune.leader).get("/work/unit/")
    page = commune.client_of(commune.mai).get("/my/sights/").content.decode()
    assert f"{commune.desk.name}, Xã Thử · việc của cán bộ" in page
    assert f"{commune.leader.name}, Xã Thử · hồ sơ đang mở của đơn vị" in page
