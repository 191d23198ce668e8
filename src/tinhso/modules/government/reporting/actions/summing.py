"""The receiver's own report: added up from those below, signed and sent up."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from tinhso.modules.government.reporting import facts
from tinhso.modules.government.reporting.actions.sending import order_parcel
from tinhso.modules.government.reporting.actions.signing import sign_version
from tinhso.modules.government.reporting.actions.writing import (
    Forbidden,
    NotOpen,
    NotReady,
    keep_version,
    locked,
    must_be_added_up,
    must_fill,
    step,
    tell,
)
from tinhso.modules.government.reporting.models import Report, Version
from tinhso.modules.government.reporting.queries.reading import list_below, sum_up
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.checks import stops
from tinhso.modules.government.reporting.rules.filling import SUMMED, Derived, derive, write_content
from tinhso.modules.government.reporting.rules.templates import APART
from tinhso.platform.people.rules import Actor


@transaction.atomic
def sum_up_report(*, public_id: str, actor: Actor, now: datetime) -> Report:
    """
    Take the sums of what has come into the receiver's report; what was typed there instead stays, with its reason.

    Which versions went in is kept; when one of them changes the sum is out of date (`is_stale`).

    :raises Forbidden, NotOpen, NoReport, NotYours: not now, or not by this actor
    """
    view = locked(public_id, actor)
    row = view.row
    if not row.is_summed:
        raise NotOpen(row.state)
    must_fill(view)
    below = list_below(row)  # read once, behind the lock: values and versions are of the same moment
    sums, _children = sum_up(row, below=below)
    found = {
        cell.key: Derived(
            sums.values.get(cell.key), reverse("reporting:parts", args=[public_id, cell.key]), now.isoformat(), SUMMED
        )
        for cell in view.template.cells.values()
        if cell.formula is None and cell.up != APART and cell.filled_by == "reporter"
    }
    row.content = write_content(derive(view.content, found))
    row.summed_from = {each.public_id: each.version for each in below if each.state in states.COUNTED and each.version}
    row.summed_at, row.is_stale, row.revision = now, False, row.revision + 1
    step(view, "sum_up", actor=actor, now=now)
    row.save()
    body = {"present": sums.coverage.present, "total": sums.coverage.total, "versions": row.summed_from}
    tell(row, facts.REPORTS_ADDED_UP, body, actor=actor, now=now)
    return row


@transaction.atomic
def send_up(*, public_id: str, actor: Actor, now: datetime) -> Version:
    """
    Sign off the sum and send it up: its content becomes the next version.

    :raises NotReady: it does not hold together
    :raises NotOpen: it was never added up, is out of date, stands elsewhere, or is handed in to a receiver here
    :raises Forbidden: the actor is no leader of the unit
    """
    view = locked(public_id, actor)
    row = view.row
    if row.state not in {states.AGGREGATED, states.PROPOSED} or not row.is_summed or row.receiver_key:
        raise NotOpen(row.state)
    must_be_added_up(row)
    if not view.may_sign:
        raise Forbidden("Chỉ lãnh đạo của đơn vị mới ký gửi lên được.", "Only the unit's leader signs and sends it up.")
    if stops(view.failed):
        raise NotReady([each for each in view.failed if not each.is_warning])
    step(view, "send_up", actor=actor, now=now)
    row.sent_up_at = now
    made = keep_version(view, actor=actor, now=now)
    sign_version(view=view, version=made, actor=actor, now=now)
    row.save()
    order_parcel(view=view, version=made, actor=actor, now=now)
    return made
