"""The planner: offers, a budget, the best choice with its arithmetic, and where the province would stand on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.insight.dti import actions
from tinhso.modules.insight.dti.pages.importing import uploaded
from tinhso.modules.insight.dti.pages.papers import dress_paper
from tinhso.modules.insight.dti.pages.words import crumbs, money, show, signed, typed, url
from tinhso.modules.insight.dti.queries.assessments import Opened, open_for
from tinhso.modules.insight.dti.queries.planning import draw_up, list_offers, years_to_compare
from tinhso.modules.insight.dti.rules import Said
from tinhso.modules.insight.dti.rules.criteria import Criterion
from tinhso.modules.insight.dti.rules.planning import Budget
from tinhso.platform.clock import now
from tinhso.platform.files.rules import Refusal
from tinhso.platform.people.pages.work import for_officers, officer_in
from tinhso.platform.wording import number, said

OFFER = ("criterion", "reach", "money", "effort", "note")


@for_officers
def show_planner(request: HttpRequest, public_id: str) -> HttpResponse:
    """The planner of an assessment for the budget that the address says."""
    return _page(request, open_for(public_id, officer_in(request)), [])


@for_officers
def print_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plan alone, to be printed: what to do, the arithmetic, the standing, what is not known."""
    opened = open_for(public_id, officer_in(request))
    budget, wrong = _budget(request)
    try:
        paper = draw_up(opened, budget, _year(request))
    except Said as refusal:
        return _page(request, opened, said(refusal).splitlines())
    if wrong:
        return _page(request, opened, wrong)
    title = f"{opened.unit.name} {opened.year}"
    return show(request, "plan_print", {"title": title, "public_id": public_id, **dress_paper(paper)})


@for_officers
@require_POST
def change_offers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add one offer, take one away, or take up a sheet of them; then back to the same budget."""
    actor, asked = officer_in(request), request.POST
    opened = open_for(public_id, actor)
    named: dict[str, Any] = {"public_id": public_id, "actor": actor, "now": now()}
    try:
        if remove := asked.get("remove", ""):
            actions.remove_offer(offer=int(remove) if remove.isdecimal() else 0, **named)
        elif "load" in asked:
            file = uploaded(request)
            if file is None:
                return _page(request, opened, [_("Chọn tệp phương án (csv, xlsx), nhiều nhất 5 MB.")])
            count = actions.load_offers(content=file[0], **named)
            messages.success(request, _("Đã nạp %(count)s phương án.") % {"count": count})
        else:
            actions.add_offer(offer={key: typed(request, key) for key in OFFER}, **named)
    except (Said, Refusal) as wrong:
        return _page(request, opened, said(wrong).splitlines())
    kept = {key: asked.get(f"kept_{key}", "") for key in ("money", "effort", "year")}
    return HttpResponseRedirect(url("dti:planner", public_id, **kept))


def _budget(request: HttpRequest) -> tuple[Budget, list[str]]:
    found: dict[str, int | None] = {}
    wrong = []
    for key, title in (("money", _("Kinh phí")), ("effort", _("Công sức"))):
        text = request.GET.get(key, "").replace(".", "").replace(" ", "").replace(",", "")
        found[key] = int(text) if text.isdecimal() and len(text) < 16 else None
        if text and found[key] is None:
            wrong.append(_("%(title)s: “%(text)s” không phải là số nguyên.") % {"title": title, "text": text})
    return Budget(**found), wrong


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else None


def _page(request: HttpRequest, opened: Opened, wrong: list[str]) -> HttpResponse:
    budget, wrong_budget = _budget(request)
    wrong = [*wrong, *wrong_budget]
    asked = {key: request.GET.get(key, "") for key in ("money", "effort", "year")}
    title = f"{opened.unit.name} {opened.year}"
    context: dict[str, Any] = {
        "title": title,
        "crumbs": crumbs(
            (_("Tự đánh giá"), url("dti:assessments")), (title, url("dti:assessment", opened.public_id)), (_("Lập kế hoạch"), "")
        ),
        "budget_fields": _budget_fields(opened, asked),
        "offer_fields": _offer_fields(request, opened),
        "file_field": {
            "name": "file", "kind": "file", "label": _("Tệp phương án"), "accept": ".csv,.xlsx",
            "hint": _("Các cột: tiêu chí (mã), mức có thể đạt, chi phí, công sức, việc làm. Thay cho các phương án đang có."),
        },
        "kept": asked,
        "offers_url": url("dti:offers", opened.public_id),
        "sheet_url": url("dti:offers_xlsx", opened.public_id),
        "codes": [{"code": each.code, "name": said(each.name)} for each in opened.criteria.criteria],
        "print_url": url("dti:print", opened.public_id, **asked),
        "offers": _offers(opened),
        "has_offers": bool(list_offers(opened)),
    }  # fmt: skip
    try:
        context |= dress_paper(draw_up(opened, budget, _year(request)))
    except Said as refusal:
        wrong += said(refusal).splitlines()
    context["errors"] = [{"text": text} for text in wrong]
    return show(request, "planner", context, status=422 if wrong else 200)


def _budget_fields(opened: Opened, asked: dict[str, str]) -> list[dict[str, Any]]:
    years = years_to_compare(opened)
    fields: list[dict[str, Any]] = [
        {"name": "money", "label": _("Kinh phí (đồng)"), "value": asked["money"], "inputmode": "numeric", "width": 20},
        {
            "name": "effort",
            "label": _("Công sức (ngày công)"),
            "value": asked["effort"],
            "inputmode": "numeric",
            "width": 10,
        },
    ]
    if years:
        own = str(opened.year if opened.year in years else years[0])
        options = [{"value": str(year), "text": str(year)} for year in years]
        fields.append({"name": "year", "label": _("So với bảng năm"), "kind": "select", "no_blank": True, "options": options, "value": asked["year"] or own})  # fmt: skip
    return fields


def _offer_fields(request: HttpRequest, opened: Opened) -> list[dict[str, Any]]:
    asked = request.POST
    options = [{"value": each.code, "text": _criterion(opened, each)} for each in opened.criteria.criteria]
    return [
        {"name": "criterion", "label": _("Tiêu chí"), "kind": "select", "options": options, "value": asked.get("criterion", "")},
        {"name": "reach", "label": _("Mức có thể đạt"), "value": asked.get("reach", ""), "width": 10, "hint": _("Số điểm, tỷ lệ (85%), số lượng hoặc mã lựa chọn, tùy cách chấm.")},
        {"name": "money", "id": "offer-money", "label": _("Chi phí (đồng)"), "value": asked.get("money", ""), "width": 20, "inputmode": "numeric"},
        {"name": "effort", "id": "offer-effort", "label": _("Công sức (ngày công)"), "value": asked.get("effort", ""), "width": 10, "inputmode": "numeric"},
        {"name": "note", "label": _("Việc phải làm"), "value": asked.get("note", ""), "optional": True},
    ]  # fmt: skip


def _criterion(opened: Opened, criterion: Criterion) -> str:
    value = opened.values.get(criterion.code)
    now_at = number(value.points) if value else "0"
    return _("%(name)s (đang %(now)s trên %(most)s)") % {
        "name": said(criterion.name), "now": now_at, "most": number(criterion.max_points)
    }  # fmt: skip


def _offers(opened: Opened) -> list[dict[str, Any]]:
    """Each offer, to be taken away."""
    return [
        {
            "key": str(row.offer.key),
            "text": said(row.criterion.name),
            "said": f"{row.note or row.reach} · {signed(row.after - row.before)} · {money(row.offer.money)} · {number(row.offer.effort)}",
        }
        for row in list_offers(opened)
    ]
