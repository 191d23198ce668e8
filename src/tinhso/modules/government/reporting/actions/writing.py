"""What all acts on a report share: lock it, ask who may, take the step of its case, keep a version, tell the ledger."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, transaction

from tinhso.modules.government.reporting import facts, queries
from tinhso.modules.government.reporting.models import Report, Version
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.checks import Failed
from tinhso.platform.cases.actions import act_on_case
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.ledger.rules import canonical
from tinhso.platform.people.rules import Actor

NOTHING: Mapping[str, Any] = {}
Key = TypeVar("Key")
log = logging.getLogger(__name__)


class Forbidden(Exception):
    """The actor may not do this with the report; the message says who may."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


class NotOpen(Exception):
    """The report stands where this cannot be done."""

    def __init__(self, state: str) -> None:
        name = states.NAMES.get(state, state)
        self.vi = f"Báo cáo đang ở bước “{name}” nên không làm được việc này. Hãy tải lại trang."
        self.en = f"The report stands at “{state}”, where this cannot be done. Reload the page."
        super().__init__(self.vi)


class NotAddedUp(NotOpen):
    """The sum was never added up, or something came or changed below it since."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.vi = "Báo cáo này chưa tổng hợp theo số liệu cấp dưới mới nhất. Hãy tổng hợp lại rồi làm tiếp."
        self.en = "This report is not added up from what stands below it now. Add it up again, then go on."
        self.args = (self.vi,)


class NotReady(Exception):
    """The report does not hold together; `failed` names each cell and the remedy."""

    def __init__(self, failed: Sequence[Failed]) -> None:
        self.failed = tuple(failed)
        self.vi = f"Chưa nộp được: còn {len(self.failed)} chỗ phải sửa."
        self.en = f"It cannot be handed in yet: {len(self.failed)} things to mend."
        super().__init__(self.vi)


def locked(public_id: str, actor: Actor) -> ReportView:
    """The report, held until the transaction ends. :raises NoReport, NotYours: as in `read_report`"""
    return queries.read_report(public_id, actor, lock=True)


def must_fill(view: ReportView) -> None:
    """Promise that the actor fills in this report now. :raises Forbidden, NotOpen:"""
    if view.row.state not in states.FILLED_IN:
        raise NotOpen(view.row.state)
    if not view.may_fill:
        raise Forbidden(
            "Chỉ cán bộ hoặc lãnh đạo của đơn vị báo cáo mới điền được.",
            "Only officers of the reporting unit fill it in.",
        )


def must_receive(view: ReportView) -> None:
    """Promise that the actor receives this report. :raises Forbidden:"""
    if not view.may_receive:
        raise Forbidden("Chỉ nơi nhận báo cáo mới làm được việc này.", "Only the receiver may do this.")


def must_be_added_up(row: Report) -> None:
    """Promise that a sum holds what stands below it; other reports hold nothing of others. :raises NotAddedUp:"""
    if row.is_summed and (row.summed_at is None or row.is_stale):
        raise NotAddedUp(row.state)


def step(view: ReportView, act: str, *, actor: Actor, now: datetime, answers: Mapping[str, Any] = NOTHING) -> None:
    """Take a step of the report's case and repeat its state in the row, not yet saved."""
    moved = act_on_case(public_id=view.public_id, act=act, actor=actor, now=now, answers=answers)
    view.row.state, view.row.changed_at = moved.state, now


def begin(view: ReportView, *, actor: Actor, now: datetime) -> None:
    """Take the report up where nobody has yet."""
    if view.row.state == states.ASSIGNED:
        step(view, "begin", actor=actor, now=now)


def keep_version(view: ReportView, *, reason: str = "", actor: Actor, now: datetime) -> Version:
    """The content as it stands as the next version, and the fact of it; the row is not yet saved."""
    row = view.row
    row.version += 1
    digest = sha256(canonical(row.content).encode()).hexdigest()
    made = Version.objects.create(
        report=row,
        number=row.version,
        content=row.content,
        content_sha256=digest,
        summed_from=row.summed_from,
        made_at=now,
        made_by=actor.code,
        maker_name=actor.name,
        reason=reason[:300],
    )
    body = {"version": row.version, "content_sha256": digest, "regime": row.regime, "period": row.period}
    tell(row, facts.VERSION_MADE, body, actor=actor, now=now)
    return made


def mark_sum_stale(row: Report, *, is_back: bool = False) -> None:
    """
    Say of the receiver's sum that it does not hold this version of the report; one never added up stays as it is.

    It is judged on the locked row: who adds up at this moment is waited for.

    :param is_back: the report goes back to be mended; a sum that does not hold it does not mind
    """
    above = Report.objects.select_for_update().filter(
        regime=row.regime, period=row.period, unit_key=row.receiver_key, is_summed=True
    )
    for whole in above:
        held = whole.summed_from.get(row.public_id)
        is_outdated = held is not None if is_back else held != row.version
        if whole.summed_at and is_outdated and not whole.is_stale:
            whole.is_stale = True
            whole.save(update_fields=["is_stale"])


def tell(row: Report, kind: str, body: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Write a fact about the report."""
    record_fact(kind=kind, subject=row.public_id, unit_key=row.unit_key, body=dict(body), actor=actor, now=now)


def each_alone(act: Callable[[Key], int], keys: Iterable[Key]) -> int:
    """
    Act on each in a transaction of its own; one that cannot be done is logged and holds up none behind it.

    :returns: what the acts returned, added up
    :raises OperationalError, InterfaceError: the database is away, the next run tries them all
    """
    done = 0
    for key in keys:
        try:
            with transaction.atomic():
                done += act(key)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("%s cannot be done for report %s", act.__name__, key)
    return done
