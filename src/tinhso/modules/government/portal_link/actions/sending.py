"""Sending what waits: one message of each dossier at a time, many dossiers at once, each outcome written down."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import inf
from random import Random
from time import monotonic
from typing import Any

from django.db import connection, transaction

from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.models import Destination, Dossier, Message
from tinhso.modules.government.portal_link.ports import Key, NationalPortal, Refused, Unreachable
from tinhso.modules.government.portal_link.rules.sending import (
    LEASE,
    MOST_TRIES,
    REFUSED,
    START_WITHIN,
    UNREACHABLE,
    Circuit,
    next_try,
)
from tinhso.modules.government.portal_link.rules.states import WHOLE
from tinhso.modules.government.portal_link.rules.wire import Progress, Whole

PORTAL = "national_portal"
CALLS_AT_ONCE = 8
MOST_AT_ONCE = 32
CLAIM = """
with due as (
    select id from portal_link_dossier where next_try_at <= %(now)s
    order by next_try_at, id limit %(most)s for update skip locked
), held as (
    update portal_link_dossier d set next_try_at = %(until)s from due where d.id = due.id returning d.id, d.portal_code
)
select held.id, held.portal_code, m.id, m.sequence, m.call, m.content, m.tries, m.state
from held left join lateral (
    select id, sequence, call, content, tries, state from portal_link_message
    where dossier_id = held.id and state in ('waiting', 'stuck') order by sequence limit 1
) m on true
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message that this sender alone may send, until the lease is over."""

    dossier_id: int
    key: Key
    message_id: int
    call: str
    content: Any
    tries: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message: no trouble when it was delivered."""

    claimed: Claimed
    trouble: str = ""
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    delivered: int = 0
    failed: int = 0
    stuck: int = 0
    is_resting: bool = False


def send_round(
    *, portal: NationalPortal, random: Random, most: int = MOST_AT_ONCE, destination: str = PORTAL, now: datetime
) -> Round:
    """
    Send the first waiting message of up to `most` dossiers, at once, and write down what became of each.

    Whoever dies between sending and writing leaves the message to be sent again, under the same key, when the lease
    is over. While the portal does not answer at all nothing but one message to try is sent.
    """
    circuit = _circuit(destination)
    allowed = circuit.allows(now, most)
    if not allowed:
        return Round(is_resting=True)
    claimed = claim(most=allowed, now=now)
    deadline = monotonic() + START_WITHIN
    outcomes = list(_pool().map(lambda each: attempt(portal, each, deadline), claimed))
    return settle(outcomes=outcomes, random=random, destination=destination, now=now)


def claim(*, most: int, now: datetime) -> list[Claimed]:
    """Take up to `most` dossiers that are due; nobody else sends for them until the lease is over."""
    asked: dict[str, Any] = {"now": now, "until": now + LEASE, "most": most}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, asked)
        rows = cursor.fetchall()
        idle = [row[0] for row in rows if row[7] != Message.WAITING]
        if idle:
            Dossier.objects.filter(pk__in=idle).update(next_try_at=None)
    return [
        Claimed(row[0], Key(row[1], row[3]), row[2], row[4], _read_json(row[5]), row[6])
        for row in rows
        if row[7] == Message.WAITING
    ]


def attempt(portal: NationalPortal, claimed: Claimed, deadline: float = inf) -> Outcome:
    """Send one message unless it is too late to begin; touches no database, so that many threads may do it."""
    if monotonic() > deadline:
        return Outcome(claimed, UNREACHABLE, "", "chưa kịp gửi")
    codec = find_exchange().codec
    try:
        if claimed.call == WHOLE:
            whole = codec.from_wire(Whole, claimed.content)
            portal.put_dossier(whole, key=claimed.key, is_new=claimed.key.sequence == 1)
        else:
            portal.put_progress(codec.from_wire(Progress, claimed.content), key=claimed.key)
    except Unreachable as trouble:
        return Outcome(claimed, UNREACHABLE, "", str(trouble)[:300])
    except Refused as trouble:
        return Outcome(claimed, REFUSED, trouble.code[:20], trouble.words[:300])
    except Exception as trouble:  # noqa: BLE001 - one broken message must not hold up those of others
        return Outcome(claimed, REFUSED, "", f"{type(trouble).__name__} {trouble}"[:300])
    return Outcome(claimed)


@transaction.atomic
def settle(*, outcomes: list[Outcome], random: Random, destination: str = PORTAL, now: datetime) -> Round:
    """Write down what became of messages, and when each dossier's next one is due; what others settled stays."""
    if not outcomes:
        return Round()
    dossiers = [each.claimed.dossier_id for each in outcomes]
    list(Dossier.objects.select_for_update().filter(pk__in=dossiers).order_by("pk").values_list("pk"))
    counts = Counter(each.trouble for each in outcomes)
    answered = len(outcomes) - counts[UNREACHABLE]
    _note_circuit(destination, outcomes, answered, now)
    delivered = [each.claimed for each in outcomes if not each.trouble]
    Message.objects.filter(pk__in=[each.message_id for each in delivered], state=Message.WAITING).update(
        state=Message.DELIVERED, content={}, tried_at=now, settled_at=now, trouble="", trouble_code="", trouble_words=""
    )
    _free([each.dossier_id for each in delivered], now)
    stuck = 0
    for each in outcomes:
        if each.trouble:
            stuck += _note_trouble(each, random, now, counts_try=bool(answered))
    return Round(len(delivered), counts[UNREACHABLE] + counts[REFUSED], stuck)


def _free(dossier_ids: list[int], now: datetime) -> None:
    """Make the next message of each dossier due; those without one rest."""
    waiting = set(
        Message.objects.filter(dossier_id__in=dossier_ids, state=Message.WAITING).values_list("dossier_id", flat=True)
    )
    Dossier.objects.filter(pk__in=waiting).update(next_try_at=now)
    Dossier.objects.filter(pk__in=set(dossier_ids) - waiting).update(next_try_at=None)


def _note_trouble(outcome: Outcome, random: Random, now: datetime, *, counts_try: bool) -> bool:
    """
    Keep why a message failed, and try it later or give it to people.

    A try counts only when the portal answered others meanwhile: while it is away nothing becomes stuck.
    """
    claimed = outcome.claimed
    tries = claimed.tries + (1 if counts_try or outcome.trouble == REFUSED else 0)
    is_stuck = outcome.trouble == REFUSED or tries >= MOST_TRIES
    changed = Message.objects.filter(pk=claimed.message_id, state=Message.WAITING).update(
        state=Message.STUCK if is_stuck else Message.WAITING, tries=tries, tried_at=now, trouble=outcome.trouble,
        trouble_code=outcome.code, trouble_words=outcome.words,
    )  # fmt: skip
    if changed:
        later = None if is_stuck else next_try(max(tries, 1), now, random)
        Dossier.objects.filter(pk=claimed.dossier_id).update(next_try_at=later)
    return bool(changed and is_stuck)


def _circuit(destination: str) -> Circuit:
    row = Destination.objects.filter(pk=destination).first()
    return Circuit(row.failures, row.rests, row.rests_until) if row else Circuit()


def _note_circuit(destination: str, outcomes: list[Outcome], answered: int, now: datetime) -> None:
    after = _circuit(destination).after(failed=len(outcomes) - answered, answered=answered, now=now)
    words = next((each.words for each in outcomes if each.trouble == UNREACHABLE), "")
    changed: dict[str, Any] = {"failures": after.failures, "rests": after.rests, "rests_until": after.rests_until}
    changed |= {"answered_at": now, "trouble_words": ""} if answered else {"trouble_words": words}
    Destination.objects.update_or_create(code=destination, defaults=changed)


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(CALLS_AT_ONCE, thread_name_prefix="portal")


def _read_json(content: Any) -> Any:
    return json.loads(content) if isinstance(content, str) else content
