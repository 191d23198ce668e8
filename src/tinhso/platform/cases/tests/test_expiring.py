"""Waits that cannot be ended are set back, so that the others get their turn, and the reason is kept."""

from datetime import timedelta

from tinhso.platform.cases import actions, models, queries
from tinhso.platform.cases.tests.conftest import DESK, HANDLER, file_dossier, later


def waiting_dossier() -> str:
    case = file_dossier()
    for act, actor in (("accept", DESK), ("ask_supplement", HANDLER)):
        actions.act_on_case(
            public_id=case.public_id, act=act, actor=actor, now=later(minutes=1), answers={"reasons": ["Ảnh mờ"]}
        )
    return case.public_id


def make_it_refuse(public_id: str, then: str = "joined") -> None:
    models.Wait.objects.filter(case__public_id=public_id).update(then=then, until=later(days=1))


def test_waits_that_always_refuse_do_not_keep_the_others_from_their_turn(commune):
    for _ in range(2):
        make_it_refuse(waiting_dossier())
    last = waiting_dossier()

    actions.expire_waits(now=later(days=20), limit=2)
    assert queries.get_case(last).state.code == "supplement", "the two oldest had the first turn"
    actions.expire_waits(now=later(days=20, seconds=10), limit=2)

    assert queries.get_case(last).state.code == "lapsed"


def test_a_refused_wait_is_tried_again_later_each_time_and_says_why(commune):
    public_id = waiting_dossier()
    make_it_refuse(public_id)
    moment, tried = later(days=20), []
    for _ in range(3):
        assert [each.public_id for each in actions.expire_waits(now=moment)] == [public_id]
        wait = models.Wait.objects.get(case__public_id=public_id)
        tried.append(wait.next_try_at - moment)
        assert actions.expire_waits(now=wait.next_try_at - timedelta(seconds=1)) == []
        moment = wait.next_try_at

    assert tried == sorted(set(tried))
    (hanging,) = queries.list_hanging(moment)
    assert hanging["trouble"] == "its wait is over"
    assert hanging["refusal"] == wait.refusal
    assert wait.refusal["vi"]
    assert wait.tries == 3

    make_it_refuse(public_id, then="lapse")
    actions.expire_waits(now=moment)
    assert queries.list_hanging(moment) == []


def test_a_case_that_breaks_the_engine_does_not_break_the_turn_of_the_others(commune):
    broken, sound = waiting_dossier(), waiting_dossier()
    models.Case.objects.filter(public_id=broken).update(procedure_code="9.999999")

    actions.expire_waits(now=later(days=20))

    assert queries.get_case(sound).state.code == "lapsed"
    (hanging,) = queries.list_hanging(later(days=20))
    assert hanging["public_id"] == broken
    assert "9.999999" in hanging["refusal"]["en"] or "DoesNotExist" in hanging["refusal"]["en"]


def test_what_hangs_is_counted_once_a_minute_however_often_it_is_asked(commune, django_assert_num_queries):
    make_it_refuse(waiting_dossier())
    assert queries.count_hanging(later(days=20)) == {commune: 1}
    with django_assert_num_queries(0):
        assert queries.count_hanging(later(days=20, seconds=30)) == {commune: 1}
    models.Wait.objects.update(until=None)
    assert queries.count_hanging(later(days=20, seconds=61)) == {}
