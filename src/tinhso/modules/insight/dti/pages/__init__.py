"""Pages of the indices: overview, editions, downloads; loading tables; self-assessment; planner."""

from django.urls import path

from tinhso.modules.insight.dti.pages import (
    assessments,
    criteria,
    downloads,
    editions,
    importing,
    overviews,
    planners,
    taking,
)

urlpatterns = [
    path("", overviews.show_overview, name="overview"),
    path("table.csv", downloads.download_csv, name="csv"),
    path("table.xlsx", downloads.download_xlsx, name="xlsx"),
    path("editions/<slug:code>/", editions.show_edition, name="edition"),
    path("import/", importing.import_published, name="import"),
    path("assessments/", assessments.list_own, name="assessments"),
    path("assessments/begin/", assessments.begin, name="begin"),
    path("assessments/criteria/", assessments.load_list, name="load_list"),
    path("assessments/<slug:public_id>/", assessments.show_assessment, name="assessment"),
    path("assessments/<slug:public_id>/table.xlsx", taking.take_assessment, name="assessment_xlsx"),
    path("assessments/<slug:public_id>/planner/offers.xlsx", taking.take_offers, name="offers_xlsx"),
    path("assessments/<slug:public_id>/move/", criteria.move, name="move"),
    path("assessments/<slug:public_id>/criteria/<slug:code>/", criteria.show_criterion, name="criterion"),
    path("assessments/<slug:public_id>/criteria/<slug:code>/files/", criteria.attach, name="attach"),
    path("assessments/<slug:public_id>/files/<slug:sha256>/", criteria.evidence, name="evidence"),
    path("assessments/<slug:public_id>/planner/", planners.show_planner, name="planner"),
    path("assessments/<slug:public_id>/planner/offers/", planners.change_offers, name="offers"),
    path("assessments/<slug:public_id>/planner/print/", planners.print_plan, name="print"),
]
