"""The same request under the same key is done once, also when two come at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from tinhso.kernel.flow import NotAllowed
from tinhso.platform.cases import actions, models, queries
from tinhso.platform.cases.tests.conftest import DESK, FRIDAY, HANDLER, file_dossier
from tinhso.platform.ledger.queries import list_facts


def accept(public_id: str, key: str = "k1", actor=DESK, asked: object = "accept"):
    def do() -> dict:
        moved = actions.act_on_case(public_id=public_id, act="accept", actor=actor, now=FRIDAY)
        return {"code": moved.code, "state": moved.state}

    return actions.do_once(key=key, public_id=public_id, asked=asked, do=do, actor=actor, now=FRIDAY)


def test_the_same_request_again_gets_the_same_answer_and_acts_once(commune):
    case = file_dossier()
    first, is_repeated = accept(case.public_id)
    assert not is_repeated
    assert first["state"] == "accepted"
    assert accept(case.public_id) == (first, True)
    assert [fact.kind for fact in list_facts(case.public_id)].count("cases.dossier.accepted") == 1
    assert queries.was_done(case.public_id, "k1", DESK)
    assert not queries.was_done(case.public_id, "k1", HANDLER)


def test_another_request_under_the_key_is_refused_and_another_actor_has_other_keys(commune):
    case, other = file_dossier(), file_dossier()
    accept(case.public_id)
    with pytest.raises(actions.RequestChanged, match=case.public_id):
        accept(other.public_id)
    with pytest.raises(actions.RequestChanged):
        accept(case.public_id, asked="decline")
    with pytest.raises(NotAllowed):
        accept(case.public_id, actor=HANDLER)


def test_a_refused_request_leaves_no_trace_and_may_come_again(commune):
    case = file_dossier()
    with pytest.raises(NotAllowed):
        accept(case.public_id, actor=HANDLER)
    assert not models.Request.objects.exists()
    assert accept(case.public_id)[0]["state"] == "accepted"


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_one(commune):
    case, both, found = file_dossier(), Barrier(2), []

    def run() -> None:
        both.wait(5)
        try:
            found.append(accept(case.public_id))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert found[0][0] == found[1][0]
    assert {repeated for _answer, repeated in found} == {True, False}
    assert [fact.kind for fact in list_facts(case.public_id)].count("cases.dossier.accepted") == 1
