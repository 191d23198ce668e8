"""Whoever looks is seen: by the one looked at, and by nobody else."""

from datetime import timedelta

import pytest
from django.test import Client

from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions, queries
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, NotAllowed

from .conftest import COMMUNE, NOW, OTHER


@pytest.fixture
def clerk(officer):
    return queries.find_officer_actor(officer("Lộc Thị Hoa", "receptionist"), NOW)


def look(actor, subject, *, case="TS-1", minutes=0, purpose="handle_case", **more):
    return actions.record_sight(
        actor=actor,
        subject_code=subject.code,
        case_id=case,
        purpose=purpose,
        now=NOW + timedelta(minutes=minutes),
        **more,
    )


def as_citizen(citizen) -> Client:
    client = Client()
    client.force_login(Account.objects.get(code=citizen.code), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_citizen_sees_who_opened_the_case_for_which_unit_and_why(clerk, mai):
    look(clerk, mai)

    page = as_citizen(mai).get("/my/sights/").content.decode()

    assert all(text in page for text in ("Lộc Thị Hoa", "Xã Thử", "Xử lý hồ sơ", "TS-1", "09:00 20/11/2026"))


def test_a_citizen_sees_nobody_elses_looks(clerk, mai):
    other = actions.register_person(identity=_named("Nông Văn Dũng"), actor=SYSTEM, now=NOW)
    look(clerk, other)

    page = as_citizen(mai).get("/my/sights/").content.decode()

    assert "Chưa có ai xem dữ liệu của bạn" in page
    assert "Lộc Thị Hoa" not in page


def _named(name):
    from tinhso.platform.people.rules import Identity

    return Identity(name=name)


def test_opening_the_same_case_again_within_ten_minutes_is_one_look(clerk, mai):
    written = [look(clerk, mai, minutes=minute) is not None for minute in (0, 5, 9, 11)]
    assert written == [True, False, False, True]
    assert look(clerk, mai, case="TS-2", minutes=12) is not None
    assert len(queries.list_sights(mai.code).rows) == 3


def test_one_does_not_spy_on_oneself_and_jobs_have_no_eyes(mai):
    assert look(mai, mai) is None
    assert look(SYSTEM, mai) is None
    assert queries.list_sights(mai.code).rows == ()


def test_a_look_without_a_purpose_is_refused(clerk, mai):
    with pytest.raises(NotAllowed, match="để làm gì"):
        look(clerk, mai, purpose=" ")


def test_a_look_is_written_for_the_unit_where_the_officer_holds_a_post(clerk, mai):
    assert look(clerk, mai, unit_key=COMMUNE).unit_key == COMMUNE
    assert look(clerk, mai, case="TS-2", unit_key=OTHER).unit_key == COMMUNE


def test_every_look_is_chained_in_the_ledger(clerk, mai):
    look(clerk, mai)
    fact = Fact.objects.get(kind="people.sight.recorded")
    assert (fact.subject, fact.actor_code, fact.unit_key) == (mai.code, clerk.code, COMMUNE)
    assert "Lộc" not in fact.body


def test_many_looks_come_page_by_page_newest_first(clerk, mai):
    for number in range(25):
        look(clerk, mai, case=f"TS-{number}")

    first = queries.list_sights(mai.code)
    second = queries.list_sights(mai.code, before=first.before)

    seen = [row.case_id for row in (*first.rows, *second.rows)]
    assert seen == [f"TS-{number}" for number in reversed(range(25))]
    assert (len(first.rows), second.before) == (20, None)
    page = as_citizen(mai).get(f"/my/sights/?before={first.before}").content.decode()
    assert "TS-0" in page
    assert "TS-24" not in page


def test_the_page_of_looks_takes_few_queries_however_many_there_are(clerk, mai, django_assert_max_num_queries):
    for number in range(20):
        look(clerk, mai, case=f"TS-{number}")
    client = as_citizen(mai)
    with django_assert_max_num_queries(6):
        client.get("/my/sights/")


def test_the_api_tells_who_i_am_and_who_looked(clerk, mai):
    look(clerk, mai)
    client = as_citizen(mai)

    me, looks = client.get("/api/v1/people/me").json(), client.get("/api/v1/people/me/sights?limit=1").json()

    assert (me["code"], me["kind"], me["level"]) == (mai.code, "citizen", 2)
    assert [(row["who_name"], row["purpose_text"]) for row in looks["sights"]] == [("Lộc Thị Hoa", "Xử lý hồ sơ")]
    assert Client().get("/api/v1/people/me").status_code == 401
    assert Client().get("/api/v1/people/me/sights").status_code == 401


def test_my_looks_are_for_those_who_are_signed_in(db):
    answer = Client().get("/my/sights/")
    assert answer.status_code == 302
    assert answer.url == "/sign-in/?next=/my/sights/"


def glimpse(actor, *subjects, place="inbox", days=0):
    seen = [(subject.code, COMMUNE) for subject in subjects]
    return actions.record_glimpses(actor=actor, place=place, seen=seen, now=NOW + timedelta(days=days))


def test_a_name_seen_in_a_list_is_one_line_a_day_and_the_person_sees_it(clerk, mai):
    for _ in range(3):
        glimpse(clerk, mai)
    glimpse(clerk, mai, place="signing")
    glimpse(clerk, mai, days=1)

    rows = queries.list_glimpses(mai.code)
    assert [(row.place, row.seen_on.day) for row in rows] == [("inbox", 21), ("signing", 20), ("inbox", 20)]
    page = as_citizen(mai).get("/my/sights/").content.decode()
    assert "Lộc Thị Hoa, Xã Thử · việc của cán bộ" in page
    assert queries.list_sights(mai.code).rows == (), "a name in a list is not an opened dossier"


def test_many_names_are_one_statement_and_a_list_opened_again_is_none(
    clerk, mai, django_assert_num_queries, django_capture_on_commit_callbacks
):
    others = [actions.register_person(identity=_named(f"Người {n}"), actor=SYSTEM, now=NOW) for n in range(30)]
    with django_assert_num_queries(1), django_capture_on_commit_callbacks(execute=True):
        assert glimpse(clerk, mai, *others, days=3) == 31
    with django_assert_num_queries(0):
        assert glimpse(clerk, mai, *others, days=3) == 0
    assert glimpse(clerk, clerk, days=3) == 0, "one does not spy on oneself"


def test_glimpses_are_forgotten_after_a_year(clerk, mai):
    glimpse(clerk, mai)
    assert actions.forget_old_glimpses(now=NOW + timedelta(days=365)) == 0
    assert actions.forget_old_glimpses(now=NOW + timedelta(days=366)) == 1
