"""What boards show of the queue: who waits by matter, and how many are being served; nothing where no numbers are taken."""

from django.apps import apps
from django.template.loader import render_to_string

from tinhso.modules.government.queue.tests.conftest import COMMUNE, MORNING, take
from tinhso.platform.capability import Panel, PanelAsked


def now(unit_key: str = COMMUNE) -> Panel | None:
    asked = PanelAsked(unit_key, "2026-11", None, MORNING, wall=False, options={})
    return apps.get_app_config("queue").panels()["queue.now"](asked)


def test_the_board_shows_who_waits_and_who_is_served(hall) -> None:
    hall.sit()
    for group in ("civil", "civil", "land"):
        take(group)
    hall.calls(hall.hoa)

    found = now()

    assert found is not None
    assert [count for _name, count in found.table[1:]] == [1, 1, 0, 0, 1]
    assert found.table[-1][0] == "Đang được phục vụ"
    assert found.lines[1].endswith(": 1")
    assert render_to_string(found.template, found.context).count("bars__item") == 5


def test_where_no_numbers_are_taken_there_is_no_panel(hall) -> None:
    assert now("") is None
    assert now("nowhere") is None
