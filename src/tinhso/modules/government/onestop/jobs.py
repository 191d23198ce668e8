"""The job that signs many dossiers for a leader, one transaction each."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tinhso.modules.government.onestop.actions import signing
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
