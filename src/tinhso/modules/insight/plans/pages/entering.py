"""For officers: type a figure with its source and evidence, take one back, name the source used, make somebody responsible."""

from collections.abc import Callable
from functools import wraps
from mimetypes import guess_extension
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tinhso.modules.insight.plans import actions, queries
from tinhso.modules.insight.plans.pages.words import beside_the_aim, errors_of, officer_in, quantity
from tinhso.modules.insight.plans.rules.definitions import LEVELS
from tinhso.modules.insight.plans.rules.drafts import Refused, Trouble
from tinhso.modules.insight.plans.rules.numbers import SIGNS
from tinhso.modules.insight.plans.rules.powers import is_decider, is_typist
from tinhso.platform.clock import now
from tinhso.platform.files.actions import store_file
from tinhso.platform.files.queries import find_file, open_file
from tinhso.platform.files.rules import DEFAULT_LIMITS, Refusal
from tinhso.platform.people.pages.doors import needs_officer
from tinhso.platform.people.rules import Actor, NotAllowed
from tinhso.platform.wording import language, said

View = Callable[..., HttpResponse]
NAMES = (
    "measure", "unit", "level", "period", "comparator", "value", "to", "source_title", "publisher", "source_address",
    "method", "announced_on", "note", "is_public",
)  # fmt: skip


def behind(door: Callable[[Actor], bool]) -> Callable[[View], View]:
    """Open the page to officers of whom the door says so; who may do it for which unit is for the actions."""

    def guard(view: View) -> View:
        @wraps(view)
        @never_cache
        @needs_officer
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not door(officer_in(request)):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refused:
                raise PermissionDenied(str(refused)) from refused

        return guarded

    return guard


for_typists, for_deciders = behind(is_typist), behind(is_decider)


@for_typists
def enter(request: HttpRequest) -> HttpResponse:
    """The form of one figure; kept, it shows on the page of its measure."""
    sent = {name: request.POST.get(name, "") for name in NAMES}
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            with_evidence = {**sent, "evidence_sha256": _evidence(request), "is_public": sent["is_public"] or "0"}
            public_id, is_new = actions.enter_figure(
                sent=with_evidence, origin="form", actor=officer_in(request), now=now()
            )
            kept = queries.find_figure(public_id)
            measure = queries.get_definitions().measures[sent["measure"].strip()]
            told = {"value": quantity(kept.quantity, measure) if kept else "", "period": sent["period"]}
            messages.success(request, (_("Đã ghi %(value)s, kỳ %(period)s.") if is_new else _("Nguồn này đã có đúng số này: %(value)s.")) % told)  # fmt: skip
            if kept and (aside := beside_the_aim(measure.code, kept.unit_key, kept.level)):
                messages.warning(request, aside)
            return HttpResponseRedirect(f"{reverse('plans:measure', args=[measure.code])}?unit={kept.unit_key if kept else ''}&level={sent['level']}")  # fmt: skip
        except Refused as refused:
            errors = errors_of(refused.troubles)
    else:
        sent |= {name: request.GET.get(name, "") for name in ("measure", "unit", "level", "period")}
        sent |= {"level": sent["level"] or "province", "is_public": "1"}
    context = {
        "fields": _fields(sent, {each["href"][1:]: each["text"] for each in errors}, officer_in(request)),
        "errors": errors,
        "crumbs": [{"url": reverse("plans:list"), "text": _("Chỉ tiêu")}, {"text": _("Nhập một số liệu")}],
        "imports_url": reverse("plans:imports"),
    }
    return render(request, "plans/enter.html", context, status=422 if errors else 200)


def _evidence(request: HttpRequest) -> str:
    file = request.FILES.get("evidence")
    if file is None:
        return ""
    try:
        kept = store_file(content=file.read(), name=file.name or "", actor=officer_in(request), now=now())
    except Refusal as refused:
        raise Refused([Trouble("evidence", refused.vi, refused.en)]) from refused
    return kept.sha256


def _fields(sent: dict[str, str], errors: dict[str, str], actor: Actor) -> list[dict[str, Any]]:
    measures = [
        {"value": each.code, "text": f"{each.title.in_language(language())} ({each.unit.in_language(language())})"}
        for each in queries.get_definitions().measures.values()
        if not each.indicator
    ]
    held = list(dict.fromkeys(post.unit_key for post in actor.posts))
    names = queries.name_units(held, language())
    own = ", ".join(f"{key} ({names[key]})" for key in held)
    levels = [{"value": code, "text": str(name)} for code, name in LEVELS.items()]
    signs = [{"value": code, "text": f"{sign.strip() or '='}" if code != "range" else _("khoảng, từ … đến …")} for code, sign in SIGNS.items()]  # fmt: skip
    fields: list[dict[str, Any]] = [
        {"name": "measure", "kind": "select", "label": _("Chỉ tiêu đo"), "options": measures},
        {"name": "unit", "label": _("Đơn vị"), "hint": _("Mã, khóa hoặc tên đầy đủ vào cuối kỳ. Của bạn: %(own)s") % {"own": own}, "width": "20"},
        {"name": "level", "kind": "select", "label": _("Ở cấp"), "options": levels, "no_blank": True},
        {"name": "period", "label": _("Kỳ"), "hint": _("Ví dụ 2025, 2025-Q4, 2025-11 hoặc 2025-11-30"), "width": "10"},
        {"name": "comparator", "kind": "select", "label": _("Dấu"), "options": signs, "no_blank": True},
        {"name": "value", "label": _("Số"), "hint": _("Ví dụ 98,96 hoặc 116.000"), "inputmode": "decimal", "width": "10"},
        {"name": "to", "label": _("Đến số (chỉ khi là khoảng)"), "inputmode": "decimal", "width": "10", "optional": True},
        {"name": "source_title", "label": _("Tên nguồn"), "hint": _("Tên báo cáo, niên giám, công văn"), "max_length": 300},
        {"name": "publisher", "label": _("Ai công bố"), "hint": _("Ví dụ Chi cục Thống kê tỉnh Lạng Sơn. Cùng tên là cùng một nguồn."), "max_length": 200},
        {"name": "source_address", "label": _("Địa chỉ nguồn"), "optional": True, "max_length": 500},
        {"name": "announced_on", "kind": "date", "label": _("Ngày công bố"), "hint": _("Công bố lại lần sau là một số mới; số trước vẫn giữ."), "optional": True, "width": "10"},
        {"name": "method", "kind": "textarea", "label": _("Cách tính"), "rows": 2, "optional": True, "max_length": 500},
        {"name": "note", "kind": "textarea", "label": _("Ghi chú"), "rows": 2, "optional": True, "max_length": 500},
        {"name": "evidence", "kind": "file", "label": _("Tệp chứng minh"), "hint": said(_Limits), "optional": True},
        {"name": "is_public", "kind": "checkboxes", "label": _("Công khai"), "options": [{"value": "1", "text": _("Mọi người xem được số này"), "selected": sent["is_public"] == "1"}]},
    ]  # fmt: skip
    return [{**each, "value": "" if each["name"] in {"evidence", "is_public"} else sent[each["name"]], "error": errors.get(each["name"], "")} for each in fields]  # fmt: skip


class _Limits:
    """What evidence may be, in both languages."""

    vi, en = DEFAULT_LIMITS.told()


@for_typists
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a figure back with a reason."""
    return _with_reason(request, public_id, actions.withdraw_figure, _("Đã rút số này; nó vẫn nằm trong lịch sử."))


@for_deciders
@require_POST
def choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Use the source of that figure for its period, with a reason."""
    return _with_reason(request, public_id, actions.choose_source, _("Đã chọn nguồn được dùng."))


def _with_reason(request: HttpRequest, public_id: str, act: Callable[..., None], done: str) -> HttpResponse:
    figure = queries.find_figure(public_id)
    if figure is None:
        raise Http404
    try:
        act(public_id=public_id, reason=request.POST.get("reason", ""), actor=officer_in(request), now=now())
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, said(refused))
    return HttpResponseRedirect(f"{reverse('plans:measure', args=[figure.measure])}?unit={figure.unit_key}&level={figure.level}")  # fmt: skip


@for_deciders
def responsible(request: HttpRequest, code: str) -> HttpResponse:
    """Who answers for a target: a unit that stands today, perhaps a post there."""
    target = queries.find_target(code)
    if target is None:
        raise Http404
    text = queries.get_definitions().resolutions[code.partition(".")[0]]
    errors: list[dict[str, str]] = []
    sent = {name: request.POST.get(name, "").strip() for name in ("unit", "post", "note")}
    if request.method == "POST":
        try:
            duty = actions.Duty(sent["unit"], sent["post"], sent["note"])
            actions.assign_responsibility(target=code, duty=duty, actor=officer_in(request), now=now())
            messages.success(request, _("Đã giao phụ trách."))
            return HttpResponseRedirect(reverse("plans:resolution", args=[text.code]))
        except Refused as refused:
            errors = errors_of(refused.troubles)
    measure = queries.get_definitions().measures[target.measure]
    told = {each["href"][1:]: each["text"] for each in errors}
    fields = [
        {"name": "unit", "label": _("Đơn vị phụ trách"), "hint": _("Mã hoặc tên đầy đủ, ví dụ Tỉnh Lạng Sơn hoặc Xã Đồng Đăng"), "value": sent["unit"], "error": told.get("unit", "")},
        {"name": "post", "label": _("Chức danh"), "value": sent["post"], "optional": True, "max_length": 60},
        {"name": "note", "label": _("Ghi chú"), "value": sent["note"], "optional": True, "max_length": 300, "error": told.get("note", "")},
    ]  # fmt: skip
    title = measure.title.in_language(language())
    context = {
        "title": title,
        "aim": f"{quantity(target.quantity, measure)}, {target.due_on:%d/%m/%Y}",
        "fields": fields,
        "errors": errors,
        "crumbs": [
            {"url": reverse("plans:list"), "text": _("Chỉ tiêu")},
            {"url": reverse("plans:resolution", args=[text.code]), "text": text.number or text.title.in_language(language())},
            {"text": _("Giao phụ trách")},
        ],
    }  # fmt: skip
    return render(request, "plans/responsible.html", context, status=422 if errors else 200)


def evidence(request: HttpRequest, public_id: str) -> FileResponse:
    """The file behind a figure: of a published one for everybody, else for officers."""
    figure = queries.find_figure(public_id)
    actor = getattr(request, "actor", None)
    if figure is None or not figure.evidence_sha256 or not (figure.is_public or is_typist(actor) or is_decider(actor)):
        raise Http404
    kept = find_file(figure.evidence_sha256)
    name = f"{figure.measure}-{figure.period}{guess_extension(kept.media_type) or '' if kept else ''}"
    try:
        return FileResponse(open_file(figure.evidence_sha256), as_attachment=True, filename=name)
    except FileNotFoundError:
        raise Http404 from None
