"""Administrators keep the staff of their units: who is there, who holds what, who stops."""

from datetime import timedelta

import pytest
from django.test import Client

from tinhso.platform.clock import now
from tinhso.platform.people import actions, queries
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, DelegationTerms, day_of

from .conftest import COMMUNE, OTHER, PROVINCE

BACKEND = "django.contrib.auth.backends.ModelBackend"


def at_work(code: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(code=code), backend=BACKEND)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def above(officer) -> Client:
    return at_work(officer("Bế Minh Tuấn", "administrator", unit_key=PROVINCE))


@pytest.fixture
def here(officer) -> Client:
    return at_work(officer("Lương Đức Toàn", "administrator"))


def test_the_province_sees_its_own_and_goes_down_to_its_communes(above, here, officer):
    officer("Lộc Thị Hoa", "receptionist", "handler")
    page = read(above, "/work/staff/")
    assert "Bế Minh Tuấn" in page
    assert "Lộc Thị Hoa" not in page
    assert 'Xã Thử</a> <span class="soft">2 người' in page
    assert "vai handler, vai receptionist" in read(above, f"/work/staff/?unit={COMMUNE}")
    assert "Lộc Thị Hoa" in read(above, "/work/staff/?below=1")


def test_somebody_is_found_by_part_of_the_name_without_marks(above, officer):
    officer("Lộc Thị Hoa", "receptionist")
    officer("Hoàng Văn Kiên", "leader", unit_key=OTHER)
    page = read(above, "/work/staff/?below=1&q=hoang van")
    assert "Hoàng Văn Kiên" in page
    assert "Lộc Thị Hoa" not in page
    assert "Không tìm thấy ai" in read(above, "/work/staff/?below=1&q=%25")


def test_a_long_list_comes_page_by_page_by_unit_and_name(above, officer):
    for number in range(30):
        officer(f"Cán bộ {number:02}", "handler", unit_key=OTHER)
        officer(f"Cán bộ {number:02} nữa", "handler", unit_key=COMMUNE)
    moment, keys = now(), [COMMUNE, OTHER]
    seen, after = [], None
    while True:
        page = queries.list_staff(keys, moment, after=after, limit=7)
        seen += [(row.unit_key, row.name_folded) for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(seen) == 60
    assert seen == sorted(set(seen))
    first = read(above, "/work/staff/?below=1")
    assert "after=" in first


def test_the_list_takes_few_queries_however_many_there_are(above, officer, django_assert_max_num_queries):
    for number in range(20):
        officer(f"Cán bộ {number}", "handler")
    with django_assert_max_num_queries(23):  # one asks whether packs were loaded anew, two count warnings for the menu
        above.get("/work/staff/?below=1")


def test_nobody_looks_into_a_unit_that_is_not_theirs(here, officer):
    stranger = officer("Hoàng Văn Kiên", "leader", unit_key=OTHER)
    assert here.get(f"/work/staff/?unit={OTHER}").status_code == 403
    assert here.get(f"/work/staff/?unit={PROVINCE}").status_code == 403
    assert here.get("/work/staff/?unit=90001").status_code == 404
    for page in ("", "appoint/", "password/", "second-factor/"):
        assert here.get(f"/work/staff/{stranger}/{page}").status_code == 404
    desk = at_work(officer("Lộc Thị Hoa", "receptionist"))
    assert desk.get("/work/staff/").status_code == 403
    assert Client().get("/work/staff/").status_code == 302


def test_an_administrator_takes_on_an_officer_who_can_then_sign_in(here):
    page = here.post(
        "/work/staff/new/", {"name": "Nông  Văn Thắng", "sign_in_name": "Thang.NV", "role": "handler", "starts_on": day_of(now())}
    )  # fmt: skip
    found = queries.find_officer(sign_in_name="thang.nv")
    password = page.context["password"]
    assert password in page.content.decode()
    assert found.name == "Nông Văn Thắng"
    assert found.unit_key == COMMUNE
    assert Client().post("/account/login/", {"login": "thang.nv", "password": password}).status_code == 302
    assert queries.find_officer_actor(found.code, now()).roles_in(COMMUNE) == {"handler"}
    assert password not in read(here, f"/work/staff/{found.code}/")


def test_an_officer_without_a_post_is_still_on_the_list_of_the_unit(here):
    here.post("/work/staff/new/", {"name": "Nông Văn Thắng", "sign_in_name": "thang", "starts_on": day_of(now())})
    page = read(here, "/work/staff/")
    assert "Nông Văn Thắng" in page
    assert "Chưa giữ vị trí nào" in page


def test_what_cannot_be_taken_on_is_said_in_words(here, officer):
    officer("thang", "handler")
    today = day_of(now())
    asked = {"name": "A", "sign_in_name": "thang", "role": "handler", "starts_on": today}
    assert "đã có người dùng" in here.post("/work/staff/new/", asked).content.decode()
    assert (
        "Ngày này đã qua"
        in here.post("/work/staff/new/", asked | {"starts_on": today - timedelta(days=1)}).content.decode()
    )
    assert "năm" in here.post("/work/staff/new/", asked | {"last_on": "9999-12-31"}).content.decode()
    assert "Hãy nhập: họ và tên." in here.post("/work/staff/new/", {**asked, "name": " "}).content.decode()


def test_the_province_gives_a_post_for_a_time_in_a_commune(above, officer):
    code = officer("Nông Văn Thắng", "handler")
    today = day_of(now())
    begins, last = today + timedelta(days=2), today + timedelta(days=4)
    asked = {"unit": OTHER, "role": "leader", "starts_on": begins, "last_on": last, "title": " Phó Chủ tịch "}
    answer = above.post(f"/work/staff/{code}/appoint/", asked, follow=True)
    assert "Đã giao vị trí cho Nông Văn Thắng" in answer.content.decode()
    post = queries.list_posts(code)[0]
    assert (post.unit_key, day_of(post.valid_from), day_of(post.valid_to)) == (OTHER, begins, last + timedelta(days=1))
    held = queries.find_officer_actor(code, post.valid_from).posts
    assert [each.title for each in held if each.unit_key == OTHER] == ["Phó Chủ tịch"]
    again = above.post(f"/work/staff/{code}/appoint/", asked).content.decode()
    assert "đã giữ vị trí đó" in again


def test_an_administrator_gives_no_post_in_a_unit_of_others(here, officer):
    code = officer("Nông Văn Thắng", "handler")
    page = here.post(f"/work/staff/{code}/appoint/", {"unit": OTHER, "role": "leader", "starts_on": day_of(now())})
    assert page.status_code == 200
    assert len(queries.list_posts(code)) == 1


def test_before_a_post_ends_the_page_says_what_that_does(here, officer):
    code = officer("Hoàng Văn Kiên", "leader")
    deputy = officer("Nông Văn Thắng", "handler")
    terms = DelegationTerms(now(), now() + timedelta(days=3), "Đi công tác")
    actions.delegate(
        unit_key=COMMUNE, role="leader", receiver_code=deputy, terms=terms, giver_code=code, actor=SYSTEM, now=now()
    )
    address = f"/work/staff/{code}/posts/{queries.list_posts(code)[0].id}/end/"

    page = read(here, address)
    assert "Ủy quyền từ vị trí này cũng hết: 1." in page
    assert "Không còn ai giữ vị trí này ở đơn vị" in page
    officer("Vi Thị Thu", "leader")
    assert "do người cùng vị trí làm tiếp: Vi Thị Thu." in read(here, address)
    assert queries.find_officer_actor(code, now()).posts

    here.post(address, {"ends_on": day_of(now())})

    assert queries.find_officer_actor(code, now()).posts == ()
    assert not queries.find_officer_actor(deputy, now()).roles_in(COMMUNE) & {"leader"}


def test_a_post_with_an_end_can_end_earlier(here, officer):
    code = officer("Hoàng Văn Kiên")
    moment = now()
    actions.appoint(
        officer_code=code, unit_key=COMMUNE, role="leader", valid_from=moment - timedelta(days=1),
        valid_to=moment + timedelta(days=90), actor=SYSTEM, now=moment,
    )  # fmt: skip
    post = queries.list_posts(code)[0]
    here.post(f"/work/staff/{code}/posts/{post.id}/end/", {"ends_on": day_of(moment)})
    assert queries.find_officer_actor(code, now()).posts == ()


def test_a_password_is_renewed_only_after_the_page_has_said_what_happens(here, officer):
    code = officer("Nông Văn Thắng", "handler")
    assert "Xác thực hai lớp vẫn giữ nguyên." in read(here, f"/work/staff/{code}/password/")
    assert not queries.find_officer(code).has_password
    page = here.post(f"/work/staff/{code}/password/")
    assert page.context["password"] in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert "gỡ hết" in read(here, f"/work/staff/{code}/second-factor/")
    assert here.post(f"/work/staff/{code}/second-factor/").status_code == 200


def test_who_looked_is_in_the_menu_of_citizens_alone(here, mai):
    entry = 'href="/my/sights/"'
    menu = '<li><a class="side__link" href="/work/staff/"'
    assert menu in read(here, "/work/staff/")
    assert entry not in Client().get("/design/?page=home").content.decode()
    assert entry in read(at_work(mai.code), "/my/sights/")
