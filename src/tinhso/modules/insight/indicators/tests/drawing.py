"""A panel drawn as a board would draw it, for the tests of panels."""

from datetime import UTC, datetime

from django.apps import apps
from django.template.loader import render_to_string
from django.utils import translation

from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.people.rules import Actor


def panel(name: str, unit: str = "", period: str = "2026-09", *, actor: Actor | None = None, wall: bool = False, **options: object) -> Panel | None:  # fmt: skip
    """What that panel shows of the unit and period to that reader."""
    asked = PanelAsked(unit, period, actor, datetime.now(UTC), wall, options)
    with translation.override("vi"):
        return apps.get_app_config("indicators").panels()[f"indicators.{name}"](asked)


def text_of_panel(name: str, *where: str, **asked: object) -> str:
    """The panel's HTML on one line."""
    with translation.override("vi"):
        found = panel(name, *where, **asked)
        assert found is not None
        html = render_to_string(found.template, {**found.context, "level": "h3", "wall": asked.get("wall", False)})
    return " ".join(html.split())
