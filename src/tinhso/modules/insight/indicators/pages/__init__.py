"""Pages of the indicators: the board, each indicator, the dossiers behind a figure, downloads; figures of the first page."""

from django.urls import path

from tinhso.modules.insight.indicators.pages.boards import list_headline, show_board
from tinhso.modules.insight.indicators.pages.cases import list_cases
from tinhso.modules.insight.indicators.pages.catalogue import show_catalogue
from tinhso.modules.insight.indicators.pages.downloads import download_csv, download_xlsx
from tinhso.modules.insight.indicators.pages.single import read_figure, show_indicator

__all__ = ["list_headline", "read_figure", "urlpatterns"]

urlpatterns = [
    path("", show_board, name="board"),
    path("all/", show_catalogue, name="catalogue"),
    path("<slug:code>/", show_indicator, name="indicator"),
    path("<slug:code>/cases/", list_cases, name="cases"),
    path("<slug:code>/table.csv", download_csv, name="csv"),
    path("<slug:code>/table.xlsx", download_xlsx, name="xlsx"),
]
