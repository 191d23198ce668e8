"""Ending the waits whose time is over, such that those which cannot be ended do not stand in the way of the others."""

import logging
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from tinhso.platform.cases import models, queries
from tinhso.platform.cases.actions.moving import ChangedMeanwhile, NoSuchCase, Outcome, act_on_cases
from tinhso.platform.people.rules import SYSTEM

TRIED_AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 180, 1440))  # then once a day
log = logging.getLogger(__name__)


def expire_waits(*, now: datetime, limit: int = 500) -> list[Outcome]:
    """
    Do, as the system, the act that each wait names whose time is over; at most `limit` of them.

    A wait whose act is refused is set back with the reason, later each time, and shows among what hangs.
    """
    outcomes: list[Outcome] = []
    for act, public_ids in queries.list_expired_waits(now, limit).items():
        outcomes += _do(act, public_ids, now)
    return outcomes


def _do(act: str, public_ids: list[str], now: datetime) -> list[Outcome]:
    try:
        with transaction.atomic():
            outcomes = act_on_cases(public_ids=public_ids, act=act, actor=SYSTEM, now=now)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the next minute tries all of them again
    except Exception as trouble:
        if len(public_ids) > 1:
            return [outcome for each in public_ids for outcome in _do(act, [each], now)]
        log.exception("case %s cannot be moved by %s", public_ids[0], act)
        _set_back(public_ids[0], {"vi": repr(trouble), "en": repr(trouble)}, now)
        return []
    for outcome in outcomes:
        if outcome.refusal and not isinstance(outcome.refusal, NoSuchCase | ChangedMeanwhile):
            _set_back(outcome.public_id, {"vi": outcome.refusal.vi, "en": outcome.refusal.en}, now)
    return outcomes


def _set_back(public_id: str, refusal: dict[str, str], now: datetime) -> None:
    over = models.Wait.objects.filter(case__public_id=public_id, closed_at=None, until__lte=now)
    for wait in over:
        later = TRIED_AGAIN[min(wait.tries, len(TRIED_AGAIN) - 1)]
        over.filter(pk=wait.pk).update(tries=F("tries") + 1, next_try_at=now + later, refusal=refusal)
