"""The acts between the one who reports and the one who receives: propose, sign and submit, return, approve, open again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.modules.government.reporting.actions.signing import sign_version
from tinhso.modules.government.reporting.actions.writing import (
    Forbidden,
    NotOpen,
    NotReady,
    begin,
    keep_version,
    locked,
    mark_sum_stale,
    must_be_added_up,
    must_fill,
    must_receive,
    step,
)
from tinhso.modules.government.reporting.models import Report, Version
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.checks import stops
from tinhso.platform.people.rules import Actor

HANDED_IN = "Nộp báo cáo"  # the reason that a hand-over of a case carries
SAVED = [
    "state",
    "version",
    "first_submitted_at",
    "submitted_at",
    "approved_at",
    "sent_up_at",
    "is_stale",
    "changed_at",
]


@transaction.atomic
def propose_report(*, public_id: str, actor: Actor, now: datetime) -> Report:
    """
    Lay the report before the leader.

    :raises NotReady: it does not hold together
    :raises Forbidden, NotOpen, NoReport, NotYours: not now, or not by this actor
    """
    view = locked(public_id, actor)
    must_fill(view)
    must_be_added_up(view.row)
    _must_hold(view)
    begin(view, actor=actor, now=now)
    step(view, "propose", actor=actor, now=now)
    return _saved(view)


@transaction.atomic
def give_back_report(*, public_id: str, reasons: str, actor: Actor, now: datetime) -> Report:
    """Give a report that waits for the signature back to those who fill it in. :raises Forbidden, NotOpen: as above"""
    view = locked(public_id, actor)
    if view.row.state != states.PROPOSED:
        raise NotOpen(view.row.state)
    if not view.may_sign:
        raise Forbidden("Chỉ lãnh đạo của đơn vị mới trả lại được.", "Only the unit's leader gives it back.")
    step(view, "give_back", actor=actor, now=now, answers={"reasons": reasons})
    return _saved(view)


@transaction.atomic
def submit_report(
    *, public_id: str, reason: str = "", is_invented: bool = False, actor: Actor, now: datetime
) -> Version:
    """
    Hand the report in to its receiver: the content becomes the next version, the sum above it is no longer up to date.

    A regime that is signed takes it from a leader only.

    :param is_invented: of a demonstration's report no paper is drawn and signed: that takes a second each
    :raises NotReady: it does not hold together; carries each cell and the remedy
    :raises Forbidden, NotOpen, NoReport, NotYours: not now, or not by this actor
    """
    view = locked(public_id, actor)
    row = view.row
    if row.state not in states.OWED or not row.receiver_key:
        raise NotOpen(row.state)
    if not (view.may_sign or (view.may_fill and not view.regime.is_signed)):
        raise Forbidden(
            "Báo cáo này phải do lãnh đạo ký và nộp. Hãy trình ký.",
            "A leader signs and submits this report. Propose it.",
        )
    must_be_added_up(row)
    _must_hold(view)
    begin(view, actor=actor, now=now)
    step(view, "submit", actor=actor, now=now, answers={"unit": row.receiver_key, "reasons": HANDED_IN})
    row.submitted_at, row.first_submitted_at = now, row.first_submitted_at or now
    made = keep_version(view, reason=reason, actor=actor, now=now)
    if not is_invented:
        sign_version(view=view, version=made, actor=actor, now=now)
    mark_sum_stale(row)
    _saved(view)
    return made


@transaction.atomic
def return_report(*, public_id: str, reasons: str, actor: Actor, now: datetime) -> Report:
    """
    Send the report back to be mended; until it comes again it is not in the sum.

    :raises Incomplete: no reasons are given
    :raises Forbidden, NotOpen, NoReport, NotYours: not now, or not by this actor
    """
    return _send_back(public_id, "return", states.SUBMITTED, reasons, actor=actor, now=now)


@transaction.atomic
def reopen_report(*, public_id: str, reasons: str, actor: Actor, now: datetime) -> Report:
    """
    Unlock an approved report (by its receiver), or a sum that was sent up (by its own leader), to be corrected.

    :raises Incomplete: no reasons are given
    :raises Forbidden, NotOpen, NoReport, NotYours: not now, or not by this actor
    """
    view = locked(public_id, actor)
    if view.row.state != states.SENT_UP:
        return _send_back(public_id, "reopen", states.APPROVED, reasons, actor=actor, now=now)
    if not view.may_sign:
        raise Forbidden("Chỉ lãnh đạo của đơn vị mới mở lại được.", "Only the unit's leader opens it again.")
    step(view, "reopen", actor=actor, now=now, answers={"reasons": reasons})
    view.row.sent_up_at = None
    return _saved(view)


@transaction.atomic
def approve_report(*, public_id: str, actor: Actor, now: datetime) -> Report:
    """Approve and lock the report. :raises Forbidden, NotOpen, NoReport, NotYours: not now, or not by this actor"""
    view = locked(public_id, actor)
    if view.row.state != states.SUBMITTED:
        raise NotOpen(view.row.state)
    must_receive(view)
    step(view, "approve", actor=actor, now=now)
    view.row.approved_at = now
    return _saved(view)


def _send_back(public_id: str, act: str, state: str, reasons: str, *, actor: Actor, now: datetime) -> Report:
    view = locked(public_id, actor)
    row = view.row
    if row.state != state:
        raise NotOpen(row.state)
    must_receive(view)
    answers: dict[str, Any] = {"unit": row.unit_key, "reasons": reasons.strip()}
    step(view, act, actor=actor, now=now, answers=answers)
    row.approved_at = None
    _saved(view)
    mark_sum_stale(row, is_back=True)
    return row


def _must_hold(view: ReportView) -> None:
    if stops(view.failed):
        raise NotReady([each for each in view.failed if not each.is_warning])


def _saved(view: ReportView) -> Report:
    view.row.save(update_fields=SAVED)
    return view.row
