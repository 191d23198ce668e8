"""What applicants say and what records say become the nine indices; leaders read sums, nobody reads who said what."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tinhso.modules.government.onestop.actions import CannotRate, rate_dossier
from tinhso.modules.government.onestop.models import Rating
from tinhso.modules.government.onestop.queries.evaluating import evaluate
from tinhso.modules.government.onestop.rules.quarters import Quarter
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, MAI, OTHER, PROVINCE, Commune, appoint
from tinhso.modules.government.onestop.tests.portal import Portal
from tinhso.platform.cases import queries as cases
from tinhso.platform.clock import now as read_clock
from tinhso.platform.people import actions as people
from tinhso.platform.people.queries import find_citizen_actor
from tinhso.platform.people.rules import SYSTEM

MORNING = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # Monday, 09:00 in Vietnam
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
Q4 = (Quarter(2026, 4),)
GAPS = {"reasons": "Thiếu giấy chứng sinh.", "papers": [{"code": "birth_proof", "why": "thiếu"}]}


@pytest.fixture
def mai(commune: Commune) -> Portal:
    account = people.identify_person(identity=MAI, account=None, actor=SYSTEM, now=MORNING)
    return Portal(commune.client_of(find_citizen_actor(account.code)))


def finished(commune: Commune, *, days: int = 0, asked: int = 0) -> str:
    """A birth registration that was asked for papers so often, and signed so many days after it was accepted."""
    public_id = commune.files(now=MORNING)
    for _time in range(asked):
        commune.does(public_id, "request_supplement", now=MORNING + timedelta(minutes=10), **GAPS)
        commune.does(public_id, "supplement", now=MORNING + timedelta(minutes=20))
    commune.does(public_id, "accept", now=MORNING + timedelta(minutes=30))
    commune.does(public_id, "propose", "sign", "hand_over", now=MORNING + timedelta(days=days, hours=1))
    return public_id


def rated(commune: Commune, public_id: str, score: int = 5, comment: str = "", *, attitude: int = 2) -> None:
    rate_dossier(
        case=cases.get_case(public_id), score=score, comment=comment, answers={5: 2, 6: 1, 7: attitude}, actor=commune.mai,
        now=AT - timedelta(days=1),
    )  # fmt: skip


def scores(commune: Commune, unit: str = COMMUNE, who: str = "leader") -> dict[int, str]:
    found = evaluate(unit, Q4, actor=commune.officers[who], now=AT)
    return {each.index.number: str(each.score) for each in found.whole.scored}


def test_what_records_tell_is_counted_and_not_asked(commune: Commune) -> None:
    finished(commune)
    assert scores(commune) == {
        1: "1.0",
        2: "1.0",
        3: "2.0",
        4: "2.0",
        5: "None",
        6: "None",
        7: "None",
        8: "2.0",
        9: "2.0",
    }

    finished(commune, days=3, asked=1)

    assert scores(commune)[1] == "0.5", "one on the day, one late"
    assert scores(commune)[3] == "1.5", "one came back once"
    assert scores(commune)[9] == "0.0", "a late one among those filed online"


def test_papers_asked_for_twice_are_two_trips(commune: Commune) -> None:
    finished(commune, asked=2)

    assert scores(commune)[3] == "0.0"


def test_what_fewer_than_five_said_is_told_to_nobody(commune: Commune) -> None:
    dossiers = [finished(commune) for _ in range(6)]
    for public_id in dossiers[:4]:
        rated(commune, public_id, comment="Tốt lắm.")
    found = evaluate(COMMUNE, Q4, actor=commune.leader, now=AT)
    assert (found.whole.cell.ratings, found.whole.cell.rated, found.whole.total, found.comments) == (0, 0, None, ())

    rated(commune, dossiers[4], score=3, comment="Phải chờ.", attitude=1)

    found = evaluate(COMMUNE, Q4, actor=commune.leader, now=AT)
    cell = found.whole.cell
    assert (cell.rated, cell.offered, cell.ratings, cell.satisfied) == (5, 6, 5, 4)
    assert {number: scores(commune)[number] for number in (5, 6, 7)} == {5: "2.0", 6: "1.0", 7: "1.8"}
    assert str(found.whole.total) == "14.8"
    assert found.whole.band.name.vi == "Tốt"
    assert sorted(words for _code, _month, words in found.comments) == ["Phải chờ.", *["Tốt lắm."] * 4]
    assert {code for code, _month, _words in found.comments} == {"1.001193"}


def test_a_matter_that_few_had_in_a_month_is_not_named_beside_a_comment(commune: Commune) -> None:
    dossiers = [finished(commune) for _ in range(5)]
    for public_id in dossiers:
        rated(commune, public_id, comment="Tốt.")
    Rating.objects.filter(case_public_id=dossiers[0]).update(procedure_code="1.000656")

    told = evaluate(COMMUNE, Q4, actor=commune.leader, now=AT).comments

    assert sorted(code for code, _month, _words in told) == ["", *["1.001193"] * 4]


def test_a_dossier_is_rated_once_with_each_paper_and_its_last_word_counts(commune: Commune) -> None:
    public_id = commune.files(now=MORNING)
    with pytest.raises(CannotRate):
        rated(commune, public_id)
    commune.does(public_id, "request_supplement", now=MORNING + timedelta(hours=1), **GAPS)
    rate_dossier(case=cases.get_case(public_id), score=1, actor=commune.mai, now=AT - timedelta(days=3))
    rate_dossier(case=cases.get_case(public_id), score=5, actor=commune.mai, now=AT - timedelta(days=3))
    commune.does(public_id, "supplement", now=MORNING + timedelta(hours=2))
    commune.does(public_id, "decline", now=MORNING + timedelta(hours=3), reasons="Không đúng thẩm quyền.")
    rate_dossier(case=cases.get_case(public_id), score=2, actor=commune.mai, now=AT - timedelta(days=2))

    kept = list(Rating.objects.order_by("id").values_list("occasion", "score"))
    assert kept == [("supplement", 1), ("refusal", 2)]

    for other in [finished(commune) for _ in range(4)]:
        rated(commune, other)
    assert evaluate(COMMUNE, Q4, actor=commune.leader, now=AT).whole.cell.ratings == 5, "five dossiers, six ratings"


def test_an_answer_that_was_not_offered_is_refused(commune: Commune) -> None:
    public_id = finished(commune)
    for answers in ({7: 3}, {1: 2}, {9: 2}):
        with pytest.raises(CannotRate):
            rate_dossier(case=cases.get_case(public_id), score=5, answers=answers, actor=commune.mai, now=AT)
    with pytest.raises(CannotRate):
        rate_dossier(case=cases.get_case(public_id), score=5, actor=commune.leader, now=AT)

    assert not Rating.objects.exists()


def test_a_leader_reads_officers_by_name_from_five_dossiers_on_and_nobody_reads_oneself(commune: Commune) -> None:
    for _ in range(4):
        finished(commune)
    assert evaluate(COMMUNE, Q4, actor=commune.leader, now=AT).officers == ()
    rated(commune, finished(commune))

    found = dict(evaluate(COMMUNE, Q4, actor=commune.leader, now=AT).officers)
    assert set(found) == {"Lộc Thị Hoa", "Nông Văn Thắng"}
    mark = found["Nông Văn Thắng"]
    assert [each.index.number for each in mark.scored] == [1, 2, 3, 4, 7]
    assert (mark.cell.finished, mark.total) == (5, None), "one rating of attitude is too few to tell"

    appointed = people.appoint(
        officer_code=commune.handler.code,
        unit_key=COMMUNE,
        role="leader",
        valid_from=MORNING,
        actor=SYSTEM,
        now=MORNING,
    )
    assert appointed
    from tinhso.platform.people.queries import find_officer_actor

    himself = find_officer_actor(commune.handler.code, AT)
    assert set(dict(evaluate(COMMUNE, Q4, actor=himself, now=AT).officers)) == {"Lộc Thị Hoa"}


def test_officers_read_the_sums_of_their_own_unit_and_no_more(commune: Commune) -> None:
    for _ in range(5):
        rated(commune, finished(commune), comment="Cảm ơn chị ở quầy.")
    desk = commune.client_of(commune.desk)

    page = desk.get("/work/ratings/?period=2026-Q4")
    assert page.status_code == 200
    text = page.content.decode()
    for words in ("100,0%", "Chín chỉ số", "5 lượt trả lời"):
        assert words in text
    for words in ("Cảm ơn chị ở quầy", "Nông Văn Thắng", "Công chức tiếp nhận", "Các đơn vị trực thuộc"):
        assert words not in text
    assert desk.get(f"/work/ratings/?unit={OTHER}").status_code == 403
    assert desk.get(f"/work/ratings/?unit={PROVINCE}").status_code == 403
    assert desk.get("/work/ratings/?unit=x").status_code == 403
    assert desk.get("/work/ratings/?period=2018").status_code == 404, "no rules were in force then"

    leader = commune.client_of(commune.leader).get("/work/ratings/?period=2026").content.decode()
    for words in ("Cảm ơn chị ở quầy", "Nông Văn Thắng", "11/2026", "Đăng ký khai sinh"):
        assert words in leader
    assert not re.findall(r"TS-[0-9A-Z-]+", leader), "no dossier is named"
    assert "Hoàng Thị Mai" not in leader


def test_the_province_reads_each_unit_below(commune: Commune) -> None:
    for _ in range(5):
        rated(commune, finished(commune))
    watcher = appoint("Vi Thị Lan", "leader", PROVINCE)

    found = evaluate(PROVINCE, Q4, actor=watcher, now=AT)

    assert [(unit.key, mark.cell.finished) for unit, mark in found.below] == [(COMMUNE, 5)]
    assert found.whole.cell.rated == 5
    assert found.officers == (), "officers are read at their own unit"


def test_figures_are_read_by_machines_too(commune: Commune) -> None:
    for _ in range(5):
        rated(commune, finished(commune))
    address = f"/api/v1/onestop/work/ratings?unit={COMMUNE}&period=2026-Q4"

    found = commune.client_of(commune.leader).get(address).json()
    assert (found["whole"]["rated"], found["whole"]["offered"], found["rules"]) == (5, 5, "tt01_2018")
    assert [each["score"] for each in found["whole"]["indices"]] == [1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 2.0, 2.0, 2.0]
    assert found["whole"]["total"] == 15.0
    assert found["whole"]["band"]["vi"] == "Xuất sắc"
    for asked, status in (("unit=x&period=2026", 403), (f"unit={COMMUNE}&period=2018", 404), (f"unit={COMMUNE}", 422)):
        assert commune.client_of(commune.desk).get(f"/api/v1/onestop/work/ratings?{asked}").status_code == status
    assert Client().get(address).status_code == 401


def test_the_page_asks_in_plain_words_and_keeps_what_was_typed(commune: Commune, mai: Portal) -> None:
    public_id = commune.files(now=read_clock() - timedelta(hours=2))
    assert mai.get(f"/dossiers/{public_id}/rate/").url.endswith(f"/dossiers/{public_id}/"), "nothing to rate yet"
    commune.does(public_id, "request_supplement", **GAPS)
    mai.get(f"/dossiers/{public_id}/")
    assert "Chúng tôi phục vụ thế nào?" in mai.words

    mai.get(f"/dossiers/{public_id}/rate/")
    for words in ("Cán bộ có lịch sự", "Bạn thấy việc phục vụ thế nào?", "Điều bạn muốn nói"):
        assert words in mai.words
    for never in ("thời gian giải quyết", "bao nhiêu cơ quan", "Chỉ số"):
        assert never not in mai.words, "what records tell is not asked"
    mai.send(**{"index-5": "1"}, comment="Chỗ ngồi ít.")
    assert mai.status == 422
    assert "Hãy chọn một trong năm mức" in mai.words
    assert mai.boxes()["comment"] == "Chỗ ngồi ít."
    mai.send(score="2")

    assert "Cảm ơn bạn đã đánh giá." in mai.words
    kept = Rating.objects.get()
    assert (kept.occasion, kept.score, kept.points, kept.comment) == ("supplement", 2, {"5": 1}, "Chỗ ngồi ít.")


def test_a_quarter_is_read_with_few_questions_to_the_database(commune: Commune, django_assert_max_num_queries) -> None:
    for _ in range(5):
        rated(commune, finished(commune))
    leader = commune.client_of(commune.leader)
    leader.get("/work/ratings/")
    with django_assert_max_num_queries(24):
        leader.get("/work/ratings/?period=2026")


def test_figures_of_many_units_are_kept_a_while_and_say_of_which_moment(commune: Commune, monkeypatch) -> None:
    from tinhso.modules.government.onestop.queries import evaluating

    finished(commune)
    monkeypatch.setattr(evaluating, "FEW_UNITS", 0)
    first = evaluate(COMMUNE, Q4, actor=commune.leader, now=AT)
    finished(commune)

    again = evaluate(COMMUNE, Q4, actor=commune.leader, now=AT + timedelta(minutes=4))

    assert (again.whole.cell.finished, again.as_of) == (1, AT)
    assert again.whole == first.whole
    assert evaluate(COMMUNE, (Quarter(2026, 3),), actor=commune.leader, now=AT).whole.cell.finished == 0
