"""Reading a board's file: each mistake becomes a problem with its place, and reading goes on."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from tinhso.kernel.flow import NO_TEXT, Problem, Text
from tinhso.kernel.flow import Place as Where
from tinhso.kernel.flow.tables import STRINGS, TABLE, Table
from tinhso.modules.insight.boards.rules.boards import (
    COLUMNS,
    KINDS,
    ROLES,
    SEEN_BY,
    WIDTHS,
    Board,
    Place,
    Section,
    WallPage,
)
from tinhso.platform.periods import NoPeriod, read_period

PANEL: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
SHORTEST_SECONDS, MOST_COLUMNS = 5, 4
WORDS: Final = {
    "unknown_value": ("“{}” không dùng được ở đây. Hãy dùng một trong: {}.", "“{}” cannot be used here. Use one of: {}."),
    "wrong_panel": (
        "“{}” không phải tên bảng nhỏ. Hãy viết như indicators.figures.",
        "“{}” is no name of a panel. Write it like indicators.figures.",
    ),
    "unknown_panel": ("Không có bảng nhỏ “{}”. Có: {}.", "There is no panel “{}”. There are: {}."),
    "said_twice": ("Mã “{}” đã dùng cho một bảng nhỏ khác.", "The code “{}” is used for another panel already."),
    "unknown_place": (
        "Trang tường nhắc đến “{}”, mà bảng này không có. Có: {}.",
        "A page of the wall names “{}”, which this board does not have. It has: {}.",
    ),
    "wrong_columns": ("Một trang tường có từ 1 đến {} cột.", "A page of the wall has 1 to {} columns."),
    "no_roles": ("seen_by = \"roles\" thì phải nêu roles.", "With seen_by = \"roles\" name the roles."),
    "no_panels": ("Bảng này không có bảng nhỏ nào.", "This board has no panels."),
}  # fmt: skip


def read_board(table: Mapping[str, Any], problems: list[Problem]) -> Board:
    """The board that one file describes; what is wrong is added to `problems`."""
    whole = Table(table, problems)
    places: dict[str, Place] = {}
    found = Board(
        code=whole.code("code"),
        name=whole.text("name"),
        of=_all_of(whole, "of", KINDS),
        order=whole.whole("order", 100),
        units=whole.strings("units"),
        period=_period(whole),
        seen_by=_one_of(whole, "seen_by", SEEN_BY),
        roles=whole.strings("roles"),
        sections=tuple(_section(row, places) for row in whole.tables("section")),
        wall=tuple(_wall_page(row, places) for row in whole.tables("wall")),
        note=whole.text("note", None),
    )
    if found.seen_by == ROLES and not found.roles:
        _report(whole, "no_roles", "seen_by")
    if not places:
        _report(whole, "no_panels", "")
    whole.close()
    return found


def _period(whole: Table) -> str:
    found = whole.string("period", "")
    try:
        return read_period(found).code if found else ""
    except NoPeriod as wrong:
        whole.problems.append(Problem("wrong_period", wrong.vi, wrong.en, (*whole.place, "period")))
        return ""


def find_unknown_panels(board: Board, known: Collection[str], apps: Collection[str]) -> Iterable[Problem]:
    """Panels that nobody draws although the app they name is there; those of an absent app are left out in silence."""
    for number, section in enumerate(board.sections):
        for row, place in enumerate(section.places):
            app = place.panel.partition(".")[0]
            if place.panel not in known and app in apps:
                own = ", ".join(sorted(name for name in known if name.startswith(f"{app}.")))
                yield _problem("unknown_panel", ("section", number, "panel", row, "panel"), place.panel, own)


def _section(row: Table, places: dict[str, Place]) -> Section:
    found = Section(
        column=_one_of(row, "column", COLUMNS),
        title=_title(row),
        places=tuple(_place(panel, places) for panel in row.tables("panel")),
    )
    row.close()
    return found


def _title(row: Table) -> Text:
    return row.text("title") if "title" in row.values else NO_TEXT


def _place(row: Table, places: dict[str, Place]) -> Place:
    panel = row.string("panel")
    if panel and not PANEL.fullmatch(panel):
        _report(row, "wrong_panel", "panel", panel)
    found = Place(
        code=row.code("code", panel.rpartition(".")[2]),
        panel=panel,
        width=_one_of(row, "width", WIDTHS),
        options=row.take("options", dict, TABLE, {}),
    )
    if found.code in places:
        _report(row, "said_twice", "code" if "code" in row.values else "panel", found.code)
    places[found.code] = found
    row.close()
    return found


def _wall_page(row: Table, places: Mapping[str, Place]) -> WallPage:
    columns = row.take("columns", list, STRINGS)
    columns = columns if isinstance(columns, list) else []
    if not 1 <= len(columns) <= MOST_COLUMNS or not all(isinstance(column, list) and column for column in columns):
        _report(row, "wrong_columns", "columns", MOST_COLUMNS)
        columns = []
    for each in [each for column in columns for each in column if each not in places]:
        _report(row, "unknown_place", "columns", each, ", ".join(places))
    found = WallPage(row.whole("seconds", 30, SHORTEST_SECONDS), tuple(tuple(column) for column in columns))
    row.close()
    return found


def _one_of(row: Table, key: str, known: tuple[str, ...]) -> str:
    """One of these words; the first where nothing is written."""
    found = row.string(key, known[0])
    if found in known:
        return found
    _report(row, "unknown_value", key, found, ", ".join(known))
    return known[0]


def _all_of(row: Table, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found = row.strings(key)
    if not found:
        _report(row, "unknown_value", key, "", ", ".join(known))
    for each in found:
        if each not in known:
            _report(row, "unknown_value", key, each, ", ".join(known))
    return found


def _report(row: Table, code: str, key: str, *values: object) -> None:
    row.problems.append(_problem(code, (*row.place, key) if key else row.place, *values))


def _problem(code: str, where: Where, *values: object) -> Problem:
    vi, en = WORDS[code]
    return Problem(code, vi.format(*values), en.format(*values), where)
