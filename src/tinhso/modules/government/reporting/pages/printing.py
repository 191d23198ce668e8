"""A report on paper: a draft to look at, the signed paper of a version, and the file of what it says."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.reporting import queries
from tinhso.modules.government.reporting.models import SignedFile
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.standing import standing_of
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.queries.parcels import Altered, find_signed, read_signed
from tinhso.modules.government.reporting.queries.printing import draw_report
from tinhso.modules.government.reporting.rules.sending import written
from tinhso.platform.clock import now
from tinhso.platform.wording import said

PDF, JSON = "application/pdf", "application/json"


@for_officers
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """The report as it would be printed now, marked as a draft."""
    view = queries.read_report(public_id, officer_in(request))
    return _file(draw_report(view, view.content, now=now()), PDF, f"{public_id}.pdf")


@for_officers
def paper(request: HttpRequest, public_id: str, number: int, form: str) -> HttpResponse:
    """The signed paper of a version, or the file of its content; compared with what was signed before it is given out."""
    view = queries.read_report(public_id, officer_in(request))
    try:
        content, pdf = read_signed(view.row, number)
    except SignedFile.DoesNotExist as missing:
        raise Http404(_("Bản này không có tệp đã ký.")) from missing
    except Altered as altered:
        context = {**standing_of(view, now()), "title": said(view.regime.name), "reason": said(altered)}
        return show(request, "reporting/refused.html", context, status=409)
    name = f"{public_id}-ban-{number}"
    return _file(pdf, PDF, f"{name}.pdf") if form == "pdf" else _file(written(content), JSON, f"{name}.json")


def addresses_of_paper(view: ReportView, number: int) -> dict[str, str]:
    """Where the signed paper of a version and the file of its content are; empty where nobody signed it."""
    if find_signed(view.row, number) is None:
        return {"paper_url": "", "content_url": ""}
    names = {"paper_url": "reporting:paper", "content_url": "reporting:content"}
    return {key: reverse(name, args=[view.public_id, number]) for key, name in names.items()}


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, media_type, headers={"Content-Disposition": f'inline; filename="{name}"'})


urlpatterns = [
    path("<slug:public_id>/draft.pdf", draft, name="draft"),
    path("<slug:public_id>/versions/<int:number>/signed.pdf", paper, {"form": "pdf"}, name="paper"),
    path("<slug:public_id>/versions/<int:number>/content.json", paper, {"form": "json"}, name="content"),
]
