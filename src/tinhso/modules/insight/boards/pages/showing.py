"""A board as a page, as the tiles that its page renews, and as tables to take away."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tinhso.modules.insight.boards.pages.asking import Asked, read_request
from tinhso.modules.insight.boards.pages.drawing import Drawing, draw, panel_of
from tinhso.modules.insight.boards.rules import COLUMNS, Section, may_see, must_sign_in, page_at
from tinhso.platform.sheets import csv_answer, xlsx_answer
from tinhso.platform.wording import said

REFRESH_SECONDS, WALL_SECONDS = 4, 30


@never_cache
@require_safe
def show_default(request: HttpRequest) -> HttpResponse:
    """The first board of the unit asked for that the reader may see; where packs have none, a page that says so."""
    try:
        asked = read_request(request)
    except Http404:
        return render(request, "boards/board.html", {"board_name": _("Điều hành"), "columns": []})
    return show(request, asked)


@never_cache
@require_safe
def show_board(request: HttpRequest, code: str) -> HttpResponse:
    """That board; 404 where there is none, 403 to whoever may not see it."""
    asked = read_request(request, code)
    if must_sign_in(asked.board, asked.actor):
        return redirect_to_login(request.get_full_path())
    refuse_strangers(asked)
    return show(request, asked)


@never_cache
@require_safe
def list_tiles(request: HttpRequest, code: str) -> HttpResponse:
    """The board's tiles alone, as its page renews them; 304 while nothing changed, 403 to whoever may not see it."""
    asked = read_request(request, code)
    if not may_see(asked.board, asked.actor):
        return HttpResponse(status=403)
    return answer_tiles(request, asked)


@never_cache
@require_safe
def download_csv(request: HttpRequest, code: str, panel: str) -> HttpResponse:
    """What a panel shows as a table, in CSV."""
    asked, _title, table = _table(request, code, panel)
    return csv_answer(table, _file_name(asked, panel))


@never_cache
@require_safe
def download_xlsx(request: HttpRequest, code: str, panel: str) -> HttpResponse:
    """What a panel shows as a table, in a workbook."""
    asked, title, table = _table(request, code, panel)
    return xlsx_answer({title: table}, _file_name(asked, panel))


def refuse_strangers(asked: Asked) -> None:
    """:raises PermissionDenied: the reader may not see the board"""
    if not may_see(asked.board, asked.actor):
        raise PermissionDenied(_("Bảng này chỉ dành cho người được giao. Hãy hỏi quản trị của đơn vị."))


def show(request: HttpRequest, asked: Asked, tiles_url: str = "") -> HttpResponse:
    """The page of a board, or its wall."""
    drawing = draw(asked)
    context: dict[str, Any] = {
        "theme": asked.theme,
        "board_name": asked.board_name,
        "unit_title": asked.unit_name,
        "period_name": asked.period.name,
        "note": said(asked.board.note),
        "tiles_url": tiles_url or asked.url("boards:panels"),
        "refresh_seconds": REFRESH_SECONDS,
        "wall_seconds": WALL_SECONDS,
        "has_tiles": bool(drawing.tiles),
    }
    if asked.is_wall:
        return render(request, "boards/wall.html", {**context, **_wall(asked, drawing)})
    return render(request, "boards/board.html", {**context, **_page(asked, drawing)})


def answer_tiles(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The tiles with their mark, or 304."""
    drawing = draw(asked)
    mark = f'"{drawing.version}"'
    response = render(request, "boards/tiles.html", {"tiles": drawing.tiles.values()})
    response["ETag"] = mark
    return get_conditional_response(request, etag=mark, response=response) or response


def _page(asked: Asked, drawing: Drawing) -> dict[str, Any]:
    columns = [(name, [_section(each, drawing) for each in asked.board.sections if each.column == name]) for name in COLUMNS]  # fmt: skip
    shown = [
        {"name": name, "sections": sections}
        for name, sections in columns
        if any(slot["tile"] for each in sections for slot in each["slots"])
    ]
    return {
        "columns": shown,
        "fields": asked.fields(),
        "kept": {"theme": asked.theme},
        "boards": [
            {"url": _board_url(asked, each.code), "text": said(each.name), "current": each.code == asked.board.code}
            for each in asked.boards()
        ],
        "wall_url": asked.url("boards:board", wall="1", theme=""),
        "form_url": asked.url("boards:board").partition("?")[0] if asked.board not in _defaults(asked) else "",
    }


def _defaults(asked: Asked) -> list[Any]:
    """The board that the unit's address alone leads to: then another unit leads to its own board."""
    return [each for each in asked.boards() if may_see(each, asked.actor)][:1]


def _board_url(asked: Asked, code: str) -> str:
    from django.urls import reverse

    return reverse("boards:board", args=[code]) + asked.query()


def _section(section: Section, drawing: Drawing) -> dict[str, Any]:
    slots = [{"code": each.code, "width": each.width, "tile": drawing.tiles.get(each.code)} for each in section.places]
    return {"title": said(section.title), "slots": slots}


def _wall(asked: Asked, drawing: Drawing) -> dict[str, Any]:
    """Its pages; one on which there is nothing at the moment is passed over."""
    pages = asked.board.wall_pages
    full = [page for page in pages if any(code in drawing.tiles for column in page.columns for code in column)]
    up = full[page_at(full, int(asked.now.timestamp()))] if full else None
    return {
        "pages": [
            {
                "seconds": page.seconds,
                "columns": [
                    [{"code": code, "tile": drawing.tiles.get(code)} for code in column] for column in page.columns
                ],
                "current": page is up,
            }
            for page in pages
        ]
    }


def _table(request: HttpRequest, code: str, panel: str) -> tuple[Asked, str, list[list[Any]]]:
    asked = read_request(request, code)
    refuse_strangers(asked)
    place = next((each for each in asked.board.places if each.code == panel), None)
    found = panel_of(asked, place) if place else None
    if found is None or not found.table:
        raise Http404(_("Bảng này không có bảng số nào như vậy."))
    return asked, str(found.title), [list(row) for row in found.table]


def _file_name(asked: Asked, panel: str) -> str:
    return "-".join(part for part in (asked.board.code, panel, asked.unit_key.partition("@")[0], asked.period.code) if part)  # fmt: skip
