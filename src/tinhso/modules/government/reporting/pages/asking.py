"""Asking for a thematic or ad hoc report by hand; the regimes in force with everything the decree wants said of them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules.periods import KINDS, NoPeriod
from tinhso.modules.government.reporting.rules.powers import units_filled
from tinhso.modules.government.reporting.rules.templates import NATURES, Regime
from tinhso.platform.clock import now
from tinhso.platform.people.rules import day_of
from tinhso.platform.wording import day, language, said

FIELDS = ("first", "last", "due_on")


@for_officers
def ask(request: HttpRequest) -> HttpResponse:
    """A form for who receives reports: which one, for which days, until when, of whom."""
    regimes = queries.list_assignable(officer_in(request), now())
    if not regimes:
        raise PermissionDenied
    if request.method != "POST":
        return _draw(request, regimes, {}, {})
    errors, days = _days(request)
    if request.POST.get("regime") not in {each.code for each in regimes}:
        errors["regime"] = _("Chọn báo cáo cần giao.")
    if errors:
        return _draw(request, regimes, request.POST, errors)
    asked = actions.Asked(
        regime=request.POST["regime"],
        first=days["first"],
        last=days["last"],
        due_on=days.get("due_on"),
        subject=request.POST.get("subject", ""),
        units=request.POST.getlist("units"),
    )
    try:
        opened = actions.ask_for_reports(asked=asked, actor=officer_in(request), now=now())
    except NoPeriod as refused:
        return _draw(request, regimes, request.POST, {refused.field: said(refused)})
    except actions.Forbidden as refused:
        return _draw(request, regimes, request.POST, {"units": said(refused)})
    count = sum(not each.is_summed for each in opened)
    text = ngettext("Đã giao báo cáo cho %(count)s đơn vị.", "Đã giao báo cáo cho %(count)s đơn vị.", count)
    messages.success(request, text % {"count": count})
    return HttpResponseRedirect(reverse("reporting:list"))


def _days(request: HttpRequest) -> tuple[dict[str, str], dict[str, date]]:
    """The days typed, and what is wrong with them."""
    errors, days = dict[str, str](), dict[str, date]()
    for name in FIELDS:
        typed = request.POST.get(name, "").strip()
        if not typed and name == "due_on":
            continue
        try:
            days[name] = date.fromisoformat(typed)
        except ValueError:
            errors[name] = _("Chọn một ngày.")
    if not errors and days["first"] > days["last"]:
        errors["last"] = _("Ngày cuối đứng trước ngày đầu.")
    return errors, days


def _draw(request: HttpRequest, regimes: Any, typed: Any, errors: dict[str, str]) -> HttpResponse:
    on, held = day_of(now()), units_filled(officer_in(request))
    units = {
        each.unit_key: name_of(each.unit_key, language())
        for regime in regimes
        for each in queries.assignments_of(regime, on)
        if each.receiver_key in held and not each.is_summed
    }
    chosen = set(typed.getlist("units")) if hasattr(typed, "getlist") else set()
    options = [{"value": each.code, "text": said(each.name)} for each in regimes]
    labels = {"first": _("Số liệu từ ngày"), "last": _("đến ngày"), "due_on": _("Hạn nộp")}
    hints = {"due_on": _("Để trống thì theo chế độ báo cáo.")}
    fields: list[dict[str, Any]] = [
        {"name": "regime", "label": _("Báo cáo"), "kind": "select", "options": options, "value": typed.get("regime", "")},
        {"name": "subject", "label": _("Hỏi về việc gì"), "value": typed.get("subject", ""), "optional": True, "max_length": 300},
        *(
            {"name": name, "label": labels[name], "kind": "date", "width": 10, "value": typed.get(name, ""), "optional": name == "due_on",
             "hint": hints.get(name, "")}
            for name in FIELDS
        ),
        {"name": "units", "label": _("Giao cho"), "kind": "checkboxes", "hint": _("Không chọn đơn vị nào thì giao cho tất cả."),
         "options": [{"value": key, "text": name, "selected": key in chosen} for key, name in sorted(units.items(), key=lambda one: one[1])]},
    ]  # fmt: skip
    for field in fields:
        field["error"] = errors.get(field["name"], "")
    told = [{"text": text, "href": f"#{name}"} for name, text in errors.items()]
    crumbs = [{"text": _("Báo cáo"), "url": reverse("reporting:list")}, {"text": _("Giao báo cáo")}]
    return show(request, "reporting/ask.html", {"fields": fields, "errors": told, "crumbs": crumbs})


@for_officers
def show_regimes(request: HttpRequest) -> HttpResponse:
    """The regimes in force: who reports what to whom, how, until when, on which basis."""
    regimes = [_regime(each) for each in queries.list_regimes(day_of(now()))]
    crumbs = [{"text": _("Báo cáo"), "url": reverse("reporting:list")}, {"text": _("Chế độ báo cáo")}]
    return show(request, "reporting/regimes.html", {"regimes": regimes, "crumbs": crumbs})


def _regime(regime: Regime) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"key": _("Nội dung"), "value": said(regime.content)},
        {"key": _("Loại"), "value": f"{NATURES[regime.nature]}, {KINDS[regime.period.kind]}"},
        {"key": _("Thời hạn"), "value": said(regime.deadline)},
        {"key": _("Phương thức"), "value": said(regime.method)},
        {"key": _("Biểu"), "value": regime.form},
        {"key": _("Đề cương"), "value": said(regime.outline)},
        {"key": _("Hướng dẫn"), "value": said(regime.instructions)},
        {"key": _("Gửi lên"), "value": said(regime.send_up.to) if regime.send_up else ""},
        {"key": _("Có hiệu lực từ"), "value": day(regime.version)},
        {"key": _("Nguồn"), "lines": [f"{each.title}. {each.note}" for each in regime.sources], "value": " "},
    ]
    return {"code": regime.code, "name": said(regime.name), "rows": [each for each in rows if each["value"]]}
