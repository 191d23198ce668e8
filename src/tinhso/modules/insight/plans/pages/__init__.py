"""Pages of plans: texts and their targets, measures and their figures, forms and imports for officers, downloads."""

from django.urls import path

from tinhso.modules.insight.plans.pages import downloads, entering, importing, lists, measures, resolutions
from tinhso.modules.insight.plans.pages.panels import draw_stated, draw_states

__all__ = ["draw_stated", "draw_states", "urlpatterns"]

urlpatterns = [
    path("", lists.show_list, name="list"),
    path("texts/<slug:code>/", resolutions.show_resolution, name="resolution"),
    path("texts/<slug:code>/table.csv", downloads.resolution_csv, name="csv"),
    path("texts/<slug:code>/table.xlsx", downloads.resolution_xlsx, name="xlsx"),
    path("measures/", lists.show_measures, name="measures"),
    path("measures/<slug:code>/", measures.show_measure, name="measure"),
    path("measures/<slug:code>/table.csv", downloads.measure_csv, name="measure_csv"),
    path("measures/<slug:code>/table.xlsx", downloads.measure_xlsx, name="measure_xlsx"),
    path("figures/new/", entering.enter, name="enter"),
    path("figures/<slug:public_id>/withdraw/", entering.withdraw, name="withdraw"),
    path("figures/<slug:public_id>/choose/", entering.choose, name="choose"),
    path("figures/<slug:public_id>/evidence/", entering.evidence, name="evidence"),
    path("targets/<str:code>/responsible/", entering.responsible, name="responsible"),
    path("imports/", importing.show_imports, name="imports"),
    path("imports/template.xlsx", importing.template, name="template"),
    path("imports/<slug:public_id>/", importing.show_import, name="import"),
]
