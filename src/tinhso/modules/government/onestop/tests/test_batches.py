"""An order to sign many dossiers always comes to an end that its leader sees."""

import json

import pytest
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.jobs import MOST_RETRIES, sign_batch_in_background
from tinhso.modules.government.onestop.queries.batches import get_batch
from tinhso.modules.government.onestop.tests.test_signing import proposed
from tinhso.platform.cases import queries
from tinhso.platform.clock import now
from tinhso.platform.people.models import Account
from tinhso.platform.signing.apps import UNSET

pytestmark = pytest.mark.django_db


class Broken:
    """A provider whose device does not answer."""

    def __init__(self, **_: object) -> None:
        pass

    def sign(self, _request: object) -> bytes:
        raise OSError("the device does not answer")


def run(batch: str, attempts: int = 0) -> None:
    """What the worker does with the job, at that try."""
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = %s", [actions.signing.JOB])
        (args,) = cursor.fetchone()
    job = Job(
        id=1, queue="signing", lock=None, queueing_lock=None, task_name=actions.signing.JOB,
        task_kwargs=json.loads(args), attempts=attempts,
    )  # fmt: skip
    assert job.task_kwargs == {"batch": batch}
    sign_batch_in_background(
        JobContext(app=app, job=job, start_timestamp=0.0, abort_reason=lambda: None), **job.task_kwargs
    )


def test_a_batch_whose_leader_is_gone_ends_and_says_so(commune):
    wanted = proposed(commune, 2)
    batch = actions.order_signing(public_ids=wanted, actor=commune.leader, now=now())
    Account.objects.filter(code=commune.leader.code).update(is_active=False)

    run(batch)

    order = get_batch(batch)
    assert order.finished_at is not None
    assert [outcome.public_id for outcome in order.outcomes] == wanted
    assert all("không còn dùng được" in outcome.refusal for outcome in order.outcomes)
    assert {queries.get_case(each).state.code for each in wanted} == {"proposed"}


def test_a_batch_that_cannot_be_signed_is_given_back_after_the_last_try_and_not_before(commune, settings):
    wanted = proposed(commune)
    settings.SIGNATURE_PROVIDER = f"{__name__}.Broken"
    batch = actions.order_signing(public_ids=wanted, actor=commune.leader, now=now())

    with pytest.raises(OSError, match="does not answer"):
        run(batch, attempts=MOST_RETRIES - 1)
    assert get_batch(batch).finished_at is None
    with pytest.raises(OSError, match="does not answer"):
        run(batch, attempts=MOST_RETRIES)
    order = get_batch(batch)
    assert order.finished_at is not None
    assert "Hãy thử ký lại" in order.outcomes[0].refusal

    settings.SIGNATURE_PROVIDER = "tinhso.platform.signing.adapters.pades.LocalProvider"
    assert actions.sign_dossiers(public_ids=wanted, actor=commune.leader, now=now())[0].done


def test_where_no_provider_was_named_nothing_is_signed_and_it_is_said_why(commune, settings):
    settings.SIGNATURE_PROVIDER = UNSET
    (outcome,) = actions.sign_dossiers(public_ids=proposed(commune), actor=commune.leader, now=now())
    assert "TINHSO_SIGNATURES" in outcome.refusal
