"""Taking in what the portal sends: kept first, looked at then; filings become cases, supplements and withdrawals acts."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from tinhso.modules.government.portal_link import facts
from tinhso.modules.government.portal_link.actions.opening import act_for, file_for
from tinhso.modules.government.portal_link.models import Submission
from tinhso.modules.government.portal_link.ports import NationalPortal, Unreachable
from tinhso.modules.government.portal_link.rules.incoming import (
    FILING,
    MOST_DOWNLOADS_TRIED,
    UNKNOWN,
    Arrival,
    Unacceptable,
)
from tinhso.modules.government.portal_link.rules.sending import next_try
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

PORTAL_ACTOR = Actor(code="machine:national-portal", kind="machine", name="Cổng Dịch vụ công quốc gia")


class NotInQuarantine(Exception):
    """Somebody else has just dealt with it."""

    vi = "Việc này không còn chờ trong danh sách. Hãy tải lại trang."
    en = "This no longer waits in the list. Reload the page."

    def __init__(self) -> None:
        super().__init__(self.vi)


def receive(*, arrivals: Iterable[Arrival], now: datetime) -> list[str]:
    """
    Keep what the portal sent, each thing once; what waits in quarantine is replaced by a corrected one.

    :returns: our public id of each, in order; that of the first time when it came before
    """
    return [_receive_one(arrival, now) for arrival in arrivals]


def _receive_one(arrival: Arrival, now: datetime) -> str:
    try:
        with transaction.atomic():
            return _keep(arrival, arrival.event_key, now)
    except IntegrityError:  # the same came at the same moment by another way
        with transaction.atomic():
            return _keep(arrival, arrival.event_key, now)


def _keep(arrival: Arrival, event_key: str, now: datetime) -> str:
    known = (
        Submission.objects.select_for_update()
        .filter(portal_code=arrival.portal_code, kind=arrival.kind, event_key=event_key)
        .first()
    )
    if known is None:
        return _create(arrival, event_key, now).public_id
    if known.fingerprint == arrival.fingerprint:
        return known.public_id
    if known.state in {Submission.QUARANTINED, Submission.WAITING}:
        known.content, known.fingerprint = dict(arrival.content), arrival.fingerprint
        known.state, known.tries, known.next_try_at = Submission.WAITING, 0, now
        known.save()
        return known.public_id
    if event_key == arrival.fingerprint:
        return known.public_id
    other = _keep(arrival, arrival.fingerprint, now)
    row = Submission.objects.get(public_id=other)
    if row.state == Submission.WAITING:
        _quarantine(row, Unacceptable("other_content"), now)
    return other


def _create(arrival: Arrival, event_key: str, now: datetime) -> Submission:
    return Submission.objects.create(
        public_id=secrets.token_hex(10), kind=arrival.kind, portal_code=arrival.portal_code, event_key=event_key,
        content=dict(arrival.content), fingerprint=arrival.fingerprint, next_try_at=now, received_at=now,
    )  # fmt: skip


def take_in(*, public_id: str, portal: NationalPortal, random: Random, now: datetime) -> str:
    """
    Make of a submission what it asks for: a case, or an act on one; or put it into quarantine with the reason.

    Papers that cannot be fetched now are tried again later. Asked again, what was taken in stays as it is.

    :returns: the submission's state
    """
    try:
        with transaction.atomic():
            row = Submission.objects.select_for_update().get(public_id=public_id)
            if row.state != Submission.WAITING:
                return row.state
            case_public_id = _make(row, portal, now)
            row.state, row.case_public_id, row.settled_at, row.next_try_at = Submission.TAKEN, case_public_id, now, None
            row.reason, row.details, row.content = "", "", {}  # the case has it now; the fingerprint tells it again
            row.save()
            body = {"kind": row.kind, "case": case_public_id}
            _tell(facts.SUBMISSION_TAKEN_IN, row, body, PORTAL_ACTOR, now)
            return row.state
    except (Unacceptable, Unreachable) as trouble:
        return _put_aside(public_id, trouble, random, now)
    except (OperationalError, InterfaceError):
        raise  # the database is away: nothing could be put aside either
    except Exception as trouble:  # noqa: BLE001 - one sick filing must not keep the others waiting
        return _put_aside(public_id, Unacceptable("failed", f"{type(trouble).__name__} {trouble}"), random, now)


def _make(row: Submission, portal: NationalPortal, now: datetime) -> str:
    if row.kind == UNKNOWN:
        raise Unacceptable("unknown_kind")
    if not row.portal_code:
        raise Unacceptable("unreadable", "MaHoSo")
    if row.kind == FILING:
        return file_for(content=row.content, portal_code=row.portal_code, portal=portal, actor=PORTAL_ACTOR, now=now)
    return act_for(row=row, portal=portal, actor=PORTAL_ACTOR, now=now)


@transaction.atomic
def _put_aside(public_id: str, trouble: Unacceptable | Unreachable, random: Random, now: datetime) -> str:
    """What was tried is undone; the submission waits for the portal or for people."""
    row = Submission.objects.select_for_update().get(public_id=public_id)
    if row.state != Submission.WAITING:
        return row.state
    row.tries += 1
    if isinstance(trouble, Unreachable):
        if row.tries < MOST_DOWNLOADS_TRIED:
            row.next_try_at, row.details = next_try(row.tries, now, random), str(trouble)
            row.save()
            return row.state
        trouble = Unacceptable("papers_unreachable", str(trouble))
    _quarantine(row, trouble, now)
    return row.state


def _quarantine(row: Submission, trouble: Unacceptable, now: datetime) -> None:
    row.state, row.reason, row.details, row.next_try_at = (
        Submission.QUARANTINED,
        trouble.reason,
        trouble.details,
        None,
    )
    row.save()
    body = {"kind": row.kind, "reason": trouble.reason}
    _tell(facts.SUBMISSION_QUARANTINED, row, body, PORTAL_ACTOR, now)


@transaction.atomic
def release(*, public_id: str, now: datetime) -> None:
    """
    Let a submission in quarantine be tried again, now that what kept it is mended.

    :raises NotInQuarantine: it does not wait there
    """
    changed = Submission.objects.filter(public_id=public_id, state=Submission.QUARANTINED).update(
        state=Submission.WAITING, tries=0, next_try_at=now
    )
    if not changed:
        raise NotInQuarantine


@transaction.atomic
def dismiss(*, public_id: str, reason: str, actor: Actor, now: datetime) -> None:
    """
    Put a submission away for a reason; it stays readable.

    :raises NotInQuarantine: it does not wait there
    """
    row = Submission.objects.select_for_update().filter(public_id=public_id, state=Submission.QUARANTINED).first()
    if row is None:
        raise NotInQuarantine
    row.state, row.settled_at = Submission.DISMISSED, now
    row.details = "; ".join(part for part in (row.details, reason.strip()) if part)
    row.save()
    _tell(facts.SUBMISSION_DISMISSED, row, {"kind": row.kind, "reason": row.reason}, actor, now)


def _tell(kind: str, row: Submission, body: Mapping[str, object], actor: Actor, now: datetime) -> None:
    record_fact(kind=kind, subject=f"portal:{row.public_id}", unit_key="", body=body, actor=actor, now=now)
