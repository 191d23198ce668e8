"""What boards may show of the indices: where the province stands, and each main index."""

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.pages.words import NONE, rank_of, told, url
from tinhso.modules.insight.dti.queries.overview import Overview, read_overview
from tinhso.modules.insight.dti.rules import COMPOSITE
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.units.queries import get_unit
from tinhso.platform.wording import language, said

KEPT_SECONDS = 60  # what is published changes when a table or a pack is loaded


def draw_standing(asked: PanelAsked) -> Panel | None:
    """
    Composite, rank and main indices of this installation's province in the newest year that anything was published for it.

    Of units below the province nothing is published, so on their boards it is left out.
    """
    if asked.unit_key and get_unit(asked.unit_key).kind != "province":
        return None
    key = f"dti:standing:{language()}"
    found: Panel | None = cache.get(key)
    if found is None and (found := _standing()) is not None:
        cache.set(key, found, KEPT_SECONDS)
    return found


def _standing() -> Panel | None:
    years = read_overview(None, "").years
    known = (
        (found, found.table.figure(COMPOSITE, found.province)) for found in (read_overview(year, "") for year in years)
    )
    found, own = next(((found, own) for found, own in known if own is not None), (None, None))
    if found is None or own is None:
        return None
    title = _("DTI năm %(year)s") % {"year": found.year}
    value, rank = told(own.value), rank_of(own)
    if own.value is None:  # of some years only ranks were told
        value, rank = (_("hạng %(rank)s") % {"rank": rank}, "") if own.rank else (NONE, "")
    indices = _indices(found)
    return Panel(
        title=title,
        template="dti/panel.html",
        context={"figure": {"title": found.province, "value": value, "basis": rank, "period": title}, "bars": indices},
        table=[[_("Chỉ số"), _("Giá trị")], [_("Điểm tổng"), told(own.value)], [_("Hạng"), rank_of(own)], *([each["text"], each["value"]] for each in indices)],
        lines=[f"{found.province}, {title}: {value} {rank}".strip()],
        address=url("dti:overview", year=found.year),
    )  # fmt: skip


def _indices(found: Overview) -> list[Mapping[str, Any]]:
    """The main indices as bars, where their values were published."""
    if found.edition is None:
        return []
    values = [(found.edition.name_of(each.code), found.values.get(each.code)) for each in found.edition.scored]
    return [
        {"text": said(name), "value": told(value), "percent": float(value * 100)}
        for name, value in values
        if value is not None
    ]
