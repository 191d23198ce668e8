"""Where a report stands: the head of its pages, the acts open to the reader, what happened, its versions."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.reporting import queries
from tinhso.modules.government.reporting.pages.words import days_of, due_badge, period_name, state_badge
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.queries.history import read_history
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules import states
from tinhso.platform.wording import day, language, moment, said

ASKS_REASONS = frozenset({"return", "give_back", "reopen"})


def standing_of(view: ReportView, at: datetime) -> dict[str, Any]:
    """What stands at the head and beside every page of a report."""
    row, regime = view.row, view.regime
    unit = name_of(row.unit_key, language())
    acts = open_acts(view)
    return {
        "public_id": row.public_id,
        "unit": unit,
        "period": period_name(row.period),
        "subject": row.subject,
        "badge": state_badge(row),
        "due": due_badge(row, at),
        "facts": _facts(view),
        "acts": [act for act in acts if act["value"] not in ASKS_REASONS],
        "backs": [act for act in acts if act["value"] in ASKS_REASONS],
        "history": _history(view),
        "versions": _versions(view),
        "below_url": reverse("reporting:overview", args=[row.public_id]) if row.is_summed else "",
        "is_stale": row.is_stale,
        "crumbs": [
            {"text": _("Báo cáo"), "url": reverse("reporting:list")},
            {"text": f"{said(regime.name)}, {period_name(row.period)}, {unit}"},
        ],
    }


def _facts(view: ReportView) -> list[dict[str, Any]]:
    row, regime = view.row, view.regime
    receiver = (
        name_of(row.receiver_key, language()) if row.receiver_key else said(regime.send_up.to) if regime.send_up else ""
    )
    rows = [
        {"key": _("Đơn vị báo cáo"), "value": name_of(row.unit_key, language())},
        {"key": _("Nơi nhận"), "value": receiver or "–"},
        {"key": _("Kỳ"), "value": period_name(row.period), "note": days_of(row)},
        {"key": _("Hạn nộp"), "value": moment(row.due_at)},
        {"key": _("Hướng dẫn"), "value": said(regime.instructions)},
        {"key": _("Biểu"), "value": regime.form, "url": reverse("reporting:regimes") + f"#{regime.code}"},
    ]
    return [each for each in rows if each["value"]]


def open_acts(view: ReportView) -> list[dict[str, Any]]:
    """The acts that this reader may take now, what usually comes next first."""
    found = _own_acts(view) if view.row.state in states.OWED else []
    row = view.row
    if row.state == states.SUBMITTED and view.may_receive:
        found += [_act("approve", _("Duyệt và khóa")), _act("return", _("Trả lại để sửa"), "warning")]
    if row.state == states.APPROVED and view.may_receive:
        found.append(_act("reopen", _("Mở khóa để sửa"), "warning"))
    if row.state == states.SENT_UP and view.may_sign:
        found.append(_act("reopen", _("Mở lại để sửa"), "warning"))
    return found


def _own_acts(view: ReportView) -> list[dict[str, Any]]:
    """What the reporting unit may do with a report that it still owes."""
    row, found = view.row, list[dict[str, Any]]()
    hands_on = view.may_sign or (view.may_fill and not view.regime.is_signed)
    if row.is_summed and view.may_fill:
        found.append(
            _act("sum_up", _("Tổng hợp số liệu cấp dưới"), "secondary" if row.summed_at and not row.is_stale else "")
        )
    is_added_up = not row.is_summed or (row.state in {states.AGGREGATED, states.PROPOSED} and not row.is_stale)
    if hands_on and is_added_up and (row.receiver_key or row.is_summed):
        found.append(_act("submit" if row.receiver_key else "send_up", _submit_text(view)))
    if view.may_fill and not hands_on and row.state != states.PROPOSED and is_added_up:
        found.append(_act("propose", _("Trình lãnh đạo ký")))
    if row.state == states.PROPOSED and view.may_sign:
        found.append(_act("give_back", _("Trả lại người điền"), "warning"))
    return found


def _submit_text(view: ReportView) -> str:
    if not view.row.receiver_key:
        return _("Ký và gửi lên trên")
    return _("Ký và nộp") if view.regime.is_signed else _("Nộp báo cáo")


def _act(value: str, text: str, kind: str = "") -> dict[str, Any]:
    return {"name": "act", "value": value, "text": text, "kind": kind}


def _history(view: ReportView) -> list[dict[str, Any]]:
    return [
        {"title": said(each.title), "text": f"{each.actor_name} · {moment(each.at)}", "note": each.reasons}
        for each in read_history(view.row)
    ]


def _versions(view: ReportView) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("reporting:version", args=[view.public_id, each.number]),
            "text": _("Bản %(number)s") % {"number": each.number},
            "note": f"{each.maker_name} · {day(each.made_at.date())}",
        }
        for each in queries.list_versions(view.row)
    ]
