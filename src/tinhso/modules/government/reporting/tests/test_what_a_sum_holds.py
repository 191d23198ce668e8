"""A sum says of which reports it is: what comes after the adding up makes it out of date, and its paper never counts it in."""

import pytest

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.queries.parcels import content_of, read_signed
from tinhso.modules.government.reporting.queries.printing import DRAFT, fields_of_report
from tinhso.modules.government.reporting.tests.conftest import FIGURES, OFFICE, OTHER, later


@pytest.fixture
def added_up(province) -> Report:
    """The department's sum of one commune of three."""
    province.opens()
    province.hands_in()
    actions.sum_up_report(public_id=province.sum().public_id, actor=province.receiver, now=later(hours=2))
    return province.sum()


def test_a_unit_that_hands_in_after_the_adding_up_makes_the_sum_out_of_date(province, added_up):
    assert not added_up.is_stale
    province.hands_in(OTHER, now=later(hours=3))

    assert province.sum().is_stale
    with pytest.raises(actions.NotOpen):
        actions.send_up(public_id=added_up.public_id, actor=province.chief, now=later(hours=4))
    actions.sum_up_report(public_id=added_up.public_id, actor=province.receiver, now=later(hours=5))
    assert len(province.sum().summed_from) == 2


def test_a_sum_that_was_never_added_up_is_not_out_of_date(province):
    province.opens()
    province.hands_in()

    assert not province.sum().is_stale


def test_a_report_that_goes_back_before_it_is_in_the_sum_does_not_touch_it(province, added_up):
    row = province.hands_in(OTHER, now=later(hours=3))
    actions.sum_up_report(public_id=added_up.public_id, actor=province.receiver, now=later(hours=4))
    actions.return_report(public_id=row.public_id, reasons="Sai số hộ", actor=province.receiver, now=later(hours=5))
    assert province.sum().is_stale
    actions.sum_up_report(public_id=added_up.public_id, actor=province.receiver, now=later(hours=6))
    province.types(province.report(OTHER), province.other_filler, guided="1", now=later(hours=7))

    assert not province.sum().is_stale


def test_the_paper_counts_only_what_was_added_up(province, added_up):
    made = actions.send_up(public_id=added_up.public_id, actor=province.chief, now=later(hours=3))
    signed, _pdf = read_signed(province.sum(), made.number)
    province.hands_in(OTHER, now=later(hours=4))
    view = queries.read_report(added_up.public_id)
    again = content_of(view, made, signer=province.chief, now=later(hours=5))
    drawn = fields_of_report(view, view.content, DRAFT, later(hours=5))

    held = {"present": 1, "total": 3, "missing": ["Xã Thử 2", "Xã Thử 3"]}
    assert signed["coverage"] == again["coverage"] == held
    assert drawn["missing"] == held["missing"]
    assert drawn["coverage"].startswith("1 trên 3")


def test_a_sum_that_was_never_added_up_is_neither_proposed_nor_signed(province):
    province.opens()
    whole = province.sum()
    province.types(whole, province.receiver, **FIGURES)
    with pytest.raises(actions.NotOpen, match="chưa tổng hợp"):
        actions.propose_report(public_id=whole.public_id, actor=province.receiver, now=later(hours=1))
    Report.objects.filter(pk=whole.pk).update(state="proposed")  # as one proposed before this was refused
    with pytest.raises(actions.NotOpen, match="chưa tổng hợp"):
        actions.send_up(public_id=whole.public_id, actor=province.chief, now=later(hours=2))

    assert province.sum().version == 0


def test_a_sum_that_is_out_of_date_is_not_proposed(province, added_up):
    province.hands_in(OTHER, now=later(hours=3))
    with pytest.raises(actions.NotOpen, match="chưa tổng hợp"):
        actions.propose_report(public_id=added_up.public_id, actor=province.receiver, now=later(hours=4))


def test_a_sum_with_a_receiver_is_handed_in_to_it_and_not_sent_up(province, added_up):
    Report.objects.filter(pk=added_up.pk).update(receiver_key=OFFICE)
    with pytest.raises(actions.NotOpen):
        actions.send_up(public_id=added_up.public_id, actor=province.chief, now=later(hours=3))
    Report.objects.filter(pk=added_up.pk).update(is_stale=True)
    with pytest.raises(actions.NotOpen, match="chưa tổng hợp"):
        actions.submit_report(public_id=added_up.public_id, actor=province.chief, now=later(hours=4))
