"""The rules in force and what they read now; for administrators of the province: another threshold, a pause, a trial before."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.alerts import actions, queries
from tinhso.modules.insight.alerts.models import Adjustment
from tinhso.modules.insight.alerts.pages.lists import links_of
from tinhso.modules.insight.alerts.pages.words import for_roles, level_badge, officer_in
from tinhso.modules.insight.alerts.queries import RuleRow, words_of
from tinhso.modules.insight.alerts.queries.trying import Trial, try_rule
from tinhso.modules.insight.alerts.rules.definitions import AlertRule
from tinhso.modules.insight.alerts.rules.drafts import Refused, read_threshold
from tinhso.modules.insight.alerts.rules.holding import ABOVE
from tinhso.modules.insight.alerts.rules.powers import units_administered
from tinhso.platform.clock import now as present
from tinhso.platform.people.queries import get_names, get_role_names
from tinhso.platform.people.rules import NotAllowed
from tinhso.platform.wording import day, moment, number, said

MOST_SHOWN = 15


@for_roles("leader", "administrator", "operator")
def show_rules(request: HttpRequest) -> HttpResponse:
    """Every rule in force: when it fires, who answers, whether it is changed, paused, or its source cannot be read."""
    now = present()
    roles, silent = get_role_names(), {source for source, minutes in queries.list_silent_minutes(now) if minutes}
    titles = [_("Quy tắc"), _("Mức cảnh báo"), _("Phát khi"), _("Hết khi"), _("Ai chịu trách nhiệm"), _("Tình trạng")]
    rows = []
    for row in queries.list_rules(now):
        rule = row.rule
        rows.append({"cells": [
            {"text": said(rule.name), "url": reverse("alerts:rule", args=[rule.code]), "heads": True, "note": rule.source},
            {"badge": level_badge(rule.level), "label": titles[1]},
            {"text": fires_when(rule), "label": titles[2]},
            {"text": clears_when(rule), "label": titles[3]},
            {"text": roles.get(rule.owner.role, rule.owner.role), "label": titles[4]},
            {"badge": _condition(row, silent), "label": titles[5]},
        ]})  # fmt: skip
    table = {"caption": _("Quy tắc cảnh báo"), "columns": [{"title": title} for title in titles], "rows": rows}
    context = {"table": table, "links": links_of("rules"), "as_of": moment(now)}
    return render(request, "alerts/rules.html", context)


def _condition(row: RuleRow, silent: set[str]) -> dict[str, str]:
    if row.paused:
        return {"kind": "soon", "text": _("tạm dừng đến %(until)s") % {"until": moment(row.paused.until_at)}}
    if row.rule.asked in silent:
        return {"kind": "late", "text": _("nguồn không đọc được")}
    return {"kind": "", "text": _("tỉnh đã đổi ngưỡng")} if row.changed else {"kind": "ok", "text": _("đang canh")}


def fires_when(rule: AlertRule) -> str:
    """When the rule fires, in words."""
    told = {
        "value": words_of(rule.bounds.threshold, rule.measure),
        "minutes": int(rule.bounds.lasting.total_seconds() // 60),
    }
    words = _("trên %(value)s") if rule.bounds.comparator == ABOVE else _("dưới %(value)s")
    return (words + (_(", kéo dài %(minutes)s phút") if told["minutes"] else "")) % told


def clears_when(rule: AlertRule) -> str:
    """When its cause counts as gone, in words."""
    words = _("từ %(value)s trở xuống") if rule.bounds.comparator == ABOVE else _("từ %(value)s trở lên")
    return words % {"value": words_of(rule.bounds.clear_at, rule.measure)}


@for_roles("leader", "administrator", "operator")
def show_rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule; administrators of the province try and set another threshold, pause it, let it speak again."""
    row = queries.find_rule(code, present())
    if row is None:
        raise Http404
    sent = {name: request.POST.get(name, "").strip() for name in ("threshold", "reason", "days", "do")}
    errors: list[dict[str, str]] = []
    threshold = row.rule.bounds.threshold
    if request.method == "POST":
        try:
            if sent["do"] != "try":
                return _change(request, code, sent)
            threshold = read_threshold(sent["threshold"], row.rule.least, row.rule.most)
        except Refused as refused:
            errors = [{"text": said(each), "href": f"#{each.field}"} for each in refused.troubles]
        except NotAllowed as refused:
            raise PermissionDenied from refused
    return _page(request, row, {**sent, "tried": threshold}, errors)


def _change(request: HttpRequest, code: str, sent: dict[str, str]) -> HttpResponse:
    common: dict[str, Any] = {"code": code, "reason": sent["reason"], "actor": officer_in(request), "now": present()}
    if sent["do"] == "pause":
        actions.pause_rule(days=sent["days"], **common)
        messages.success(request, _("Đã tạm dừng quy tắc. Cảnh báo đang mở vẫn giữ nguyên."))
    elif sent["do"] == "resume":
        actions.resume_rule(**common)
        messages.success(request, _("Quy tắc đã canh trở lại."))
    else:
        actions.change_threshold(threshold=sent["threshold"], **common)
        messages.success(request, _("Đã đổi ngưỡng; lần xem kế tiếp dùng ngưỡng mới."))
    return HttpResponseRedirect(reverse("alerts:rule", args=[code]))


def _page(request: HttpRequest, row: RuleRow, sent: dict[str, Any], errors: list[dict[str, str]]) -> HttpResponse:
    rule, now = row.rule, present()
    trial = try_rule(rule, sent["tried"], now)
    told = {each["href"][1:]: each["text"] for each in errors}
    context = {
        "title": said(rule.name),
        "advice": said(rule.advice),
        "rows": _about(row),
        "trial": _trial_in_words(trial, sent["tried"]),
        "table": _readings(trial),
        "more": max(0, len(trial.readings) - MOST_SHOWN),
        "may_change": bool(units_administered(officer_in(request))),
        "fields": _fields(rule, sent, told) if rule.least is not None else [],
        "reason": {"name": "reason", "kind": "textarea", "label": _("Lý do"), "value": sent["reason"], "error": told.get("reason", ""), "rows": 2},
        "days": {"name": "days", "label": _("Tạm dừng bao nhiêu ngày"), "value": sent["days"] or "1", "inputmode": "numeric", "width": "5", "error": told.get("days", "")},
        "is_paused": row.paused is not None,
        "errors": errors,
        "history": _history(rule.code),
        "links": links_of("rules"),
        "crumbs": [{"url": reverse("alerts:rules"), "text": _("Quy tắc cảnh báo")}, {"text": said(rule.name)}],
    }  # fmt: skip
    return render(request, "alerts/rule.html", context, status=422 if errors else 200)


def _fields(rule: AlertRule, sent: dict[str, Any], told: dict[str, str]) -> list[dict[str, Any]]:
    least, most = number(rule.least or Decimal(0)), number(rule.most or Decimal(0))
    hint = _("Từ %(least)s đến %(most)s") % {"least": least, "most": most}
    return [{"name": "threshold", "label": _("Ngưỡng mới"), "hint": hint, "value": sent["threshold"] or number(sent["tried"]), "inputmode": "decimal", "width": "10", "error": told.get("threshold", "")}]  # fmt: skip


def _about(row: RuleRow) -> list[dict[str, Any]]:
    rule = row.rule
    escalate = f"{number(rule.escalate_after.amount)} {UNITS[rule.escalate_after.unit]()}"
    resolve = f"{number(rule.resolve_within.amount)} {UNITS[rule.resolve_within.unit]()}"
    written = _("ngưỡng trong gói: %(value)s") % {"value": words_of(row.written, rule.measure)} if row.changed else ""
    return [
        {"key": _("Phát khi"), "value": fires_when(rule), "note": written},
        {"key": _("Hết khi"), "value": clears_when(rule)},
        {"key": _("Mức cảnh báo"), "value": level_badge(rule.level)["text"]},
        {"key": _("Ai chịu trách nhiệm"), "value": get_role_names().get(rule.owner.role, rule.owner.role)},
        {"key": _("Không ai nhận thì chuyển lãnh đạo sau"), "value": escalate},
        {"key": _("Phải xử lý trong"), "value": resolve},
        {"key": _("Nguồn số đo"), "value": rule.source},
        {"key": _("Có hiệu lực từ"), "value": day(rule.valid_from)},
        {"key": _("Căn cứ"), "value": rule.basis},
    ]


UNITS = {
    "minute": lambda: _("phút"),
    "hour": lambda: _("giờ đồng hồ"),
    "working_hour": lambda: _("giờ làm việc"),
    "day": lambda: _("ngày"),
    "working_day": lambda: _("ngày làm việc"),
    "month": lambda: _("tháng"),
}


def _trial_in_words(trial: Trial, threshold: Decimal) -> list[str]:
    told: dict[str, Any] = {"threshold": number(threshold), "beyond": len(trial.beyond), "all": len(trial.readings)}
    lines = [_("Với ngưỡng %(threshold)s: bây giờ %(beyond)s trên %(all)s nơi đang vượt.") % told]
    if trial.problem:
        lines = [_("Bây giờ không đọc được nguồn: %(problem)s") % {"problem": trial.problem}]
    if trial.since:
        told = {
            "since": moment(trial.since),
            "count": sum(count for _subject, count in trial.fired),
            "places": len(trial.fired),
        }
        lines.append(_("Từ %(since)s (mỗi giờ một mẫu): đã phát %(count)s lần ở %(places)s nơi.") % told)
    else:
        lines.append(_("Chưa có mẫu của những ngày qua để thử."))
    return lines


def _readings(trial: Trial) -> dict[str, Any]:
    titles = [_("Nơi đo"), _("Bây giờ"), _("Lúc"), _("So với ngưỡng")]
    beyond = {each.subject for each in trial.beyond}
    ordered = sorted(trial.readings, key=lambda each: (each.subject not in beyond, each.subject))[:MOST_SHOWN]
    rows = [
        {"cells": [
            {"text": said(each.name) if hasattr(each.name, "vi") else str(each.name), "url": each.address, "heads": True},
            {"text": words_of(each.value, each.unit) if each.value is not None else "–", "label": titles[1], "kind": "num"},
            {"text": moment(each.as_of), "label": titles[2]},
            {"badge": {"kind": "late", "text": _("vượt")} if each.subject in beyond else {"kind": "", "text": _("trong mức") if each.value is not None else _("chưa biết")}, "label": titles[3]},
        ]}
        for each in ordered
    ]  # fmt: skip
    columns = [{"title": title, "kind": "num" if at == 1 else ""} for at, title in enumerate(titles)]
    return {"caption": _("Đang đo được"), "columns": columns, "rows": rows}


def _history(code: str) -> list[str]:
    found = queries.list_adjustments(code)
    names = get_names({each.decided_by for each in found})
    words = {Adjustment.PAUSE: _("tạm dừng"), Adjustment.RESUME: _("canh trở lại")}
    return [
        f"{moment(each.decided_at)} · {names.get(each.decided_by, each.decided_by)} · "
        + (words.get(each.act) or _("ngưỡng %(value)s") % {"value": number(each.threshold or Decimal(0))})
        + f" · {each.reason}"
        for each in found
    ]
