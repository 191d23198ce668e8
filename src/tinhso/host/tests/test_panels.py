"""What every app promises of its panels: each answers the public and officers, also about nothing, and is a table too."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from tinhso.platform.capability import Panel, PanelAsked, capabilities
from tinhso.platform.people.rules import Actor, Post

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
UNIT = "20@2025-07-01"
READERS = (None, Actor("officer:a", "officer", "A", (Post(UNIT, "leader"),)), Actor("citizen:a", "citizen", "B"))
PANELS = [(name, draw) for app in capabilities() for name, draw in app.panels().items()]


@pytest.mark.django_db
@pytest.mark.parametrize("wall", [False, True])
@pytest.mark.parametrize(("name", "draw"), PANELS, ids=[name for name, _draw in PANELS])
def test_a_panel_answers_everybody_also_when_nothing_was_counted_yet(name, draw, wall, settings, tmp_path) -> None:
    settings.WAREHOUSE_ROOT = tmp_path / "warehouse"
    for reader in READERS:
        for period in ("2026-11", "2026-Q4", "2026", "2026-01..2026-06"):
            found = draw(PanelAsked("", period, reader, NOW, wall, {}))
            assert found is None or is_whole(found, wall=wall)


def is_whole(panel: Panel, *, wall: bool) -> bool:
    """Drawn, titled, a table of even rows; its age is no moment to come."""
    assert str(panel.title)
    assert render_to_string(panel.template, {**panel.context, "level": "h3", "wall": wall}).strip()
    assert len({len(row) for row in panel.table}) <= 1
    assert panel.as_of is None or panel.as_of <= NOW
    return all(isinstance(line, str) for line in panel.lines)


def test_a_panel_is_named_after_its_app_and_no_two_share_a_name() -> None:
    labels = {app.label for app in capabilities()}
    names = [name for name, _draw in PANELS]
    assert {name.partition(".")[0] for name in names} <= labels
    assert len(names) == len(set(names))
