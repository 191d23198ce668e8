"""Sending up: a version is ordered with the act, sent by a job under one key until it arrives, its receipt kept."""

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from procrastinate.contrib.django import app

from tinhso.modules.government.reporting import facts, queries
from tinhso.modules.government.reporting.actions.writing import Forbidden, NotOpen, tell
from tinhso.modules.government.reporting.models import Parcel, ReceiverFault, Version
from tinhso.modules.government.reporting.ports import Refused, ReportReceiver, Unreachable
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.queries.parcels import Altered, find_signed, read_signed
from tinhso.modules.government.reporting.rules import sending
from tinhso.modules.government.reporting.rules.powers import may_fill
from tinhso.modules.government.reporting.rules.sending import REFUSED, REPLACED, SENT, WAITING
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.signing.queries import verify_pdf

SEND = "tinhso.modules.government.reporting.jobs.send_parcel"
MOST_AT_ONCE = 50
LONGEST_TROUBLE = 300
UNFORESEEN = "Lỗi ngoài dự kiến khi gửi; quản trị viên xem nhật ký của hệ thống."
log = logging.getLogger(__name__)


@transaction.atomic
def order_parcel(*, view: ReportView, version: Version, actor: Actor, now: datetime) -> Parcel | None:
    """
    Have a signed version of a sum sent to the level above, in place of an earlier one that did not arrive.

    None where the regime goes no further up, or is not signed. The job is deferred in the caller's transaction.
    """
    row = view.row
    signed = find_signed(row, version.number)
    if view.regime.send_up is None or signed is None:
        return None
    row.parcels.filter(state__in=(WAITING, REFUSED)).update(state=REPLACED, next_try_at=None)
    key = sending.key_of(row.public_id, version.number)
    made, is_new = Parcel.objects.get_or_create(
        key=key,
        defaults={
            "report": row, "number": version.number, "state": WAITING, "content_sha256": signed.content_sha256,
            "pdf_sha256": signed.pdf_sha256, "ordered_by": actor.code, "ordered_at": now, "next_try_at": now,
        },
    )  # fmt: skip
    if is_new:
        body = {"version": version.number, "key": key, "content_sha256": signed.content_sha256}
        tell(row, facts.PARCEL_ORDERED, body, actor=actor, now=now)
        _defer(made, None)
    return made


def _defer(parcel: Parcel, at: datetime | None) -> None:
    lock = f"reporting_parcel:{parcel.report_id}"  # the versions of one report go one after the other
    app.configure_task(SEND, queue="exchange", lock=lock, schedule_at=at, allow_unknown=False).defer(key=parcel.key)


def attempt_parcel(*, key: str, receiver: ReportReceiver | None, now: datetime) -> str:
    """
    Hand one parcel in, and note how that went; returns its state then.

    Safe to run twice: what arrived is not sent again, and the receiver knows the key. It is asked outside any
    transaction. What is kept is compared with what was signed before it leaves; where they differ nothing is sent.
    """
    row = Parcel.objects.select_related("report").get(key=key)
    if row.state != WAITING or receiver is None:
        return row.state
    try:
        parcel = _packed(row)
        receipt = receiver.find(parcel) if row.tries else None
        receipt = receipt or receiver.send(parcel)
    except Altered as altered:
        return _refuse(row, altered.vi, now)
    except Refused as refused:
        return _refuse(row, str(refused), now)
    except Unreachable as away:
        return _try_later(row, str(away), now)
    return _arrived(row, receipt, now)


def _packed(row: Parcel) -> sending.Parcel:
    """The parcel as it leaves. :raises Altered: it is not what was signed, or the signature does not hold"""
    content, pdf = read_signed(row.report, row.number)
    if not verify_pdf(pdf).valid:
        raise Altered
    return sending.Parcel(row.key, content, pdf)


@transaction.atomic
def _arrived(row: Parcel, receipt: sending.Receipt, now: datetime) -> str:
    done = _note(
        row, state=SENT, receipt=receipt.number, received_at=receipt.received_at, trouble="", next_try_at=None, now=now
    )
    if done:
        body = {"version": row.number, "key": row.key, "receipt": receipt.number, "content_sha256": receipt.content_sha256}  # fmt: skip
        tell(row.report, facts.PARCEL_RECEIVED, body, actor=SYSTEM, now=now)
    return SENT


@transaction.atomic
def _refuse(row: Parcel, reason: str, now: datetime) -> str:
    if _note(row, state=REFUSED, trouble=reason[:LONGEST_TROUBLE], next_try_at=None, now=now):
        body = {"version": row.number, "key": row.key, "reason": reason[:LONGEST_TROUBLE]}
        tell(row.report, facts.PARCEL_REFUSED, body, actor=SYSTEM, now=now)
    return REFUSED


@transaction.atomic
def _try_later(row: Parcel, trouble: str, now: datetime) -> str:
    at = now + sending.wait_after(row.tries + 1)
    if _note(row, state=WAITING, trouble=trouble[:LONGEST_TROUBLE], next_try_at=at, now=now):
        _defer(row, at)
    return WAITING


def _note(row: Parcel, *, now: datetime, **changes: object) -> bool:
    """Write down a try, unless somebody settled the parcel meanwhile."""
    waiting = Parcel.objects.filter(pk=row.pk, state=WAITING, tries=row.tries)
    return bool(waiting.update(tries=row.tries + 1, tried_at=now, **changes))


@transaction.atomic
def resend_parcel(*, public_id: str, actor: Actor, now: datetime) -> Parcel:
    """
    Let what was refused, or waits, be tried again at once.

    :raises NotOpen: nothing of this report waits to go up
    :raises Forbidden: the actor neither fills in nor signs reports of the unit
    """
    view = queries.read_report(public_id, actor)
    if not may_fill(actor, view.row.unit_key):
        raise Forbidden("Chỉ người của đơn vị gửi mới gửi lại được.", "Only officers of the unit send it again.")
    row = view.row.parcels.select_for_update().filter(state__in=(WAITING, REFUSED)).order_by("-number").first()
    if row is None:
        raise NotOpen(view.row.state)
    row.state, row.next_try_at = WAITING, now
    row.save(update_fields=["state", "next_try_at"])
    _defer(row, None)
    return row


def send_waiting(*, receiver: ReportReceiver | None, now: datetime) -> int:
    """Try everything that is due, the oldest first: what lost its job, or waited for an address; how many arrived."""
    if receiver is None:
        return 0
    due = Parcel.objects.filter(state=WAITING, next_try_at__lte=now).order_by("ordered_at", "pk")
    keys = list(due.values_list("key", flat=True)[:MOST_AT_ONCE])
    return sum(_attempt_alone(key, receiver, now) == SENT for key in keys)


def _attempt_alone(key: str, receiver: ReportReceiver, now: datetime) -> str:
    """Try one; what nobody foresaw is logged, waits its turn anew and holds up none behind it."""
    try:
        return attempt_parcel(key=key, receiver=receiver, now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("parcel %s cannot be sent", key)
        row = Parcel.objects.select_related("report").get(key=key)
        _note(row, state=WAITING, trouble=UNFORESEEN, next_try_at=now + sending.wait_after(row.tries + 1), now=now)
        return WAITING


def plan_fault(*, kind: str, actor: Actor, now: datetime) -> None:  # noqa: ARG001 - demonstration only
    """Let the next call of the simulated receiver go wrong in that way."""
    ReceiverFault.objects.create(kind=kind)
