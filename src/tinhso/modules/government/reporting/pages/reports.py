"""The page of one report."""

from django.http import HttpRequest, HttpResponse

from tinhso.modules.government.reporting import queries
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.platform.wording import said


@for_officers
def show_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the report asks for and what it holds."""
    view = queries.read_report(public_id, officer_in(request))
    return show(request, "reporting/report.html", {"title": said(view.regime.name)})
