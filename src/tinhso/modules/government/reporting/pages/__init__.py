"""Pages of reporting: what is due, one report, the receiver's overview, versions, asking for a report, the regimes."""

from django.urls import path

from tinhso.modules.government.reporting.pages import (
    acts,
    asking,
    chasing,
    lists,
    overviews,
    printing,
    reports,
    sending,
    sheets,
    versions,
)

urlpatterns = [
    *(*sending.urlpatterns, *sheets.urlpatterns, *printing.urlpatterns, *chasing.urlpatterns),
    path("", lists.list_own, name="list"),
    path("ask/", asking.ask, name="ask"),
    path("regimes/", asking.show_regimes, name="regimes"),
    path("<slug:public_id>/", reports.show_report, name="report"),
    path("<slug:public_id>/refresh/", reports.refresh, name="refresh"),
    path("<slug:public_id>/act/", acts.act, name="act"),
    path("<slug:public_id>/versions/<int:number>/", versions.show_version, name="version"),
    path("<slug:public_id>/behind/<str:key>/", overviews.show_behind, name="behind"),
    path("<slug:public_id>/below/", overviews.show_overview, name="overview"),
    path("<slug:public_id>/below/approve/", acts.approve_many, name="approve_many"),
    path("<slug:public_id>/below/table.csv", overviews.download_overview, name="overview_csv"),
    path("<slug:public_id>/parts/<str:key>/", overviews.show_parts, name="parts"),
]
