"""Leaders follow dossiers from the province down, see where they wait, and are warned; nobody else sees those pages."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from tinhso.modules.government.onestop.tests.conftest import COMMUNE, FRIDAY, OTHER, PROVINCE, appoint
from tinhso.platform.clock import now as read_clock
from tinhso.platform.people.models import Sight
from tinhso.platform.watch import actions as watch

pytestmark = pytest.mark.django_db
TEXTS = {
    "name": {"vi": "Hỏi giấy tờ hai lần", "en": "Asked twice"},
    "advice": {"vi": "Xem lại.", "en": "Look."},
    "source": "thử",
}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def province(commune):
    """A client of the chairman of the province above the commune."""
    return commune.client_of(appoint("Nguyễn Thanh Hà", "leader", PROVINCE))


def month_ago():
    return read_clock() - timedelta(days=30)


def test_the_province_sees_each_unit_with_late_ones_and_goes_down_to_the_dossier(commune, province):
    late, new = commune.files(now=month_ago()), commune.files()
    commune.does(late, "accept", now=month_ago())
    page = text(province.get("/work/progress/"))
    assert "Xã Thử" in page
    assert "2, trễ 1" in page
    assert "bars__part--late" in page
    assert f"/work/progress/?unit={COMMUNE.replace('@', '%40')}" in page
    below = text(province.get("/work/progress/", {"unit": COMMUNE}))
    assert below.index(f"/work/cases/{late}/") < below.index(f"/work/cases/{new}/")
    case = province.get(f"/work/cases/{late}/")
    assert case.status_code == 200
    assert Sight.objects.filter(case_id=late, purpose="oversight").exists()


def test_a_unit_sees_its_dossiers_by_step_and_whom_they_wait_for(commune):
    waiting = commune.files()
    commune.does(waiting, "request_supplement", reasons="Ảnh mờ.", papers=[{"code": "birth_proof", "why": "mờ"}])
    page = text(commune.client_of(commune.leader).get("/work/progress/"))
    assert "Chờ bổ sung trước khi tiếp nhận" in page
    assert "Đang chờ ai" in page
    assert "Người nộp" in page


def test_what_was_resolved_is_not_among_the_most_urgent(commune):
    done = commune.files(now=month_ago())
    commune.does(done, "accept", "propose", "sign", now=month_ago())
    client = commune.client_of(commune.leader)
    assert f"/work/cases/{done}/" not in text(client.get("/work/progress/"))
    assert f"/work/cases/{done}/" in text(client.get("/work/unit/"))


def test_the_table_behind_the_picture_can_be_taken_away(commune, province):
    late = commune.files(now=month_ago())
    commune.does(late, "accept", now=month_ago())
    sheet = text(province.get("/work/progress/csv/"))
    head, *rows = csv.reader(io.StringIO(sheet.removeprefix("\ufeff")))
    assert head[:2] == ["Đơn vị", "Trễ"]
    assert rows == [["Xã Thử", "1", "0", "0", "0", "0", "0", "0", "1", "30"]]
    book = load_workbook(io.BytesIO(province.get("/work/progress/xlsx/").content))
    assert [cell.value for cell in book["Tiến độ"][2]][:2] == ["Xã Thử", 1]


def test_warnings_stand_in_the_inbox_and_are_counted_for_the_leader(commune, province):
    public_id = commune.files()
    commune.does(public_id, "accept", now=FRIDAY)
    table = {
        "code": "left", "looks_at": "time_left", "working_hours": 200, "states": ["accepted"],
        "valid_from": "2025-07-01", **TEXTS,
    }  # fmt: skip
    watch.load_rules(tables=[table], now=FRIDAY)
    watch.evaluate_rules(now=FRIDAY)
    inbox = text(commune.client_of(commune.handler).get("/work/"))
    assert "có cảnh báo" in inbox
    assert "Hỏi giấy tờ hai lần" in inbox
    assert "có cảnh báo" not in text(commune.client_of(commune.desk).get("/work/"))
    assert "Xem lại." in text(commune.client_of(commune.handler).get(f"/work/cases/{public_id}/"))
    above = text(province.get("/work/progress/", {"rule": "left"}))
    assert f"/work/cases/{public_id}/" in above
    assert commune.mai.name not in above


def test_the_load_tells_what_is_held_and_which_step_eats_the_time(commune):
    for days in (1, 2, 3):
        case = commune.files(now=FRIDAY)
        commune.does(case, "accept", now=FRIDAY)
        commune.does(case, "propose", now=FRIDAY + timedelta(days=days))
    watch.count_paces(now=FRIDAY + timedelta(days=4))
    page = text(commune.client_of(commune.leader).get("/work/load/"))
    assert "trung vị 2 ngày" in page
    assert "Đã tiếp nhận" in page
    assert "Trình ký kết quả" in page
    assert "Trong ngày làm việc" in page  # the limit of the procedure beside its pace
    sheet = text(commune.client_of(commune.leader).get("/work/load/csv/"))
    assert "Đăng ký khai sinh,Đã tiếp nhận,3" in sheet


def test_who_finished_how_much_is_for_the_leader_of_that_unit_alone(commune, province):
    case = commune.files(now=FRIDAY)
    commune.does(case, "accept", now=FRIDAY)
    watch.count_paces(now=FRIDAY + timedelta(days=1))
    assert commune.desk.name in text(commune.client_of(commune.leader).get("/work/load/"))
    assert commune.desk.name in text(commune.client_of(commune.officers["administrator"]).get("/work/load/"))
    above = province.get("/work/load/", {"unit": COMMUNE})
    assert above.status_code == 200
    assert commune.desk.name not in text(above)


@pytest.mark.parametrize("role", ["receptionist", "handler", "clerk"])
@pytest.mark.parametrize("page", ["progress/", "progress/csv/", "progress/xlsx/", "load/", "load/csv/", "load/xlsx/"])
def test_those_who_lead_nothing_have_no_such_pages(commune, role, page):
    assert commune.client_of(commune.officers[role]).get(f"/work/{page}").status_code == 403


@pytest.mark.parametrize("unit", [OTHER, PROVINCE, "no-such-unit", "99999@2025-07-01", "\x00"])
def test_nobody_looks_at_a_unit_that_is_not_below_them(commune, unit):
    client = commune.client_of(commune.leader)
    for page in ("progress/", "progress/csv/", "load/", "load/xlsx/"):
        assert client.get(f"/work/{page}", {"unit": unit}).status_code == 403


def test_these_pages_ask_the_database_little_however_many_units_there_are(
    commune, province, django_assert_max_num_queries
):
    for _ in range(3):
        commune.does(commune.files(), "accept")
    province.get("/work/progress/")
    with django_assert_max_num_queries(24):
        province.get("/work/progress/")
    with django_assert_max_num_queries(24):
        province.get("/work/load/")
