"""What happens to a dossier reaches the portal: in order, once, however the portal behaves; what cannot is for people."""

from datetime import timedelta

import pytest

from tinhso.kernel.flow import Text
from tinhso.kernel.packs.contents import NoticeText
from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.actions.sending import attempt, claim
from tinhso.modules.government.portal_link.facts import OUTBOX_DELAYED
from tinhso.modules.government.portal_link.models import Destination, Dossier, Message
from tinhso.modules.government.portal_link.queries.outbox import get_overview, list_messages
from tinhso.modules.government.portal_link.reactions import on_dossier_fact_tell_the_portal
from tinhso.modules.government.portal_link.rules.sending import LEASE
from tinhso.platform.cases.queries import get_case
from tinhso.platform.ledger.models import Fact
from tinhso.platform.ledger.queries import get_fact
from tinhso.platform.notices.actions import load_notice_texts
from tinhso.platform.notices.models import Notice
from tinhso.platform.people.actions import appoint, load_roles, register_officer
from tinhso.platform.people.rules import SYSTEM

from .conftest import COMMUNE, PROVINCE

ALL_THE_WAY = ("accept", "begin", "ask", "supplement", "check", "go_on", "sign", "hand_over")


def test_a_dossier_of_ours_is_told_from_its_acceptance_on_until_it_is_handed_over(province):
    case = province.files()
    province.hears()
    assert not Message.objects.exists()

    province.does(case, *ALL_THE_WAY)
    province.hears()
    province.drains()

    believed = province.believes(case)
    assert believed["whole"]["MaHoSo"] == get_case(case).code
    assert list(dict.fromkeys(believed["states"])) == [2, 4, 5, 9, 10]
    assert believed["state"] == 10
    assert believed["sequences"] == list(range(1, len(believed["sequences"]) + 1))
    assert [step["TrangThai"] for step in believed["progress"]] == ["2", "4", "5", "4", "4", "4", "9", "10"]


def test_the_whole_dossier_says_who_what_until_when_and_what_was_asked_for(province):
    case = province.files()
    province.does(case, "accept", "ask")
    province.passes(days=3)
    province.does(case, "supplement")
    province.hears()
    province.drains()

    whole = province.believes(case)["whole"]
    assert whole["ChuHoSo"] == "Hoàng Thị Mai"
    assert (whole["LoaiDoiTuong"], whole["MaDoiTuong"]) == ("1", "020195004817")
    assert (whole["MaTTHC"], whole["TenTTHC"], whole["DonViXuLy"]) == ("9.000001", "Thử", "H90.01")
    assert whole["NgayTiepNhan"] == "20261120090100"
    (asked,) = whole["DanhSachHoSoBoSung"]
    assert (asked["NoiDungBoSung"], asked["TrangThaiBoSung"]) == ("Ảnh mờ", "2")
    assert asked["NgayHenTraMoi"] == whole["NgayHenTra"] > asked["NgayHenTraTruoc"]


def test_what_a_reaction_left_out_is_written_with_the_next_fact_and_nothing_twice(province):
    case = province.files()
    province.does(case, "accept", "begin", "check")

    first = actions.write_messages(public_id=case, now=province.now)
    again = actions.write_messages(public_id=case, now=province.now)
    province.drains()

    assert (first > 0, again) == (True, 0)
    assert len(province.believes(case)["progress"]) == 3


def test_without_a_portal_nothing_is_written_down_and_with_one_all_of_it(province, settings):
    settings.NATIONAL_PORTAL = {**settings.NATIONAL_PORTAL, "address": "off"}
    case = province.files()
    province.does(case, "accept", "begin")
    (fact,) = Fact.objects.filter(subject=case, kind="cases.dossier.begun")
    on_dossier_fact_tell_the_portal(get_fact(fact.pk))
    assert not Message.objects.exists()

    settings.NATIONAL_PORTAL = {**settings.NATIONAL_PORTAL, "address": ""}
    on_dossier_fact_tell_the_portal(get_fact(fact.pk))
    province.now = Message.objects.first().written_at
    province.drains()
    assert province.believes(case)["states"] == [2, 2, 4, 4]


def test_what_was_settled_long_ago_is_forgotten(province):
    case = province.files()
    province.does(case, "accept")
    province.hears()
    province.drains()
    province.does(case, "begin")
    province.hears()

    assert actions.forget_settled(now=province.now + timedelta(days=179)) == 0
    assert actions.forget_settled(now=province.now + timedelta(days=181)) == 2
    assert Message.objects.filter(state=Message.WAITING).count() == 2


def test_content_is_gone_once_it_was_delivered(province):
    case = province.files()
    province.does(case, "accept")
    province.hears()
    assert Message.objects.exclude(content={}).count() == 2

    province.drains()

    assert Message.objects.filter(state=Message.DELIVERED, content={}).count() == 2


@pytest.mark.parametrize("fault", ["timeout", "error", "lost_answer", "twice", "late", "expired", "garbage"])
def test_a_passing_fault_delays_but_neither_loses_nor_doubles(province, fault):
    case = province.files()
    province.does(case, *ALL_THE_WAY)
    province.hears()
    province.simulator.plan_faults(fault, 3)
    province.drains()
    province.simulator.recover()

    believed = province.believes(case)
    assert believed["state"] == 10
    assert believed["sequences"] == list(range(1, 1 + Message.objects.count()))


def test_a_refused_message_waits_for_people_and_holds_up_its_own_dossier_only(province):
    first, second = province.files(), province.files()
    province.does(first, "accept", "begin")
    province.does(second, "accept", "begin")
    province.hears()
    province.simulator.plan_faults("reject", 1)
    while province.sends().delivered:
        pass

    (stuck,) = list_messages(Message.STUCK)
    assert stuck.trouble_code == "03"
    assert "thiếu hoặc sai" in stuck.trouble_words
    states = {public_id: province.believes(public_id).get("state") for public_id in (first, second)}
    other = second if stuck.case_public_id == first else first
    assert states == {stuck.case_public_id: None, other: 4}

    actions.resend_message(message_id=stuck.id, actor=SYSTEM, now=province.now)
    province.drains()
    assert province.believes(stuck.case_public_id)["state"] == 4
    assert Fact.objects.filter(kind="portal_link.message.resent").count() == 1


def test_a_skipped_message_says_why_and_those_behind_it_go_on(province):
    case = province.files()
    province.does(case, "accept", "begin")
    province.hears()
    province.sends()
    province.simulator.plan_faults("reject", 1)
    province.sends()
    (stuck,) = list_messages(Message.STUCK)

    with pytest.raises(actions.NoReason):
        actions.skip_message(message_id=stuck.id, reason="  ", actor=SYSTEM, now=province.now)
    actions.skip_message(message_id=stuck.id, reason="Cổng đã có bước này", actor=SYSTEM, now=province.now)
    with pytest.raises(actions.NotStuck):
        actions.skip_message(message_id=stuck.id, reason="lần hai", actor=SYSTEM, now=province.now)
    province.drains()

    row = Message.objects.get(pk=stuck.id)
    assert (row.state, row.skip_reason, row.settled_by) == (Message.SKIPPED, "Cổng đã có bước này", "system")
    assert province.believes(case)["state"] == 4
    assert stuck.sequence not in province.believes(case)["sequences"]


def test_a_whole_dossier_sent_again_overtakes_what_was_stuck(province):
    case = province.files()
    province.does(case, "accept", "begin", "sign")
    province.hears()
    province.simulator.plan_faults("reject", 1)
    province.sends()
    code = Dossier.objects.get().portal_code

    actions.repair_dossier(portal_code=code, actor=SYSTEM, now=province.now)
    for _ in range(20):
        province.sends()
        for stuck in list_messages(Message.STUCK):
            actions.skip_message(message_id=stuck.id, reason="Cổng chưa có", actor=SYSTEM, now=province.now)

    assert province.believes(case)["state"] == 9
    assert not Message.objects.filter(state=Message.WAITING).exists()


def test_while_the_portal_is_away_sending_rests_and_no_message_becomes_stuck(province):
    dossiers = [province.files() for _ in range(3)]
    for case in dossiers:
        province.does(case, "accept")
    province.hears()
    province.simulator.plan_faults("timeout", 500)
    rests = 0
    for _ in range(200):
        rests += province.sends().is_resting
        province.passes(seconds=20)

    assert rests > 100
    assert not Message.objects.filter(state=Message.STUCK).exists()
    overview = get_overview(province.now)
    assert overview.is_old(province.now)
    assert overview.rests_until is not None

    province.simulator.recover()
    province.passes(minutes=6)
    province.drains()
    assert {province.believes(case)["state"] for case in dossiers} == {2}
    assert Destination.objects.get().rests_until is None


def test_administrators_are_told_once_when_messages_wait_for_too_long(province):
    load_notice_texts(
        texts={
            OUTBOX_DELAYED: NoticeText(
                OUTBOX_DELAYED, in_app=Text("Chờ từ {until}. Xem: {link}", "Since {until}. See: {link}")
            )
        }
    )
    load_roles(roles=[("administrator", "Quản trị", "Administrator", "unit")])
    for name, unit_key in (("toan", COMMUNE), ("tinh", PROVINCE)):
        made = register_officer(name=name, sign_in_name=name, unit_key=unit_key, actor=SYSTEM, now=province.now)
        appoint(
            officer_code=made.code,
            unit_key=unit_key,
            role="administrator",
            valid_from=province.now,
            actor=SYSTEM,
            now=province.now,
        )
    province.does(province.files(), "accept")
    province.hears()

    assert actions.alert_when_old(now=province.now + timedelta(minutes=14)) == 0
    assert actions.alert_when_old(now=province.now + timedelta(minutes=16)) == 2
    assert actions.alert_when_old(now=province.now + timedelta(hours=5)) == 0
    assert actions.alert_when_old(now=province.now + timedelta(hours=7)) == 2
    assert Fact.objects.filter(kind=OUTBOX_DELAYED, subject="portal:outbox").count() == 2
    assert Notice.objects.filter(kind=OUTBOX_DELAYED).first().text_vi.startswith("Chờ từ 09:01 20/11/2026")


def test_killed_between_sending_and_marking_nothing_is_lost_and_nothing_doubled(province):
    case = province.files()
    province.does(case, "accept", "begin")
    province.hears()
    (claimed,) = claim(most=8, now=province.now)
    assert not attempt(province.portal, claimed).trouble  # and here the process dies

    province.passes(seconds=30)
    assert province.sends().delivered == 0, "nobody else sends while the lease lasts"
    province.now += LEASE
    province.drains()

    assert province.believes(case)["sequences"] == list(range(1, 1 + Message.objects.count()))


def test_a_message_written_while_another_is_sent_follows_it(province):
    case = province.files()
    province.does(case, "accept")
    province.hears()
    (claimed,) = claim(most=8, now=province.now)
    province.does(case, "begin")
    province.hears()
    from tinhso.modules.government.portal_link.actions.sending import settle

    settle(outcomes=[attempt(province.portal, claimed)], random=province.random, now=province.now)
    province.drains()

    assert province.believes(case)["state"] == 4


def test_what_was_stuck_goes_again_all_at_once(province):
    for _ in range(3):
        province.does(province.files(), "accept")
    province.hears()
    province.simulator.plan_faults("reject", 3)
    province.sends()
    assert get_overview(province.now).stuck == 3

    assert actions.resend_all(actor=SYSTEM, now=province.now + timedelta(minutes=1)) == 3
    province.drains()
    assert get_overview(province.now).stuck == 0
