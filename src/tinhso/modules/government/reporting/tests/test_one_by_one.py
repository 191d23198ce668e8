"""A report or a parcel with which something is wrong holds up none of those behind it."""

import pytest

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.actions import sending
from tinhso.modules.government.reporting.actions.chasing import chase_reports
from tinhso.modules.government.reporting.adapters.receiver import find_receiver
from tinhso.modules.government.reporting.models import Parcel, Reminder, Report
from tinhso.modules.government.reporting.tests.conftest import COMMUNE, OTHER, Province, later
from tinhso.platform.notices.actions import load_notice_texts


@pytest.fixture
def opened(province: Province, settings) -> Province:
    """The words of the packs, and the month's reports; the first commune's names a regime that is gone."""
    from tinhso.kernel.packs.reading import read_all

    load_notice_texts(texts=read_all(settings.PACKS_ROOT, ["national"]).contents().texts)
    province.opens()
    Report.objects.filter(unit_key=COMMUNE).update(regime="gone")
    return province


def test_who_can_be_asked_is_asked_although_one_report_is_broken(opened, caplog):
    assert chase_reports(now=later(days=1)) > 0

    assert set(Reminder.objects.values_list("recipient_code", flat=True)) >= {opened.other_filler.code}
    assert "cannot be done" in caplog.text


def test_what_nobody_began_takes_the_records_although_one_report_is_broken(opened, caplog):
    rows = Report.objects.filter(unit_key=OTHER, regime="commune_digital")
    rows.update(content={})
    assert actions.refresh_untouched(now=later(hours=1)) >= 1

    assert rows.get().content
    assert "cannot be done" in caplog.text


def test_what_was_due_long_ago_is_left_as_it_is(opened):
    assert queries.list_untouched(later(days=-31))
    assert queries.list_untouched(later(days=31)) == []


def test_a_parcel_with_which_something_is_wrong_waits_and_the_next_one_goes(province, caplog):
    province.opens()
    province.hands_in()
    whole = province.sum()
    actions.sum_up_report(public_id=whole.public_id, actor=province.receiver, now=later(hours=2))
    actions.send_up(public_id=whole.public_id, actor=province.chief, now=later(hours=3))
    good = Parcel.objects.get()
    row = province.report(OTHER)
    Parcel.objects.create(report=row, number=9, key="sick", state="waiting", content_sha256="0", ordered_by="x", ordered_at=later(), next_try_at=later())  # fmt: skip

    assert sending.send_waiting(receiver=find_receiver(), now=later(hours=4)) == 1
    sick = Parcel.objects.get(key="sick")
    assert (sick.state, sick.tries) == ("waiting", 1)
    assert sick.next_try_at > later(hours=4)
    assert Parcel.objects.get(pk=good.pk).state == "sent"
    assert "cannot be sent" in caplog.text
