"""The inbox and the page of a case as officers use them: what is shown, to whom, and the trace it leaves."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, PROVINCE, appoint
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock
from tinhso.platform.people.queries import list_sights

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def statements(client, address: str) -> int:
    client.get(address)  # what is kept in the process is kept now
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_what_was_filed_lies_in_the_inbox_of_the_desk_and_of_nobody_else(commune):
    public_id = commune.files()
    page = text(commune.client_of(commune.desk).get("/work/"))
    assert f"/work/cases/{public_id}/" in page
    assert "Hoàng Gia Bảo" in page
    assert public_id not in text(commune.client_of(commune.handler).get("/work/"))


def test_work_without_a_deadline_waits_since_then_and_is_no_deadline(commune):
    commune.files()
    page = text(commune.client_of(commune.desk).get("/work/"))
    assert re.search(r'<tbody[^>]* id="undated".*Chưa tính hạn, chờ lâu nhất đứng đầu</span> <b class="num">1</b>', page, re.DOTALL)  # fmt: skip
    assert re.search(r'data-label="Chưa có hạn" class="soft">chờ từ ', page)
    assert 'id="late"' not in page


def test_late_work_stands_first_under_its_own_heading_and_the_count_leads_there(commune):
    long_ago = read_clock() - timedelta(days=20)
    late, fresh = commune.files(now=long_ago, child_name="Hoàng Văn Trễ"), commune.files(child_name="Hoàng Văn Mới")
    commune.does(late, "accept", now=long_ago + timedelta(hours=1))
    commune.does(fresh, "accept")
    page = text(commune.client_of(commune.handler).get("/work/"))
    heading = re.search(r'id="late".*?Quá hạn</span> <b class="num">1</b>', page, re.DOTALL)
    assert heading
    assert heading.end() < page.index("Hoàng Văn Trễ") < page.index("Hoàng Văn Mới")
    assert '<a class="counts__item" href="#late"><b class="text-late">1</b>quá hạn</a>' in page


def test_an_officer_starts_at_the_inbox(commune):
    from tinhso.platform.people.pages.doors import home_of

    assert home_of(commune.desk) == "/work/"


def test_the_inbox_goes_on_page_by_page_without_losing_or_repeating_work(commune):
    filed = {commune.files(child_name=f"Hoàng Văn {number}") for number in ("Một", "Hai", "Ba")}
    from tinhso.modules.government.onestop.pages.workspace import read_key, write_key

    first = queries.list_inbox(commune.desk, limit=2)
    second = queries.list_inbox(commune.desk, limit=2, after=read_key(write_key(first.after)))
    assert {row.public_id for row in (*first.rows, *second.rows)} == filed
    assert len(first.rows) + len(second.rows) == 3


@pytest.mark.parametrize("after", ["x", "~", "2026-01-01~5", "2026-01-01T00:00:00+00:00~x", "9" * 200, "\x00~1"])
def test_an_odd_key_is_the_first_page(commune, after):
    public_id = commune.files()
    assert public_id in text(commune.client_of(commune.desk).get("/work/", {"after": after}))


def test_work_is_shown_for_one_role_or_for_all(commune):
    both = appoint("Vi Thị Thu", "receptionist", COMMUNE)
    from tinhso.modules.government.onestop.tests.conftest import START, read_clock
    from tinhso.platform.people.actions import appoint as give_post
    from tinhso.platform.people.queries import find_officer_actor
    from tinhso.platform.people.rules import SYSTEM

    give_post(officer_code=both.code, unit_key=COMMUNE, role="handler", valid_from=START, actor=SYSTEM, now=START)
    new, accepted = commune.files(), commune.files()
    commune.does(accepted, "accept")
    client = commune.client_of(find_officer_actor(both.code, read_clock()))
    page = text(client.get("/work/"))
    assert new in page
    assert accepted in page
    assert "Mọi vai trò" in page
    assert accepted not in text(client.get("/work/", {"role": "receptionist"}))
    assert new not in text(client.get("/work/", {"kind": "opinion"}))


SEES = {"receptionist": 200, "handler": 200, "leader": 200, "clerk": 200, "administrator": 200}


@pytest.mark.parametrize("page", ["", "flow/"])
@pytest.mark.parametrize("role", SEES)
def test_every_officer_of_the_unit_may_open_its_cases(commune, role, page):
    public_id = commune.files()
    assert commune.client_of(commune.officers[role]).get(f"/work/cases/{public_id}/{page}").status_code == 200


@pytest.mark.parametrize(
    ("role", "unit_key", "status"),
    [
        ("leader", PROVINCE, 200),
        ("administrator", PROVINCE, 200),
        ("handler", PROVINCE, 403),
        ("receptionist", OTHER, 403),
        ("leader", OTHER, 403),
    ],
)
def test_from_elsewhere_only_those_above_read_and_nobody_acts(commune, role, unit_key, status):
    public_id = commune.files()
    stranger = commune.client_of(appoint("Bế Minh Tuấn", role, unit_key))
    answer = stranger.get(f"/work/cases/{public_id}/")
    assert answer.status_code == status
    page = text(answer)
    if status == 200:
        assert "chỉ đọc" in page
        assert f"/work/cases/{public_id}/acts/" not in page
    else:
        assert "Xã Thử" in page
        assert "Hoàng Gia Bảo" not in page
    stranger.post(f"/work/cases/{public_id}/acts/accept/")
    assert queries.get_case(public_id).state.code == "registered"


def test_the_applicant_and_passers_by_have_no_place_at_the_desk(commune, client):
    public_id = commune.files()
    for address in ("/work/", f"/work/cases/{public_id}/", "/work/sign/", "/work/unit/", "/work/hanging/"):
        assert commune.client_of(commune.mai).get(address).status_code == 403
        assert client.get(address).status_code == 302


def test_a_case_that_is_none_is_not_found(commune):
    assert commune.client_of(commune.desk).get("/work/cases/TS-0000-0000-00/").status_code == 404


def test_the_page_of_a_case_shows_answers_papers_history_and_acts_in_words(commune):
    public_id = commune.files(paper=True)
    commune.does(public_id, "accept")
    page = text(commune.client_of(commune.handler).get(f"/work/cases/{public_id}/"))
    for said in (
        "Đăng ký khai sinh: Hoàng Gia Bảo", "Trung tâm Y tế khu vực Đồng Đăng", "05/11/2026", "giay-chung-sinh.png",
        "Vì sao hẹn ngày này?", "Nộp hồ sơ", "Tiếp nhận", "Lộc Thị Hoa", "Trình ký", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ):  # fmt: skip
        assert said in page
    assert "Ký Giấy khai sinh" not in page


def test_a_paper_that_is_missing_is_named(commune):
    page = text(commune.client_of(commune.desk).get(f"/work/cases/{commune.files()}/"))
    assert "thiếu" in page


def test_opening_a_case_is_a_look_that_the_applicant_sees_once(commune):
    public_id = commune.files(paper=True)
    client = commune.client_of(commune.desk)
    for _ in range(2):
        client.get(f"/work/cases/{public_id}/")
    (sight,) = list_sights(commune.mai.code).rows
    assert (sight.who_name, sight.case_id, sight.purpose, sight.unit_key) == (
        "Lộc Thị Hoa", public_id, "receive_case", COMMUNE,
    )  # fmt: skip
    commune.client_of(commune.leader).get(f"/work/cases/{public_id}/")
    assert [row.purpose for row in list_sights(commune.mai.code).rows] == ["sign_result", "receive_case"]


def test_a_refused_look_leaves_no_sight_and_shows_nothing(commune):
    public_id = commune.files()
    commune.client_of(appoint("Bế Minh Tuấn", "handler", OTHER)).get(f"/work/cases/{public_id}/")
    assert list_sights(commune.mai.code).rows == ()


def test_a_paper_is_served_to_those_who_may_see_the_case_and_the_look_is_kept(commune):
    public_id = commune.files(paper=True)
    (paper,) = queries.list_papers(queries.get_case(public_id).case_id)
    address = f"/work/cases/{public_id}/papers/{paper.file_sha256}/"
    answer = commune.client_of(commune.desk).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content)[1:4] == b"PNG"
    assert len(list_sights(commune.mai.code).rows) == 1
    stranger = commune.client_of(appoint("Bế Minh Tuấn", "handler", OTHER))
    assert stranger.get(address).status_code == 403


def test_a_file_of_another_case_is_not_found_through_this_one(commune):
    mine, other = commune.files(), commune.files(paper=True)
    (paper,) = queries.list_papers(queries.get_case(other).case_id)
    answer = commune.client_of(commune.desk).get(f"/work/cases/{mine}/papers/{paper.file_sha256}/")
    assert answer.status_code == 404


def test_search_leads_from_a_code_or_tracking_id_to_the_case_however_it_was_typed(commune):
    public_id = commune.files()
    code = commune.does(public_id, "accept").code
    client = commune.client_of(commune.handler)
    for typed in (public_id, f" {public_id.lower().replace('-', ' ')} ", code, code.lower()):
        answer = client.get("/work/find/", {"q": typed})
        assert answer.status_code == 302
        assert answer["Location"] == f"/work/cases/{public_id}/"
    nothing = client.get("/work/find/", {"q": "<b>TS-9999</b>"})
    assert nothing.status_code == 404
    assert "&lt;b&gt;" in text(nothing)
    stranger = commune.client_of(appoint("Bế Minh Tuấn", "handler", OTHER))
    assert stranger.get("/work/find/", {"q": public_id}).status_code == 403


def test_search_leads_from_a_personal_number_to_that_persons_dossiers_here_and_the_person_sees_it(commune):
    public_id = commune.files()
    code = commune.does(public_id, "accept").code
    answer = commune.client_of(commune.handler).get("/work/find/", {"q": "0201 9500 4817"})
    assert answer.status_code == 200
    assert code in text(answer)
    assert [row.purpose for row in list_sights(commune.mai.code).rows] == ["search"]

    elsewhere = commune.client_of(appoint("Bế Minh Tuấn", "handler", OTHER))
    answers = [elsewhere.get("/work/find/", {"q": number}) for number in ("020195004817", "020195004818")]
    assert [each.status_code for each in answers] == [404, 404]
    assert "Hoàng" not in text(answers[0])


def test_the_inbox_asks_the_database_as_often_for_ten_pieces_of_work_as_for_two(commune):
    commune.files(), commune.files()
    client = commune.client_of(commune.desk)
    for_two = statements(client, "/work/")
    for _ in range(8):
        commune.files()
    assert statements(client, "/work/") == for_two
    assert for_two <= 14


def test_the_page_of_a_case_asks_as_often_after_many_acts_as_after_one(commune):
    short, long = commune.files(paper=True), commune.files(paper=True)
    commune.does(short, "accept")
    commune.does(long, "accept", "propose")
    for _ in range(2):
        commune.does(long, "send_back", reasons="Sửa quê quán")
        commune.does(long, "propose")
    client = commune.client_of(commune.leader)
    for_short = statements(client, f"/work/cases/{short}/")
    assert statements(client, f"/work/cases/{long}/") == for_short
    assert for_short <= 32


def test_the_menu_says_how_much_waits_where(commune):
    commune.does(commune.files(), "accept", "propose")
    page = text(commune.client_of(commune.leader).get("/work/"))
    assert page.count('<span class="side__count">1</span>') == 3


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_speaks_both_languages(commune, language):
    public_id = commune.files()
    commune.does(public_id, "accept")
    client = commune.client_of(commune.handler)
    client.cookies["django_language"] = language
    page = text(client.get(f"/work/cases/{public_id}/"))
    assert ("Birth registration" in page) is (language == "en")
    assert ("Propose for signature" in page) is (language == "en")
