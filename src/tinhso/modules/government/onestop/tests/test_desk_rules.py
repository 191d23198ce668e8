"""Words, colours, questions and rights of the desk, decided without database or clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from tinhso.kernel.flow import Deadline, read_procedure
from tinhso.modules.government.onestop import rules
from tinhso.modules.government.onestop.adapters import NoTemplate, find_result, get_sheet, read_filling
from tinhso.modules.government.onestop.rules.filling import Answers, date_in_words, deadline_in_words, fill, handed_in
from tinhso.platform.people.rules import Actor, Post

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 09:00 in Vietnam
COMMUNE, PROVINCE, OTHER = "90001@2025-07-01", "90@2025-07-01", "90002@2025-07-01"


@dataclass(frozen=True)
class Clock:
    due_at: datetime | None = None
    paused_at: datetime | None = None
    resolved_at: datetime | None = None


def officer(role: str, unit_key: str = COMMUNE, **more) -> Actor:
    return Actor("officer:x", "officer", "X", (Post(unit_key, role, **more),))


@pytest.mark.parametrize(
    ("due_at", "kind", "text"),
    [
        (NOW - timedelta(days=1), "late", "trễ 1 ngày"),
        (NOW - timedelta(hours=1, minutes=59), "late", "trễ 1 giờ"),
        (NOW - timedelta(minutes=5), "late", "trễ 5 phút"),
        (NOW - timedelta(seconds=2), "late", "trễ 1 phút"),
        (NOW + timedelta(hours=8), "soon", "hôm nay 17:00"),
        (NOW + timedelta(days=1, hours=2, minutes=30), "ok", "mai 11:30"),
        (NOW + timedelta(days=2), "ok", "T4 25/11"),
        (NOW + timedelta(days=6), "ok", "CN 29/11"),
        (NOW + timedelta(days=7), "ok", "30/11"),
        (NOW + timedelta(days=60), "ok", "22/01/2027"),
        (None, "", ""),
    ],
)
def test_a_deadline_is_said_in_a_few_words_with_a_colour(due_at, kind, text):
    badge = rules.due_badge(due_at, NOW)
    assert (badge.kind, badge.text) == (kind, text)


def test_a_deadline_late_at_night_counts_days_as_vietnam_does():
    evening = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # 23:30 on Monday
    assert rules.due_badge(datetime(2026, 11, 23, 17, 30, tzinfo=UTC), evening).text == "mai 00:30"
    assert rules.tonight(evening) == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def test_work_without_a_deadline_says_since_when_it_lies_there():
    assert rules.waiting_since(NOW - timedelta(minutes=30), NOW) == "chờ từ 08:30 hôm nay"
    assert rules.waiting_since(NOW - timedelta(days=3), NOW) == "chờ từ T6 20/11"
    assert rules.waiting_since(NOW - timedelta(days=30), NOW) == "chờ từ 24/10"


@pytest.mark.parametrize(
    ("due_at", "group"),
    [
        (NOW - timedelta(seconds=1), "late"),
        (NOW, "today"),
        (rules.tonight(NOW) - timedelta(seconds=1), "today"),
        (rules.tonight(NOW), "soon"),
        (rules.tonight(NOW) + timedelta(days=3) - timedelta(seconds=1), "soon"),
        (rules.tonight(NOW) + timedelta(days=3), "later"),
        (None, "undated"),
    ],
)
def test_work_is_grouped_by_how_near_its_deadline_is(due_at, group):
    assert rules.urgency(due_at, NOW) == group


@pytest.mark.parametrize(
    ("clock", "kind", "text"),
    [
        (Clock(), "", "chưa có hạn"),
        (Clock(NOW, paused_at=NOW), "", "đồng hồ đang dừng"),
        (Clock(NOW, resolved_at=NOW), "ok", "xong đúng hạn"),
        (Clock(NOW - timedelta(days=2), resolved_at=NOW), "late", "xong, trễ 2 ngày"),
        (Clock(NOW - timedelta(days=2), NOW, NOW), "late", "xong, trễ 2 ngày"),
        (Clock(NOW - timedelta(hours=3)), "late", "trễ 3 giờ"),
    ],
)
def test_a_case_stands_against_its_promise(clock, kind, text):
    badge = rules.case_badge(clock, NOW)
    assert (badge.kind, badge.text) == (kind, text)


def test_a_moment_is_said_with_its_weekday_and_another_year_with_its_number():
    assert rules.moment(NOW, NOW) == "09:00 thứ Hai 23/11"
    assert rules.moment(NOW - timedelta(days=365), NOW) == "09:00 Chủ nhật 23/11/2025"
    with translation.override("en"):
        assert rules.moment(NOW, NOW) == "09:00 Monday 23/11"


@pytest.mark.parametrize(
    ("actor", "seeing"),
    [
        (officer("receptionist"), rules.Seeing.WORKING),
        (officer("clerk"), rules.Seeing.WORKING),
        (officer("leader", PROVINCE), rules.Seeing.READING),
        (officer("administrator", PROVINCE), rules.Seeing.READING),
        (officer("handler", PROVINCE), rules.Seeing.NOTHING),
        (officer("leader", OTHER), rules.Seeing.NOTHING),
        (officer("leader", PROVINCE, procedures=frozenset({"1.004873"})), rules.Seeing.NOTHING),
        (officer("handler", procedures=frozenset({"1.004873"})), rules.Seeing.NOTHING),
        (officer("handler", procedures=frozenset({"1.001193"})), rules.Seeing.WORKING),
        (Actor("citizen:mai", "citizen", "Mai"), rules.Seeing.NOTHING),
        (Actor("system", "system", "tinhso"), rules.Seeing.NOTHING),
    ],
)
def test_who_may_see_a_case_of_the_commune(actor, seeing):
    assert rules.seeing_of(actor, COMMUNE, [PROVINCE], "1.001193") is seeing


@pytest.mark.parametrize(
    ("roles", "holder", "is_resolved", "purpose"),
    [
        (["receptionist"], "receptionist", False, "receive_case"),
        (["receptionist"], "receptionist", True, "deliver_result"),
        (["handler"], "leader", False, "handle_case"),
        (["handler", "leader"], "leader", False, "sign_result"),
        (["administrator"], "handler", False, "oversight"),
        ([], "handler", False, "oversight"),
    ],
)
def test_a_look_is_recorded_with_the_work_it_serves(roles, holder, is_resolved, purpose):
    actor = Actor("officer:x", "officer", "X", tuple(Post(COMMUNE, role) for role in roles))
    assert rules.purpose_of(actor, COMMUNE, "1.001193", holder, is_resolved=is_resolved) == purpose


def test_all_that_an_act_lacks_is_said_at_once():
    answers, faults = rules.read_answers(
        ("reasons", "papers", "extension_days"), rules.Typed(extension_days="0"), ["a"]
    )
    assert answers == {}
    assert [fault.field for fault in faults] == ["reasons", "papers", "extension_days"]


@pytest.mark.parametrize("typed", ["", "0", "61", "-1", "2,5", "hai", "٣", "1e1", "99999999999999999999"])
def test_a_number_of_days_must_be_a_small_whole_number(typed):
    _answers, faults = rules.read_answers(("extension_days",), rules.Typed(extension_days=typed))
    assert [fault.field for fault in faults] == ["extension_days"]


def test_what_was_typed_is_taken_with_a_note_where_one_was_added():
    typed = rules.Typed(" Ảnh mờ ", " gọi rồi ", "3", ["a", "strange", "a"], {"a": " thiếu trang 2 "})
    answers, faults = rules.read_answers(("reasons", "papers", "extension_days"), typed, ["a", "b"])
    assert faults == []
    assert answers == {
        "reasons": "Ảnh mờ",
        "papers": [{"code": "a", "why": "thiếu trang 2"}],
        "extension_days": 3,
        "note": "gọi rồi",
    }


WORDS = {"vi": "x", "en": "x"}
TABLE = {
    "code": "9.000001", "version": "2025-07-01", "kind": "dossier", "name": WORDS, "handled_by": ["commune"],
    "flow": {"start": "new", "final": ["over"]},
    "paper": [{"code": "proof", "name": {"vi": "Giấy chứng sinh", "en": "Proof"}}],
    "state": [
        {"code": "new", "name": WORDS, "holder": "receptionist"},
        {"code": "waiting", "name": WORDS, "wait": {"for": "applicant", "limit": {"amount": 1, "unit": "day"}, "then": "lapse"}},
        {"code": "signing", "name": WORDS, "holder": "leader"},
        {"code": "over", "name": WORDS},
    ],
    "step": [
        {"act": "go", "name": WORDS, "source": "new", "target": "signing", "role": "receptionist", "fact": "gone"},
        {"act": "ask", "name": WORDS, "source": "new", "target": "waiting", "role": "receptionist", "fact": "asked", "asks": ["reasons", "papers"]},
        {"act": "take", "name": WORDS, "source": "waiting", "target": "new", "role": "receptionist", "fact": "taken"},
        {"act": "lapse", "name": WORDS, "source": "waiting", "target": "over", "role": "system", "fact": "lapsed"},
        {"act": "sign", "name": WORDS, "source": "signing", "target": "over", "role": "leader", "fact": "signed", "effects": ["sign_result"]},
        {"act": "refuse", "name": WORDS, "source": "signing", "target": "over", "role": "leader", "fact": "refused", "effects": ["issue_refusal"]},
        {"act": "back", "name": WORDS, "source": "signing", "target": "new", "role": "leader", "fact": "sent_back", "asks": ["reasons"]},
        {"act": "give", "name": WORDS, "source": "new", "target": "over", "role": "receptionist", "fact": "given", "effects": ["deliver_result"]},
        {"act": "decline", "name": WORDS, "source": "new", "target": "over", "role": "receptionist", "fact": "declined", "effects": ["issue_refusal"]},
    ],
}  # fmt: skip
PROCEDURE = read_procedure(TABLE)
STEPS = {step.act: step for step in PROCEDURE.steps}


def test_the_effects_of_a_step_say_what_it_needs_besides_the_engine():
    ways = {act: rules.way_of(step) for act, step in STEPS.items()}
    assert ways["sign"] == "result"
    assert ways["refuse"] == "refusal"
    assert ways["give"] == "delivery"
    assert {ways[act] for act in ("go", "ask", "take", "back", "decline")} == {"plain"}


def test_many_dossiers_take_a_step_together_only_when_it_can_be_the_same_for_all():
    assert {act for act, step in STEPS.items() if rules.is_bulk(PROCEDURE, step)} == {"go", "back"}


def test_a_button_does_what_asks_nothing_and_a_page_asks_the_rest():
    assert {act for act, step in STEPS.items() if not rules.needs_page(PROCEDURE, step)} == {"go", "decline", "lapse"}


def test_papers_that_were_asked_for_are_found_again_with_their_rule():
    asked = rules.papers_asked({"papers": [{"code": "proof", "why": "mờ"}, "unknown"]}, PROCEDURE)
    assert [(each.code, each.paper and each.paper.name.vi, each.why) for each in asked] == [
        ("proof", "Giấy chứng sinh", "mờ"),
        ("unknown", None, ""),
    ]


def test_a_result_is_filled_from_the_first_question_that_was_answered():
    answers = Answers({"facility": "", "village": "Thôn Nà Mò", "sex": "Nữ"}, {"born": "2026-04-05"})
    table = {
        "place": ["facility", "village"],
        "child": {"sex": "sex", "born": "born|iso", "words": "born|words"},
        "number": "=",
    }
    assert fill(table, answers) == {
        "place": "Thôn Nà Mò",
        "child": {
            "sex": "Nữ",
            "born": "2026-04-05",
            "words": "Ngày năm, tháng tư, năm hai nghìn không trăm hai mươi sáu",
        },
        "number": "",
    }


def test_a_date_in_words_reads_as_in_a_register():
    assert date_in_words(date(2026, 11, 12)) == "Ngày mười hai, tháng mười một, năm hai nghìn không trăm hai mươi sáu"


def test_the_receipt_says_the_limit_in_words():
    from datetime import time
    from decimal import Decimal

    assert deadline_in_words(None) == ""
    assert deadline_in_words(Deadline(Decimal(3), "working_day")) == "3 ngày làm việc"
    same_day = deadline_in_words(Deadline(Decimal(0), "working_day", time(15)))
    assert same_day == "Trong ngày làm việc; nhận từ 15:00 thì trả trong ngày làm việc tiếp theo"


def test_papers_are_counted_at_the_desk_and_called_files_online():
    assert handed_in(PROCEDURE, ["proof", "proof"], is_online=True) == [
        {"name": "Giấy chứng sinh", "note": "bản điện tử"}
    ]
    assert handed_in(PROCEDURE, ["proof"], is_online=False) == [
        {"name": "Giấy chứng sinh", "originals": 0, "copies": 0}
    ]


def test_a_form_comes_from_the_set_in_force_that_day():
    assert get_sheet("receipt", date(2026, 1, 1)).law == "TT 03/2025/TT-VPCP"
    assert get_sheet("receipt", date(2020, 1, 1)).law == "TT 01/2018/TT-VPCP"
    for kind, on in (
        ("receipt", date(2018, 1, 1)),
        ("no_such_form", date(2026, 1, 1)),
        ("stop_notice", date(2020, 1, 1)),
    ):
        with pytest.raises(NoTemplate):
            get_sheet(kind, on)


@pytest.mark.parametrize("name", ["birth_certificate", "marital_status_certificate"])
def test_the_template_of_each_result_has_its_table_of_fields(name):
    assert "name" in str(read_filling(find_result(name)))


def test_a_result_without_template_is_refused_in_words():
    with pytest.raises(NoTemplate) as refused:
        find_result("no_such_result")
    assert "no_such_result" in refused.value.vi
