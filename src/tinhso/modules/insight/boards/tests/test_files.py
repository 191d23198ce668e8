"""A board's file: read whole, and every mistake told with its file and line."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tinhso.kernel.packs import read_packs
from tinhso.modules.insight.boards import queries
from tinhso.modules.insight.boards.rules import Board, WallPage, find_unknown_panels, read_board
from tinhso.modules.insight.boards.tests.conftest import LEADERS_BOARD, OFFICERS_BOARD, PROVINCE_BOARD, write_boards

WHOLE = """
code = "city"
name = { vi = "Đô thị", en = "City" }
of = ["commune"]
units = ["90001@2025-07-01"]
seen_by = "roles"
roles = ["leader"]
order = 3

[[section]]
column = "middle"
title = { vi = "Nay", en = "Now" }

[[section.panel]]
panel = "boards.count"
width = "half"
options = { codes = ["a", "b"] }

[[wall]]
seconds = 20
columns = [["count"]]
"""


def read(folder: Path, text: str) -> tuple[list[tuple[str, int]], list[str]]:
    """Codes with lines of what is wrong, and the sentences."""
    (folder / "boards").mkdir(exist_ok=True)
    (folder / "boards" / "trial.toml").write_text(text)
    found = queries.find_problems([folder])
    assert {Path(each.path).name for each in found} <= {"trial.toml"}
    return [(each.code, each.line) for each in found], [each.vi for each in found]


def test_a_board_is_read_whole(tmp_path, counter):
    assert read(tmp_path, WHOLE) == ([], [])
    import tomllib

    board = read_board(tomllib.loads(WHOLE), [])
    (section,), (place,) = board.sections, board.places
    assert (board.code, board.of, board.units, board.roles, board.order) == ("city", ("commune",), ("90001@2025-07-01",), ("leader",), 3)  # fmt: skip
    assert (section.column, section.title.vi) == ("middle", "Nay")
    assert (place.code, place.panel, place.width, place.options) == (
        "count",
        "boards.count",
        "half",
        {"codes": ["a", "b"]},
    )
    assert board.wall_pages == (WallPage(20, (("count",),)),)


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ('of = ["commune"]', 'of = ["hamlet"]', "unknown_value", 4),
        ('of = ["commune"]', "of = []", "unknown_value", 4),
        ('seen_by = "roles"', 'seen_by = "friends"', "unknown_value", 6),
        ('roles = ["leader"]\n', "\n", "no_roles", 6),
        ('column = "middle"', 'column = "top"', "unknown_value", 11),
        ('panel = "boards.count"', 'panel = "count"', "wrong_panel", 15),
        ('panel = "boards.count"', 'panel = "boards.counts"', "unknown_panel", 15),
        ('width = "half"', 'width = "third"', "unknown_value", 16),
        ("seconds = 20", "seconds = 1", "wrong_number", 20),
        ('columns = [["count"]]', 'columns = [["gone"]]', "unknown_place", 21),
        ('columns = [["count"]]', "columns = []", "wrong_columns", 21),
        ('columns = [["count"]]', 'columns = ["count"]', "wrong_columns", 21),
        ("order = 3", "ordr = 3", "unknown_key", 8),
        ("[[wall]]", '[[section.panel]]\npanel = "boards.count"\n[[wall]]', "said_twice", 20),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path, counter, before, after, code, line):
    assert before in WHOLE
    found, _said = read(tmp_path, WHOLE.replace(before, after))
    assert (code, line) in found


def test_a_board_without_panels_is_a_mistake(tmp_path, counter):
    found, said = read(tmp_path, WHOLE[: WHOLE.index("[[section]]")])
    assert [code for code, _line in found] == ["no_panels"]
    assert said == ["Bảng này không có bảng nhỏ nào."]


def test_a_panel_of_an_absent_app_is_no_mistake_but_a_slip_of_the_pen_is():
    import tomllib

    board = read_board(tomllib.loads(WHOLE), [])
    assert list(find_unknown_panels(board, {"other.panel"}, {"other"})) == []
    (wrong,) = find_unknown_panels(board, {"boards.live"}, {"boards"})
    assert wrong.en == "There is no panel “boards.count”. There are: boards.live."


def test_without_wall_pages_all_panels_stand_on_one():
    import tomllib

    board: Board = read_board(tomllib.loads(WHOLE[: WHOLE.index("[[wall]]")]), [])
    assert board.wall_pages == (WallPage(60, (("count",),)),)


def test_the_later_pack_wins_and_order_decides(packs):
    assert [board.code for board in queries.list_boards()] == ["chair", "province", "desk"]
    write_boards(
        packs, PROVINCE_BOARD, PROVINCE_BOARD.replace('"Bảng tỉnh"', '"Bảng mới"'), OFFICERS_BOARD, LEADERS_BOARD
    )
    (province,) = (board for board in queries.list_boards() if board.code == "province")
    assert province.name.vi == "Bảng mới"


def test_the_shipped_packs_have_boards_for_a_province_a_city_a_commune_and_a_department():
    packs = read_packs(settings.PACKS_ROOT, ["lang-son"])
    assert list(apps.get_app_config("boards").find_pack_problems(packs)) == []
    codes = {board.code: board.of for board in queries.list_boards()}
    assert {"province", "city", "commune", "department"} <= codes.keys()
    assert "department" in codes["department"]
