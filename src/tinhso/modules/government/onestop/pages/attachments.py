"""Files of a case, served to officers who may see it: papers, signed results, documents the platform made, drafts."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from tinhso.kernel.flow import NotAllowed
from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, open_for
from tinhso.modules.government.onestop.pages.serving import FRAMED_BY, POLICY, serve
from tinhso.modules.government.onestop.queries import drafts
from tinhso.modules.government.onestop.queries.casefile import find_attachment, list_letters
from tinhso.modules.government.onestop.rules import way_of
from tinhso.platform.clock import now
from tinhso.platform.ledger.queries import list_facts

PDF = "application/pdf"


@for_officers
def attachment(request: HttpRequest, public_id: str, sha256: str) -> FileResponse:
    """A paper or a result of the case: shown when a browser can, else downloaded."""
    found = find_attachment(open_for(request, public_id).case, sha256)
    if found is None:
        raise Http404(_("Hồ sơ không có tệp này."))
    return serve(sha256, name=found[0], media_type=found[1])


@for_officers
def document(request: HttpRequest, public_id: str, fact_id: int, kind: str) -> FileResponse:
    """A receipt, request or refusal of the case, made now if the background has not come to it yet."""
    case = open_for(request, public_id).case
    facts = [fact for fact in list_facts(case.public_id) if fact.id == fact_id]
    if not any(letter.kind == kind for letter in list_letters(facts, case.procedure)):
        raise Http404(_("Hồ sơ không có giấy này."))
    made = actions.issue_document(case=case, fact=facts[0], kind=kind, now=now())
    return serve(made.sha256, name=f"{kind}-{case.code or case.public_id}.pdf", media_type=PDF)


@for_officers
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """The result or refusal as it would be signed, marked as a draft."""
    case, actor, moment = open_for(request, public_id).case, officer_in(request), now()
    try:
        step = drafts.signing_step(case, actor)
    except NotAllowed as refusal:
        raise Http404(str(refusal)) from refusal
    draw = drafts.draw_result if way_of(step) == "result" else drafts.draw_refusal
    answer = HttpResponse(draw(case, actor, moment), content_type=PDF)
    answer.headers["Content-Disposition"] = f'inline; filename="draft-{case.public_id}.pdf"'
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Frame-Options"] = FRAMED_BY
    return answer


urlpatterns = [
    path("work/cases/<str:public_id>/papers/<str:sha256>/", attachment, name="attachment"),
    path("work/cases/<str:public_id>/documents/<int:fact_id>/<str:kind>/", document, name="document"),
    path("work/cases/<str:public_id>/draft/", draft, name="draft"),
]
