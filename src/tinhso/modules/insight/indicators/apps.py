"""Registration of the indicators app."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import (
    Capability,
    FigureRead,
    Finding,
    MenuItem,
    Panel,
    PanelAsked,
    Progress,
    Reading,
    Topic,
    Warehouse,
)

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs


class IndicatorsConfig(Capability):
    """Warehouse and indicators."""

    name = "tinhso.modules.insight.indicators"
    label = "indicators"
    address = "indicators/"
    menu = (MenuItem("operations", _("Mọi chỉ số"), "indicators:catalogue", order=82),)

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep the packs' indicators. :raises BadIndicators: one of them cannot be used."""
        from tinhso.modules.insight.indicators import actions

        actions.keep_indicators(paths=packs.indicators, now=now)

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Cards that are incomplete, selects that cannot run."""
        from tinhso.modules.insight.indicators import queries

        return queries.read_definitions(packs.indicators)[1]

    def headline(self, now: datetime) -> Sequence[Mapping[str, Any]]:
        """The province's figures of the last three months, for everybody."""
        from tinhso.modules.insight.indicators import pages

        return pages.list_headline(now)

    def read_figure(self, code: str, unit_key: str, period: str, *, public: bool) -> FigureRead | None:
        """An indicator's figure from the warehouse; None where there is no such indicator yet."""
        from tinhso.modules.insight.indicators import pages

        return pages.read_figure(code, unit_key, period, public=public)

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """Tiles of now, figures, the course of one, its units, its map."""
        from tinhso.modules.insight.indicators import pages

        return pages.PANELS

    def topics(self) -> Mapping[str, Topic]:
        """Each indicator, to subscribe to."""
        from tinhso.modules.insight.indicators.pages import measuring

        return measuring.list_topics()

    def readings(self, source: str, now: datetime) -> Iterable[Reading]:
        """Figures that thresholds are set on, and the age of them all."""
        from tinhso.modules.insight.indicators.pages import measuring

        return measuring.list_readings(source, now)

    def warehouse(self) -> Warehouse:
        """The one warehouse there is."""
        return _Warehouse()

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Whether the figures are up to date."""
        from tinhso.modules.insight.indicators import queries

        as_of = queries.get_manifest().as_of
        if as_of is None:
            yield Finding("warning", _("Kho số liệu chưa có gì."), "tinhso warehouse refresh")
        elif (now - as_of).total_seconds() > 600:
            yield Finding("warning", _("Số liệu đã cũ hơn 10 phút."), "tinhso warehouse refresh")
        else:
            yield Finding("well", _("Số liệu mới đến từng phút."))


class _Warehouse:
    """The warehouse as the command line works on it."""

    def refresh(self, now: datetime, progress: Progress) -> str:
        """Take up what changed."""
        from tinhso.modules.insight.indicators import actions

        return _told(actions.refresh_warehouse(now=now, progress=progress))

    def rebuild(self, now: datetime, progress: Progress) -> str:
        """Make all anew."""
        from tinhso.modules.insight.indicators import actions

        return _told(actions.rebuild_warehouse(now=now, progress=progress))

    def verify(self) -> Sequence[str]:
        """Every difference from the database."""
        from tinhso.modules.insight.indicators import queries

        return queries.verify_warehouse()

    def try_draft(self, path: Path, months: int) -> Sequence[str]:
        """What a draft gives on the latest months, by month, beside what is in force."""
        from tinhso.modules.insight.indicators import pages, queries

        found = queries.try_draft(path.read_text(encoding="utf-8"), path.stem, months)
        return pages.list_trial(found)

    def statements(self, dialect: str) -> Mapping[str, str]:
        """The indicators in that dialect."""
        from tinhso.modules.insight.indicators import queries

        return queries.list_statements(dialect)


def _told(manifest: Any) -> str:
    rows = {
        table: sum(each.rows for each in manifest.partitions if each.table == table) for table in ("cases", "facts")
    }
    return (
        f"{len(manifest.partitions)} tệp · files, {rows['cases']} hồ sơ · cases, {rows['facts']} sự kiện · facts,"
        f" {len(manifest.runs)} chỉ số · indicators, {manifest.took_seconds:.2f} s"
    )
