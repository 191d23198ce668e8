"""Pages of the boards: each board, the tiles that renew it, its tables; walls and their keys."""

from django.urls import path

from tinhso.modules.insight.boards.pages.showing import (
    download_csv,
    download_xlsx,
    list_tiles,
    show_board,
    show_default,
)
from tinhso.modules.insight.boards.pages.walls import list_wall_tiles, list_walls, show_wall, withdraw

__all__ = ["urlpatterns"]

urlpatterns = [
    path("board/", show_default, name="default"),
    path("board/<slug:code>/", show_board, name="board"),
    path("board/<slug:code>/panels/", list_tiles, name="panels"),
    path("board/<slug:code>/<slug:panel>/table.csv", download_csv, name="csv"),
    path("board/<slug:code>/<slug:panel>/table.xlsx", download_xlsx, name="xlsx"),
    path("walls/", list_walls, name="walls"),
    path("walls/<slug:wall>/withdraw/", withdraw, name="withdraw"),
    path("wall/<str:key>/", show_wall, name="wall"),
    path("wall/<str:key>/panels/", list_wall_tiles, name="wall_panels"),
]
