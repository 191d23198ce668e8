"""Letters made for who asks: the receipt of a same-day dossier for its applicant, a letter issued anew by an officer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.pages.case import heading_of
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, open_for, show
from tinhso.modules.government.onestop.pages.visit import CaseView, on_own_dossier
from tinhso.modules.government.onestop.queries.casefile import list_letters
from tinhso.modules.government.onestop.rules import Seeing, said
from tinhso.modules.government.onestop.rules.asking import LONGEST_TEXT
from tinhso.modules.government.onestop.rules.letters import NAMES, RECEIPT
from tinhso.platform.clock import now
from tinhso.platform.ledger.queries import list_facts


@require_POST
@on_own_dossier
def receipt(request: HttpRequest, case: CaseView) -> HttpResponse:  # noqa: ARG001
    """Make the receipt that a same-day dossier gets only when its applicant asks, and show it."""
    facts = list_facts(case.public_id)
    letters = [letter for letter in list_letters(facts, case.procedure) if letter.kind == RECEIPT]
    if not letters:
        raise Http404
    fact = next(fact for fact in facts if fact.id == letters[-1].fact_id)
    made = actions.issue_document(case=case, fact=fact, kind=RECEIPT, now=now())
    return HttpResponseRedirect(reverse("onestop:dossier_file", args=[case.public_id, made.sha256]))


@for_officers
def reissue(request: HttpRequest, public_id: str, fact_id: int, kind: str) -> HttpResponse:
    """Ask why a letter is issued anew and what its reasons should say; the older one then says publicly that it was replaced."""
    opened = open_for(request, public_id)
    facts = [fact for fact in list_facts(opened.case.public_id) if fact.id == fact_id]
    called_for = {letter.kind for letter in list_letters(facts, opened.case.procedure)}
    if kind not in called_for or opened.seeing is not Seeing.WORKING:
        raise Http404(_("Hồ sơ không có giấy này."))
    error = ""
    if request.method == "POST":
        reason, words = request.POST.get("reason", "")[:500], request.POST.get("words", "").strip()[:LONGEST_TEXT]
        actor, case = officer_in(request), opened.case
        try:
            actions.reissue_document(
                case=case, fact=facts[0], kind=kind, reason=reason, words=words, actor=actor, now=now()
            )
        except actions.CannotReissue as refusal:
            error = said(refusal)
        else:
            messages.success(request, _("Đã cấp lại: %(letter)s.") % {"letter": NAMES[kind]})
            return HttpResponseRedirect(reverse("onestop:case", args=[public_id]))
    context = {
        **heading_of(opened.case, now()),
        "letter": NAMES[kind],
        "errors": [{"text": error, "href": "#reason"}] if error else [],
        "fields": _fields(request, kind, error),
    }
    return show(request, "onestop/desk_reissue.html", context, status=422 if error else 200)


def _fields(request: HttpRequest, kind: str, error: str) -> list[dict[str, object]]:
    reason = {
        "name": "reason", "kind": "textarea", "rows": 2, "max_length": 500, "label": _("Vì sao cấp lại"), "error": error,
        "required": True, "value": request.POST.get("reason", ""), "hint": _("Chỉ cán bộ đọc lời này."),
    }  # fmt: skip
    words = {
        "name": "words", "kind": "textarea", "rows": 5, "max_length": LONGEST_TEXT, "optional": True,
        "label": _("Lý do ghi trong giấy, nếu cần sửa"), "value": request.POST.get("words", ""),
        "hint": _("Để trống thì giữ lời cũ; tên, địa chỉ và giấy tờ lấy theo hồ sơ lúc này."),
    }  # fmt: skip
    return [reason] if kind == RECEIPT else [reason, words]


urlpatterns = [
    path("dossiers/<slug:public_id>/receipt/", receipt, name="ask_receipt"),
    path("work/cases/<str:public_id>/documents/<int:fact_id>/<str:kind>/again/", reissue, name="reissue"),
]
