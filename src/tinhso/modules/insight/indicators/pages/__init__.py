"""Pages of the indicators: all of them, each of them, the dossiers behind a figure, downloads; panels and headline figures."""

from django.urls import path

from tinhso.modules.insight.indicators.pages.cases import list_cases
from tinhso.modules.insight.indicators.pages.catalogue import show_catalogue
from tinhso.modules.insight.indicators.pages.downloads import download_csv, download_xlsx
from tinhso.modules.insight.indicators.pages.drafts import list_trial, try_draft
from tinhso.modules.insight.indicators.pages.headline import list_headline
from tinhso.modules.insight.indicators.pages.panels import PANELS
from tinhso.modules.insight.indicators.pages.single import read_figure, show_indicator

__all__ = ["PANELS", "list_headline", "list_trial", "read_figure", "urlpatterns"]

urlpatterns = [
    path("", show_catalogue, name="catalogue"),
    path("draft/", try_draft, name="draft"),
    path("<slug:code>/", show_indicator, name="indicator"),
    path("<slug:code>/cases/", list_cases, name="cases"),
    path("<slug:code>/table.csv", download_csv, name="csv"),
    path("<slug:code>/table.xlsx", download_xlsx, name="xlsx"),
]
