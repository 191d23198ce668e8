"""The jobs that sign many dossiers for a leader, one transaction each, and write a long register."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from tinhso.modules.government.onestop.actions import exporting, signing
from tinhso.modules.government.onestop.models import RegisterOrder
from tinhso.modules.government.onestop.queries.batches import get_batch
from tinhso.platform.clock import now
from tinhso.platform.people.queries import find_officer_actor, find_officer_at_work

MOST_RETRIES = 6


@app.task(
    name=signing.JOB,
    queue="signing",
    retry=RetryStrategy(max_attempts=MOST_RETRIES, exponential_wait=2),
    pass_context=True,
)
def sign_batch_in_background(context: JobContext, batch: str) -> None:
    """
    Sign a batch; what fails is tried again after 2, 4 … 64 seconds, some two minutes in all.

    That is as long as a leader may look at a page that says "under way". Then the rest is given back and can be ordered anew.
    """
    sign_batch(batch, is_last_try=context.job.attempts >= MOST_RETRIES)


def sign_batch(batch: str, *, is_last_try: bool = False) -> None:
    """Sign what is left of a batch; the leader's posts are looked up anew for each, so a post that ended signs nothing."""
    order = get_batch(batch)
    try:
        while actor := find_officer_at_work(order.actor_code, now()):
            if not signing.sign_next_of_batch(batch=batch, actor=actor, now=now()):
                return
    except Exception:
        if is_last_try:
            signing.give_batch_back(batch=batch, reason=signing.DID_NOT_WORK, now=now())
        raise
    signing.give_batch_back(batch=batch, reason=signing.NO_SIGNER, now=now())


@app.task(name=exporting.JOB, queue="registers", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
def write_register(order: str) -> None:
    """Write the register that an officer ordered; from the beginning when it was cut short."""
    row, moment = RegisterOrder.objects.get(public_id=order), now()
    actor = find_officer_actor(row.actor_code, moment)
    if actor is not None:
        exporting.write_register(public_id=order, actor=actor, now=moment)
