"""Who owes a report is asked for it on the regime's days and by the receiver's hand: once each, and never when it has come."""

import pytest

from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.actions.chasing import chase_reports, remind, tell_fillers
from tinhso.modules.government.reporting.models import Reminder
from tinhso.modules.government.reporting.queries.chasing import list_late, preview
from tinhso.modules.government.reporting.tests.conftest import COMMUNE, OTHER, Province, appoint, later
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.notices.actions import load_notice_texts
from tinhso.platform.notices.models import Notice

DAYS_UNTIL_DUE = 4  # from Monday morning to Friday, 17:00


@pytest.fixture
def asked(province: Province, settings) -> Province:
    """The words of the packs, and the month's reports opened; those of other regimes are out of the way."""
    from tinhso.kernel.packs.reading import read_all

    load_notice_texts(texts=read_all(settings.PACKS_ROOT, ["national"]).contents().texts)
    province.opens()
    return province


def told(name: str = "") -> list[tuple[str, str]]:
    rows = Reminder.objects.filter(report__regime="commune_digital").order_by("told_at", "pk")
    codes = {row.recipient_code: row.recipient_code for row in rows}
    return [(row.key, row.kind.rpartition(".")[2]) for row in rows if not name or codes[row.recipient_code] == name]


def test_the_filler_hears_before_on_the_day_and_after_and_the_leader_once_it_is_late(asked):
    for day in range(8):
        for _again in range(2):
            chase_reports(now=later(days=day))
    mine = told(asked.filler.code)
    assert mine == [("before-3", "due_soon"), ("today", "due_today"), ("late-1", "overdue")]
    assert told(asked.leader.code) == [("late-1", "overdue_below")]
    notice = Notice.objects.get(recipient_code=asked.leader.code)
    assert "17:00 20/11/2026" in notice.text_vi
    assert "tháng 11/2026" in notice.text_vi
    assert notice.link.endswith(f"/reports/{asked.report().public_id}/")


def test_a_report_that_came_is_asked_for_no_more(asked):
    asked.hands_in()
    for day in range(10):
        chase_reports(now=later(days=day))
    assert told(asked.filler.code) == []
    assert told(asked.other_filler.code) != []


def test_who_filled_it_in_hears_of_it_and_not_everybody_who_could(asked):
    second = appoint("Lan", "handler", COMMUNE)
    chase_reports(now=later(days=1))
    assert told(second.code) == told(asked.filler.code) == [("before-3", "due_soon")]
    asked.types(asked.report(), villages="12")
    chase_reports(now=later(days=DAYS_UNTIL_DUE))
    assert told(second.code) == [("before-3", "due_soon")]
    assert told(asked.filler.code)[-1] == ("today", "due_today")


def test_a_report_that_was_given_back_is_the_receivers_to_ask_for(asked):
    row = asked.hands_in()
    actions.return_report(public_id=row.public_id, reasons="Sai", actor=asked.receiver, now=later(hours=2))
    chase_reports(now=later(days=7))
    assert told(asked.filler.code) == []
    remind(summed_id=asked.sum().public_id, public_ids=[row.public_id], actor=asked.receiver, now=later(days=7))
    assert told(asked.filler.code) == [("hand-2026-11-23", "chased")]


def test_the_receiver_reminds_the_late_ones_once_a_day(asked):
    at = later(days=7)
    late = list_late(asked.sum(), at)
    assert {row.unit_key for row in late} >= {COMMUNE, OTHER}
    shown = preview(asked.report(), asked.sum().unit_key, at, "vi")
    assert set(shown.names) == {"Binh", "Khanh"}
    assert "Sở KHCN nhắc nộp" in shown.words

    public_ids = [row.public_id for row in late]
    first = remind(summed_id=asked.sum().public_id, public_ids=public_ids, actor=asked.receiver, now=at)
    again = remind(
        summed_id=asked.sum().public_id, public_ids=public_ids, actor=asked.chief, now=later(days=7, hours=2)
    )
    assert (sum(first.values()), sum(again.values())) == (4, 0)
    assert Notice.objects.get(recipient_code=asked.leader.code).text_vi == shown.words
    assert preview(asked.report(), asked.sum().unit_key, at, "vi").names == ()
    tomorrow = remind(summed_id=asked.sum().public_id, public_ids=public_ids, actor=asked.receiver, now=later(days=8))
    assert sum(tomorrow.values()) == 4
    assert [fact.kind for fact in list_facts(asked.report().public_id)].count("reporting.report.reminded") == 2


def test_what_came_meanwhile_is_left_out_and_only_the_receiver_reminds(asked):
    row = asked.hands_in()
    assert remind(summed_id=asked.sum().public_id, public_ids=[row.public_id], actor=asked.receiver, now=later(days=7)) == {}  # fmt: skip
    with pytest.raises((actions.Forbidden, actions_not_yours())):
        remind(summed_id=asked.sum().public_id, public_ids=[row.public_id], actor=asked.filler, now=later(days=7))


def actions_not_yours() -> type[Exception]:
    from tinhso.modules.government.reporting.queries import NotYours

    return NotYours


def test_who_filled_it_in_reads_why_it_came_back(asked):
    row = asked.hands_in()
    actions.return_report(
        public_id=row.public_id, reasons="Số hộ giảm, xem lại sổ", actor=asked.receiver, now=later(hours=2)
    )
    fact = next(fact for fact in list_facts(row.public_id) if fact.kind == "cases.report.returned")
    assert tell_fillers(fact=fact, now=fact.happened_at) == 1
    tell_fillers(fact=fact, now=fact.happened_at)
    notice = Notice.objects.get(recipient_code=asked.filler.code)
    assert "Số hộ giảm, xem lại sổ" in notice.text_vi
