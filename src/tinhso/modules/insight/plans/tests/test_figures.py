"""What becomes of figures: kept once and never changed, announced anew, told by two sources, taken back; and who may."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tinhso.modules.insight.plans import actions, facts, queries
from tinhso.modules.insight.plans.models import Figure
from tinhso.modules.insight.plans.rules.drafts import Refused
from tinhso.modules.insight.plans.tests.conftest import (
    NEW,
    NOW,
    OLD,
    PLAN,
    START,
    TODAY,
    enter,
    officer,
    target_row,
)
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people.rules import NotAllowed

LATER = NOW + timedelta(hours=1)


def course(measure="payment_accounts", level="all", *, public=False) -> queries.Course:
    wanted = queries.Wanted(queries.get_definitions().measures[measure], queries.get_subject(OLD, TODAY), level)
    return queries.read_courses([wanted], TODAY, public=public)[wanted.key]


def fields_of(refused) -> list[str]:
    return [each.field for each in refused.value.troubles]


def told() -> list[str]:
    return list(Fact.objects.filter(kind__startswith="plans.").order_by("pk").values_list("kind", flat=True))


def test_a_figure_that_is_typed_tells_where_the_target_stands(results):
    assert target_row("payment_accounts").standing.state == "no_data"

    enter(value="48,5")

    row = target_row("payment_accounts")
    assert row.standing.state == "missed"
    assert row.course.cells[-1].used.quantity.low == Decimal("48.5")
    enter(value="50,1", announced_on="2026-05-01")
    assert target_row("payment_accounts").standing.state == "reached"


def test_a_new_announcement_stands_over_the_old_one_and_loses_none(results):
    enter(value="48,5", announced_on="2026-01-10")
    enter(value="47,9", announced_on="2026-06-30")

    (cell,) = course().cells
    (line,) = cell.lines
    assert line.latest.quantity.low == Decimal("47.9")
    assert [each.quantity.low for each in line.earlier] == [Decimal("48.5")]
    assert not cell.disagrees


def test_an_earlier_announcement_that_comes_late_does_not_replace_the_last_one(results):
    enter(value="47,9", announced_on="2026-06-30")
    enter(value="48,5", announced_on="2026-01-10")

    assert course().cells[-1].used.quantity.low == Decimal("47.9")


def test_the_database_row_of_a_figure_never_changes(results):
    first = enter(value="48,5")
    before = Figure.objects.filter(public_id=first).values().get()

    enter(value="47", announced_on="2026-06-30")
    enter(value="51", publisher="Ngân hàng Nhà nước chi nhánh khu vực 5")

    assert Figure.objects.filter(public_id=first).values().get() == before


def test_two_sources_stand_side_by_side_and_the_less_good_one_is_used_until_one_is_named(results):
    good = enter(value="55", publisher="Ngân hàng Nhà nước chi nhánh khu vực 5")
    enter(value="48")

    (cell,) = course().cells
    assert cell.disagrees
    assert sorted(line.latest.quantity.low for line in cell.lines) == [48, 55]
    assert cell.used.quantity.low == 48
    assert target_row("payment_accounts").standing.state == "missed"

    actions.choose_source(public_id=good, reason="Số gốc của ngân hàng", actor=officer("leader"), now=NOW)

    (cell,) = course().cells
    assert (cell.used.quantity.low, cell.chosen.reason) == (55, "Số gốc của ngân hàng")
    assert len(cell.lines) == 2
    assert target_row("payment_accounts").standing.state == "reached"
    assert told()[-1] == facts.SOURCE_CHOSEN


def test_a_source_that_was_named_is_followed_when_it_announces_anew(results):
    good = enter(value="55", publisher="Ngân hàng")
    enter(value="48")
    actions.choose_source(public_id=good, reason="Số gốc", actor=officer("administrator"), now=NOW)

    enter(value="54", publisher="NGÂN HÀNG", announced_on="2026-09-01")

    assert course().cells[-1].used.quantity.low == 54


def test_never_a_mean_of_two_sources(results):
    enter(value="55", publisher="Ngân hàng")
    enter(value="48")

    shown = {line.latest.quantity.low for cell in course().cells for line in cell.lines} | {
        cell.used.quantity.low for cell in course().cells
    }

    assert shown == {Decimal(48), Decimal(55)}


def test_the_same_word_of_the_same_source_is_kept_once(results):
    assert enter() == enter()
    assert Figure.objects.filter(measure="payment_accounts", period="2025").count() == 1


def test_the_same_request_again_gives_the_same_figure_and_another_under_its_key_is_refused(results):
    first = enter(key="k1")

    assert enter(key="k1", now=LATER) == first
    with pytest.raises(actions.KeyReused):
        enter(key="k1", value="50")
    assert enter(officer(name="hoa"), key="k1", value="49", announced_on="2026-02-01") != first


def test_a_figure_that_is_taken_back_no_longer_counts_and_stays(results):
    public_id = enter()

    actions.withdraw_figure(public_id=public_id, reason="Gõ nhầm năm", actor=officer(), now=LATER)

    assert course().cells == ()
    assert target_row("payment_accounts").standing.state == "no_data"
    ((gone, reason),) = queries.list_withdrawn("payment_accounts")
    assert (gone.public_id, reason) == (public_id, "Gõ nhầm năm")
    assert told()[-2:] == [facts.FIGURE_ENTERED, facts.FIGURE_WITHDRAWN]
    with pytest.raises(Refused):
        actions.withdraw_figure(public_id=public_id, reason="Lần nữa", actor=officer(), now=LATER)


def test_after_a_withdrawal_the_announcement_before_counts_again(results):
    enter(value="48,5", announced_on="2026-01-10")
    last = enter(value="80", announced_on="2026-06-30")

    actions.withdraw_figure(public_id=last, reason="Gõ nhầm", actor=officer(), now=LATER)

    assert course().cells[-1].used.quantity.low == Decimal("48.5")


def test_a_pack_s_figure_is_mended_in_the_pack(results):
    seeded = Figure.objects.exclude(seed_code="").filter(unit_key=OLD).first()

    with pytest.raises(Refused, match="gói"):
        actions.withdraw_figure(public_id=seeded.public_id, reason="Sai", actor=officer("administrator"), now=NOW)


def test_loading_the_packs_again_changes_nothing_and_a_mended_pack_keeps_what_it_said(results):
    count = Figure.objects.count()
    assert actions.load_results(definitions=results, now=LATER) == 0
    assert Figure.objects.count() == count == 62

    text = results.resolutions[PLAN]
    first = text.results[0]
    mended = replace(first, quantity=replace(first.quantity, low=Decimal(4)))
    resolutions = results.resolutions | {PLAN: replace(text, results=(mended, *text.results[2:]))}
    changed = replace(results, resolutions=resolutions)

    assert actions.load_results(definitions=changed, now=LATER) == 1
    gone = Figure.objects.filter(withdrawn_at__isnull=False)
    assert {row.withdraw_reason for row in gone} == {"Gói dữ liệu đã sửa số này.", "Gói dữ liệu không còn số này."}
    assert Figure.objects.filter(seed_code=first.code, withdrawn_at=None).get().low == 4
    assert actions.load_results(definitions=replace(changed, resolutions={}), now=LATER) == 0
    assert gone.count() == 2


def test_only_those_who_decide_name_a_source_or_somebody_responsible(results):
    public_id = enter()
    target = target_row("payment_accounts").target.code

    for act in (
        lambda: actions.choose_source(public_id=public_id, reason="Vì", actor=officer(), now=NOW),
        lambda: actions.assign_responsibility(target=target, duty=actions.Duty(NEW), actor=officer(), now=NOW),
        lambda: actions.assign_responsibility(
            target=target, duty=actions.Duty(NEW), actor=officer("leader", "33@2025-07-01"), now=NOW
        ),
        lambda: actions.withdraw_figure(
            public_id=public_id, reason="Vì", actor=officer("leader", "33@2025-07-01"), now=NOW
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_last_one_made_responsible_counts_and_the_others_stay_in_the_record(results):
    target = target_row("payment_accounts").target.code
    leader = officer("leader")

    actions.assign_responsibility(target=target, duty=actions.Duty("20", "Phó Chủ tịch"), actor=leader, now=NOW)
    actions.assign_responsibility(
        target=target, duty=actions.Duty("Tỉnh Lạng Sơn", "Chủ tịch", "từ 12/2026"), actor=leader, now=LATER
    )

    found = target_row("payment_accounts").responsible
    assert (found.unit_key, found.post, found.note) == (NEW, "Chủ tịch", "từ 12/2026")
    assert told()[-2:] == [facts.RESPONSIBILITY_ASSIGNED] * 2
    with pytest.raises(actions.NotFound):
        actions.assign_responsibility(target="nope.x", duty=actions.Duty(NEW), actor=leader, now=NOW)
    with pytest.raises(Refused):
        actions.assign_responsibility(target=target, duty=actions.Duty(OLD), actor=leader, now=NOW)


def test_what_is_not_published_is_not_seen_by_the_public(results):
    enter(is_public="không")

    assert len(course().cells) == 1
    assert course(public=True).cells == ()
    assert target_row("payment_accounts", public=True).standing.state == "no_data"


def test_facts_hold_ids_and_measures_and_nothing_about_people(results):
    enter(note="Hoàng Văn An báo")

    fact = Fact.objects.filter(kind=facts.FIGURE_ENTERED).latest("pk")
    assert '"low":"48.5"' in fact.body
    assert "An" not in fact.body
    assert fact.subject == f"plans:payment_accounts:{NEW}"


def test_reading_every_text_takes_few_statements(results, django_assert_max_num_queries):
    queries.list_resolutions(TODAY, public=True)

    with django_assert_max_num_queries(4):
        queries.list_resolutions(TODAY, public=True)


def test_a_forecast_needs_three_dated_figures(results):
    for year, value in ((2023, "20"), (2024, "24")):
        enter(
            measure="digital_economy_share", level="province", period=str(year), unit="20", value=value, announced_on=""
        )
    row = target_row("digital_economy_share", "lang_son_2022", START.date())
    assert row.forecast is None

    enter(measure="digital_economy_share", level="province", period="2022", unit="20", value="16", announced_on="")

    row = next(
        each
        for each in queries.find_resolution("lang_son_2022", START.date(), public=False).rows
        if each.measure.code == "digital_economy_share" and each.target.due_on.year == 2030
    )
    assert row.forecast.count == 3
    assert abs(row.forecast.number - 48) < 1
    assert row.outlook == "likely"


def test_the_longest_names_are_chained_in_the_ledger_too(results):
    for text in results.resolutions.values():
        for target in text.targets:
            if queries.get_subject(target.unit_key, TODAY).newest == NEW:
                actions.assign_responsibility(
                    target=target.code, duty=actions.Duty(NEW), actor=officer("leader"), now=NOW
                )

    subjects = set(Fact.objects.filter(kind=facts.RESPONSIBILITY_ASSIGNED).values_list("subject", flat=True))
    assert len(subjects) == 23
    assert max(map(len, subjects)) == 64


def test_two_requests_under_one_key_at_one_moment_keep_one_figure(committed):
    import threading

    from django.db import connection

    answers, gate = [], threading.Barrier(2)

    def send():
        gate.wait()
        try:
            answers.append(enter(key="k1"))
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(2)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()

    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert Figure.objects.filter(origin="form").count() == 1
