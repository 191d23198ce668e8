"""Pages of reporting: what is due, one report, the receiver's overview, asking for a report."""

from django.urls import path

from tinhso.modules.government.reporting.pages import lists, reports

urlpatterns = [
    path("", lists.list_own, name="list"),
    path("ask/", lists.list_own, name="ask"),
    path("<slug:public_id>/", reports.show_report, name="report"),
    path("<slug:public_id>/below/", reports.show_report, name="overview"),
]
