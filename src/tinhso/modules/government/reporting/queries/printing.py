"""A report as a printed paper: heading, tables, notes, where derived figures come from, who is in it; always in Vietnamese."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from tinhso.modules.government.reporting.queries.reading import ReportView, coverage_of
from tinhso.modules.government.reporting.queries.reporters import home_province_of, name_of
from tinhso.modules.government.reporting.rules.deriving import INDICATOR, SOURCES
from tinhso.modules.government.reporting.rules.filling import EMPTY, Content, Value, values_of
from tinhso.modules.government.reporting.rules.naming import period_name, unit_of_column, unit_of_row, value_text
from tinhso.modules.government.reporting.rules.templates import TEXT, YES_NO, Cell, Row, Sheet
from tinhso.platform.files.adapters import qr_svg, render_document
from tinhso.platform.people.rules import VIETNAM
from tinhso.platform.units.queries import get_unit, list_children
from tinhso.platform.wording import day, moment

TEMPLATE: Final = "national/documents/reporting/report.typ"
PLACES: Final = frozenset({"commune", "province"})
WIDE_FROM: Final = 5  # columns of figures from which a sheet lies across


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a signed paper from a draft: version, hash of the content's file, who signs with which lines above."""

    version: int = 0
    content_sha256: str = ""
    signer_name: str = ""
    signer_lines: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether nobody signs it."""
        return not self.version


DRAFT: Final = Marks()


def draw_report(view: ReportView, content: Content, marks: Marks = DRAFT, *, now: datetime) -> bytes:
    """The report as PDF, with these cells; as a draft that nobody signs unless `marks` say otherwise."""
    with override("vi"):
        fields = fields_of_report(view, content, marks, now)
    return render_document(Path(settings.PACKS_ROOT) / TEMPLATE, fields, now=now)


def fields_of_report(view: ReportView, content: Content, marks: Marks, now: datetime) -> dict[str, Any]:
    """What stands on the paper, for the template."""
    row, regime = view.row, view.regime
    agency = _agency(row.unit_key, now)
    address = settings.PUBLIC_ADDRESS + reverse("reporting:report", args=[row.public_id])
    to = regime.send_up.to.vi if row.is_summed and regime.send_up else name_of(row.receiver_key) if row.receiver_key else ""  # fmt: skip
    noted = list(_noted(view, content))
    numbered = {key: str(number) for number, (key, _words) in enumerate(noted, start=1)}
    values = values_of(view.template, content)
    tables = [_table(view, sheet, values, numbered) for sheet in view.template.sheets]
    fields = {
        "agency": agency,
        "number": "",
        "place": _place(row.unit_key),
        "signed_on": "" if marks.is_draft else now.astimezone(VIETNAM).isoformat(),
        "regime": regime.name.vi,
        "form": regime.form,
        "period": f"Kỳ báo cáo: {period_name(row.period)} (số liệu từ {day(row.start_on)} đến {day(row.cut_off_on)})",
        "to": to,
        "version": max(marks.version, 1),
        "replaces": str(marks.version - 1) if marks.version > 1 else "",
        "is_draft": marks.is_draft,
        "intro": [f"Thực hiện chế độ báo cáo nêu trên, {agency['name']} báo cáo số liệu trong kỳ như sau:"],
        "tables": tables,
        "notes": [{"mark": numbered[key], "text": words} for key, words in noted],
        "derived": list(_derivations(view, content)),
        "signer": {"lines": list(marks.signer_lines), "name": marks.signer_name},
        "recipients": [to] if to else [],
        "code": row.public_id,
        "content_sha256": marks.content_sha256,
        "check_address": address,
        "qr": qr_svg(address),
        "is_wide": any(len(sheet.columns) >= WIDE_FROM for sheet in view.template.sheets),
    }
    return fields | (_coverage(view) if row.is_summed else {})


def _agency(unit_key: str, now: datetime) -> dict[str, str]:
    """The agency in whose name the report is made, and the one above it."""
    unit = get_unit(unit_key)
    return {
        "parent": _agency_name(unit.parent_key, now) if unit.parent_key else "",
        "name": _agency_name(unit_key, now),
    }


def _agency_name(unit_key: str, now: datetime) -> str:
    """The agency of a place, say its People's Committee; itself where the unit is one."""
    unit = get_unit(unit_key)
    on = now.astimezone(VIETNAM).date()
    agencies = list_children(unit_key, on, kinds=("agency",)) if unit.kind in PLACES else ()
    return next(iter(agencies), unit).name


def _place(unit_key: str) -> str:
    """Where the paper is dated from: the commune's own name, an agency's province."""
    unit = get_unit(unit_key)
    home = home_province_of(unit.path) if unit.kind != "commune" else ""
    return get_unit(home).short_name if home else unit.short_name


def _table(view: ReportView, sheet: Sheet, values: Mapping[str, Value], numbered: Mapping[str, str]) -> dict[str, Any]:
    columns = [
        {
            "title": (f"{each.group.vi}: " if each.group else "") + each.name.vi,
            "unit": unit_of_column(view.template, sheet, each, "vi"),
        }
        for each in sheet.columns
    ]
    return {
        "title": sheet.name.vi,
        "columns": columns,
        "rows": [_row(view, sheet, row, values, numbered) for row in sheet.rows],
    }


def _row(
    view: ReportView, sheet: Sheet, row: Row, values: Mapping[str, Value], numbered: Mapping[str, str]
) -> dict[str, Any]:
    cells = [view.template.cell_at(row.code, column.code) for column in sheet.columns]
    return {
        "title": f"{row.number}. {row.name.vi}" if row.number else row.name.vi,
        "unit": unit_of_row(view.template, sheet, row, "vi"),
        "level": row.depth,
        "is_heading": not any(cells),
        "cells": [_cell(cell, values.get(cell.key), numbered) if cell else None for cell in cells],
    }


def _cell(cell: Cell, value: Value | None, numbered: Mapping[str, str]) -> dict[str, Any]:
    return {
        "text": value_text(cell, value),
        "mark": numbered.get(cell.key, ""),
        "is_text": cell.kind in {TEXT, YES_NO},
    }


def _noted(view: ReportView, content: Content) -> Iterator[tuple[str, str]]:
    """What is said of single cells: notes, and where another value was written than the records say, both and why."""
    for key, cell in view.template.cells.items():
        entry = content.get(key, EMPTY)
        words = [entry.note] if entry.note else []
        if entry.is_overridden:
            words.append(f"số của hệ thống là {value_text(cell, entry.derived)}; ghi khác vì: {entry.reason}")
        if words:
            yield key, f"{view.template.name_of(key)}: {'. '.join(words)}."


def _derivations(view: ReportView, content: Content) -> Iterator[dict[str, str]]:
    """Where figures come from by themselves, each source once with the cells it fills."""
    if view.row.is_summed:
        at = f", số liệu đến {moment(view.row.summed_at)}" if view.row.summed_at else ""
        yield {"what": "Các ô", "how": "cộng từ báo cáo của đơn vị cấp dưới; tỷ lệ tính lại từ tử số và mẫu số" + at}
        return
    by_source: dict[str, list[Cell]] = {}
    for cell in view.template.cells.values():
        if cell.derived and content.get(cell.key, EMPTY).derived is not None:
            by_source.setdefault(cell.derived.source, []).append(cell)
    for source, cells in by_source.items():
        how = str(SOURCES[source]) if source in SOURCES else f"chỉ tiêu {source.removeprefix(INDICATOR)} của hệ thống"
        as_of = max((content[cell.key].as_of for cell in cells), default="")
        basis = f"số liệu đến {moment(datetime.fromisoformat(as_of))}" if as_of else ""
        yield {"what": "; ".join(view.template.name_of(cell.key) for cell in cells), "how": how, "basis": basis}


def _coverage(view: ReportView) -> dict[str, Any]:
    found = coverage_of(view.row, view.row.summed_from)
    said = f"{found.present} trên {found.total} đơn vị đã nộp"
    percent = f" ({value_text(Cell('', '', '', 'share', decimals=1), found.percent)}%)." if found.percent is not None else "."  # fmt: skip
    return {"coverage": said + percent, "missing": list(found.missing)}
