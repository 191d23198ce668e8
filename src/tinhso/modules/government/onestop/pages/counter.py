"""Filing for somebody who is there: at the desk, or at the door with a helper; the person stays the applicant."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.kernel.vietnamese import collation_key
from tinhso.modules.government.onestop.actions.filing import CannotFile
from tinhso.modules.government.onestop.actions.serving import Visitor, serve_visitor
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.pages.visit import today
from tinhso.modules.government.onestop.queries.filing import desk_names, list_desks
from tinhso.modules.government.onestop.rules.filing import COUNTER_CHANNELS, is_of_the_team, serves
from tinhso.modules.government.onestop.rules.words import in_words, moment
from tinhso.platform.cases.queries import get_case, get_cases, list_procedures
from tinhso.platform.clock import now
from tinhso.platform.forms.actions import TooManyDrafts
from tinhso.platform.forms.queries import list_drafts
from tinhso.platform.people.rules import Actor, Sex
from tinhso.platform.wording import language

FIELDS = ("procedure", "unit", "name", "number", "birth", "sex", "phone", "channel")
LONGEST = 120


@for_officers
def counter(request: HttpRequest) -> HttpResponse:
    """Who is there and what is to be filed; then the same pages as the applicant would see."""
    actor = _serving(request)
    typed = {name: request.POST.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in FIELDS}
    typed["procedure"] = typed["procedure"] or request.GET.get("procedure", "")[:LONGEST]
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            draft = serve_visitor(visitor=_visitor(typed, actor), actor=actor, now=now())
            return HttpResponseRedirect(reverse("onestop:filing_begin", args=[draft.public_id]))
        except CannotFile as refused:
            errors = {each.field: each.in_language(language()) for each in refused.problems}
        except TooManyDrafts:
            errors = {"procedure": _("Bạn đang có 50 bản nháp. Hãy nộp nốt hoặc bỏ bớt.")}
    context = {
        "heading": _("Nộp giúp người dân"),
        "fields": _fields(typed, errors, actor),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in errors.items()],
        "drafts": _drafts(actor),
        "is_of_the_team": is_of_the_team(actor),
    }
    return show(request, "onestop/desk_counter.html", context, status=422 if errors else 200)


def _serving(request: HttpRequest) -> Actor:
    actor = officer_in(request)
    if not serves(actor):
        raise PermissionDenied
    return actor


def _visitor(typed: dict[str, str], actor: Actor) -> Visitor:
    channel = typed["channel"] if typed["channel"] in COUNTER_CHANNELS else COUNTER_CHANNELS[0]
    try:
        birth_on = date.fromisoformat(typed["birth"]) if typed["birth"] else None
    except ValueError:
        birth_on = None
    sex: Sex = "female" if typed["sex"] == "female" else "male" if typed["sex"] == "male" else ""
    return Visitor(
        name=typed["name"], number=typed["number"], birth_on=birth_on, sex=sex, phone=typed["phone"],
        procedure_code=typed["procedure"], unit_key=typed["unit"] or _own_unit(actor),
        channel="online" if is_of_the_team(actor) else channel,
    )  # fmt: skip


def _own_unit(actor: Actor) -> str:
    return next((post.unit_key for post in actor.posts), "")


def _fields(typed: dict[str, str], errors: dict[str, str], actor: Actor) -> list[dict[str, Any]]:
    """The questions of the page, as the design system draws them."""
    procedures = [each for each in list_procedures(today()) if each.form and each.service_level != "info_only"]
    procedures.sort(key=lambda each: collation_key(each.name.vi))
    options = [{"value": each.code, "text": f"{in_words(each.name)} ({each.code})"} for each in procedures]
    desks = {unit.key: unit for each in procedures for unit in list_desks(each, today())}
    places = [{"value": key, "text": text} for key, text in desk_names(list(desks.values()), language())]
    sexes = [{"value": "female", "text": _("Nữ")}, {"value": "male", "text": _("Nam")}]
    ways = [{"value": "counter", "text": _("Tại quầy")}, {"value": "post", "text": _("Qua bưu điện")}]
    fields: list[dict[str, Any]] = [
        {"name": "procedure", "kind": "select", "label": _("Thủ tục"), "options": options, "required": True},
        {"name": "unit", "kind": "select", "label": _("Nơi giải quyết"), "options": places, "required": True},
        {"name": "number", "label": _("Số định danh của người dân"), "inputmode": "numeric", "required": True},
        {"name": "name", "label": _("Họ và tên như trên căn cước"), "required": True},
        {"name": "birth", "kind": "date", "label": _("Ngày sinh"), "optional": True},
        {"name": "sex", "kind": "select", "label": _("Giới tính"), "options": sexes, "optional": True},
        {"name": "phone", "label": _("Số điện thoại của người dân"), "inputmode": "tel", "optional": True},
    ]
    if not is_of_the_team(actor):
        fields.append({"name": "channel", "kind": "select", "label": _("Hồ sơ tới bằng cách nào?"), "options": ways, "no_blank": True})  # fmt: skip
    usual = {"unit": _own_unit(actor)}
    return [
        {**each, "value": typed[each["name"]] or usual.get(each["name"], ""), "error": errors.get(each["name"], "")}
        for each in fields
    ]


def _drafts(actor: Actor) -> list[dict[str, str]]:
    names = {each.code: each.name for each in list_procedures(today())}
    return [
        {
            "text": in_words(names[draft.procedure_code]) if draft.procedure_code in names else draft.procedure_code,
            "saved": moment(draft.updated_at, now()),
            "url": reverse("onestop:filing_begin", args=[draft.public_id]),
        }
        for draft in list_drafts(actor=actor)
    ]


@for_officers
def filed(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was just filed for somebody: the code to take home, and for the desk the way to the dossier."""
    actor = _serving(request)
    if not _filed_by(public_id, actor):
        raise Http404(_("Không có hồ sơ này."))
    case = get_case(public_id)
    context = {
        "heading": _("Đã nộp hồ sơ"),
        "case": case,
        "name": in_words(case.procedure.name),
        "told": in_words(case.procedure.state(case.procedure.start).told),
        "case_url": "" if is_of_the_team(actor) else reverse("onestop:case", args=[public_id]),
        "again_url": reverse("onestop:counter"),
    }
    return show(request, "onestop/desk_counter_filed.html", context)


def _filed_by(public_id: str, actor: Actor) -> bool:
    """Whether this officer filed it, or sits at the desk that takes it in."""
    case = get_cases([public_id]).get(public_id)
    return case is not None and (case.helper_code == actor.code or bool(actor.roles_in(case.unit_key) - {"helper"}))


urlpatterns = [
    path("work/counter/", counter, name="counter"),
    path("work/counter/<slug:public_id>/", filed, name="counter_filed"),
]
