"""The jobs that sign many dossiers for a leader, one transaction each, and write a long register."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tinhso.modules.government.onestop.actions import exporting, signing
from tinhso.modules.government.onestop.models import RegisterOrder
from tinhso.modules.government.onestop.queries.batches import get_batch
from tinhso.platform.clock import now
from tinhso.platform.people.queries import find_officer_actor


@app.task(name=signing.JOB, queue="signing", retry=RetryStrategy(max_attempts=10, exponential_wait=2))
def sign_batch(batch: str) -> None:
    """Sign what is left of a batch; the leader's posts are looked up anew for each, so a post that ended signs nothing."""
    order = get_batch(batch)
    while True:
        moment = now()
        actor = find_officer_actor(order.actor_code, moment)
        if actor is None or not signing.sign_next_of_batch(batch=batch, actor=actor, now=moment):
            break


@app.task(name=exporting.JOB, queue="registers", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
def write_register(order: str) -> None:
    """Write the register that an officer ordered; from the beginning when it was cut short."""
    row, moment = RegisterOrder.objects.get(public_id=order), now()
    actor = find_officer_actor(row.actor_code, moment)
    if actor is not None:
        exporting.write_register(public_id=order, actor=actor, now=moment)
