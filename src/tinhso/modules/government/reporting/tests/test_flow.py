"""A report from the day it is opened until it is sent up: filled, signed, returned, approved, added up, corrected."""

from datetime import date
from decimal import Decimal

import pytest

from tinhso.kernel.flow import Incomplete
from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.rules.filling import Sent
from tinhso.modules.government.reporting.rules.periods import NoPeriod
from tinhso.modules.government.reporting.tests.conftest import (
    COMMUNE,
    DEPARTMENT,
    FIGURES,
    MONTH,
    OFFICE,
    OTHER,
    THIRD,
    later,
)
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.queries import list_hanging, list_inbox
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.units.models import Unit


def case_of(row: Report) -> Case:
    return Case.objects.get(public_id=row.public_id)


def test_reports_open_by_themselves_when_a_period_ends_and_only_once(province):
    opened = province.opens()
    months = Report.objects.filter(regime="commune_digital", period=MONTH)

    assert opened == Report.objects.count()
    assert {row.unit_key for row in months} == {COMMUNE, OTHER, THIRD, DEPARTMENT}
    assert {row.receiver_key for row in months if not row.is_summed} == {DEPARTMENT}
    assert [row.unit_key for row in months if row.is_summed] == [DEPARTMENT]
    assert province.opens(later(hours=6)) == 0


def test_a_report_is_a_case_with_the_day_of_its_regime(province):
    province.opens()
    row = province.report()
    case = case_of(row)

    assert case.due_at == row.due_at
    assert row.due_at.date() == date(2026, 11, 20)
    assert [each.public_id for each in list_inbox(province.filler, kinds=["report"]).rows if each.unit_key == COMMUNE]
    assert list_hanging(later(days=30)) == []


def test_quarters_go_from_communes_and_departments_to_the_office(province):
    province.opens(later(days=27))  # the quarter's figures are cut off on 14 December
    quarter = {row.unit_key: row for row in Report.objects.filter(regime="procedures_settled", period="2026-Q4")}

    assert set(quarter) == {COMMUNE, OTHER, THIRD, DEPARTMENT, OFFICE}
    assert quarter[DEPARTMENT].receiver_key == quarter[COMMUNE].receiver_key == OFFICE
    assert quarter[OFFICE].is_summed
    assert not quarter[DEPARTMENT].is_summed


def test_a_report_is_filled_signed_approved_added_up_and_sent_up(province):
    province.opens()
    row = province.hands_in()
    assert (row.state, row.version, case_of(row).unit_key) == ("submitted", 1, DEPARTMENT)
    assert row.public_id in {each.public_id for each in list_inbox(province.receiver).rows}

    actions.approve_report(public_id=row.public_id, actor=province.receiver, now=later(hours=1))
    actions.sum_up_report(public_id=province.sum().public_id, actor=province.receiver, now=later(hours=2))
    made = actions.send_up(public_id=province.sum().public_id, actor=province.chief, now=later(hours=3))
    whole = queries.read_report(province.sum().public_id)

    assert whole.values["guided_share.value"] == Decimal("25.0")
    assert whole.row.summed_from == {row.public_id: 1}
    assert (whole.row.state, made.number) == ("sent_up", 1)
    assert case_of(whole.row).closed_at
    kinds = [fact.kind for fact in list_facts(row.public_id)]
    assert kinds == [
        "cases.report.filed", "cases.report.begun", "reporting.report.filled", "cases.report.submitted",
        "reporting.version.made", "reporting.version.signed", "cases.report.approved",
    ]  # fmt: skip


def test_the_sum_of_two_communes_works_shares_out_anew(province):
    province.opens()
    province.hands_in(households="1.000", guided="250")
    province.hands_in(OTHER, households="3.000", guided="2.250")
    overview = queries.read_overview(queries.read_report(province.sum().public_id), later(hours=1))

    assert overview.sums.values["guided_share.value"] == Decimal("62.5")  # the mean of 25 and 75 would be 50
    assert (overview.sums.coverage.present, overview.sums.coverage.total) == (2, 3)
    assert overview.sums.coverage.missing == ("Xã Thử 3",)


def test_a_report_that_does_not_hold_together_is_not_handed_in(province):
    province.opens()
    row = province.report()
    province.types(row, villages="12", guided="2.000", households="1.000")

    with pytest.raises(actions.NotReady) as refused:
        actions.submit_report(public_id=row.public_id, actor=province.leader, now=later())
    named = {each.key for each in refused.value.failed}
    assert {"teams.value", "guided.value"} <= named
    assert all(each.remedy.vi for each in refused.value.failed)
    assert province.report().version == 0


def test_a_returned_report_comes_back_to_its_unit_with_the_reasons_and_counts_no_more(province):
    province.opens()
    row = province.hands_in()
    with pytest.raises(Incomplete):
        actions.return_report(public_id=row.public_id, reasons=" ", actor=province.receiver, now=later(hours=1))
    actions.return_report(
        public_id=row.public_id, reasons="Số hộ chưa khớp", actor=province.receiver, now=later(hours=1)
    )

    assert case_of(row).unit_key == COMMUNE
    assert queries.read_overview(queries.read_report(province.sum().public_id), later()).sums.values == {}
    again = province.hands_in(households="1.100", now=later(hours=2))
    assert (again.version, again.first_submitted_at) == (2, row.first_submitted_at)
    versions = queries.list_versions(again)
    assert [version.number for version in versions] == [2, 1]


def test_a_correction_after_approval_needs_a_reason_and_makes_the_sum_out_of_date(province):
    province.opens()
    row = province.hands_in()
    actions.approve_report(public_id=row.public_id, actor=province.receiver, now=later(hours=1))
    actions.sum_up_report(public_id=province.sum().public_id, actor=province.receiver, now=later(hours=2))

    with pytest.raises(actions.NotOpen):
        province.types(row, guided="300")
    actions.reopen_report(public_id=row.public_id, reasons="Đếm sót", actor=province.receiver, now=later(hours=3))
    assert province.sum().is_stale
    province.hands_in(guided="300", now=later(hours=4))
    with pytest.raises(actions.NotOpen):
        actions.send_up(public_id=province.sum().public_id, actor=province.chief, now=later(hours=5))
    actions.sum_up_report(public_id=province.sum().public_id, actor=province.receiver, now=later(hours=6))
    assert queries.read_report(province.sum().public_id).values["guided.value"] == 300
    assert not province.sum().is_stale


def test_a_sum_that_was_sent_up_may_be_opened_again_by_its_leader(province):
    province.opens()
    province.hands_in()
    whole = province.sum().public_id
    actions.sum_up_report(public_id=whole, actor=province.receiver, now=later(hours=1))
    actions.send_up(public_id=whole, actor=province.chief, now=later(hours=2))
    with pytest.raises(actions.Forbidden):
        actions.reopen_report(public_id=whole, reasons="sai", actor=province.receiver, now=later(hours=3))
    actions.reopen_report(public_id=whole, reasons="sai", actor=province.chief, now=later(hours=3))
    actions.sum_up_report(public_id=whole, actor=province.receiver, now=later(hours=4))

    assert actions.send_up(public_id=whole, actor=province.chief, now=later(hours=5)).number == 2


def test_late_is_what_comes_after_the_day(province):
    province.opens()
    row = province.hands_in(now=later(days=5))

    assert queries.view_of(row).is_late(later(days=5))
    assert not queries.view_of(province.report(OTHER)).is_late(later())
    assert queries.view_of(province.report(OTHER)).is_late(later(days=6))
    assert queries.count_due(province.other_filler, later(days=2)) == 1


def test_an_ad_hoc_report_is_asked_for_by_hand_and_needs_no_signature(province):
    asked = actions.Asked(
        "system_incident", date(2026, 11, 10), date(2026, 11, 15), date(2026, 11, 21), "Mất điện ngày 12", [COMMUNE]
    )
    opened = actions.ask_for_reports(asked=asked, actor=province.receiver, now=later())
    row = next(each for each in opened if not each.is_summed)

    assert {each.unit_key for each in opened} == {COMMUNE, DEPARTMENT}
    assert row.due_at.date() == date(2026, 11, 23)  # the 21st is a Saturday
    sent = [Sent(f"{name}.value", "0") for name in ("times", "minutes", "longest", "affected")]
    actions.save_cells(public_id=row.public_id, sent=sent, revision=0, actor=province.filler, now=later())
    assert actions.submit_report(public_id=row.public_id, actor=province.filler, now=later()).number == 1
    with pytest.raises(NoPeriod):
        actions.ask_for_reports(asked=asked, actor=province.receiver, now=later())


def test_who_receives_nothing_asks_for_nothing(province):
    asked = actions.Asked("system_incident", date(2026, 11, 10), date(2026, 11, 15))
    with pytest.raises(actions.Forbidden):
        actions.ask_for_reports(asked=asked, actor=province.filler, now=later())
    assert Report.objects.count() == 0


def test_a_report_of_a_signed_regime_is_proposed_and_may_be_given_back(province):
    province.opens()
    row = province.report()
    province.types(row, **FIGURES)
    with pytest.raises(actions.Forbidden):
        actions.submit_report(public_id=row.public_id, actor=province.filler, now=later())
    actions.propose_report(public_id=row.public_id, actor=province.filler, now=later())
    assert row.public_id in {each.public_id for each in list_inbox(province.leader).rows}
    actions.give_back_report(public_id=row.public_id, reasons="xem lại", actor=province.leader, now=later())
    actions.propose_report(public_id=row.public_id, actor=province.filler, now=later())
    assert actions.submit_report(public_id=row.public_id, actor=province.leader, now=later()).number == 1


def test_an_office_of_a_commune_receives_nothing(province):
    """ "office" is a kind of unit in communes and the designation of the province's own office."""
    path = ["90@2025-07-01", COMMUNE, "A.05@2025-07-01"]
    Unit.objects.create(
        key=path[-1], code="A.05", kind="office", designation="commune_police", name="Công an xã", path=path,
        parent_key=COMMUNE, valid_from=date(2025, 7, 1),
    )  # fmt: skip
    regime = queries.regime_on("procedures_settled", date(2026, 11, 16))
    found = {each.unit_key: each for each in queries.assignments_of(regime, date(2026, 11, 16))}

    assert found[COMMUNE].receiver_key == found[DEPARTMENT].receiver_key == OFFICE
    assert [each.unit_key for each in found.values() if each.is_summed] == [OFFICE]
