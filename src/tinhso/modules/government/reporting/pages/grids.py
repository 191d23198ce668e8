"""The sheets of a report as tables: each cell with what it holds, what the records say, the period before, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.government.reporting.pages.words import typed_text, value_text
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.rules.checks import is_asked_of
from tinhso.modules.government.reporting.rules.filling import EMPTY, Entry, Value
from tinhso.modules.government.reporting.rules.states import ASSIGNED
from tinhso.modules.government.reporting.rules.templates import TEXT, YES_NO, Cell, Row, Sheet, Template
from tinhso.platform.wording import said

Typed = Mapping[str, tuple[str, str, str]]  # by cell: what was typed, the note, the reason
NOTHING: Typed = {}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a report: its cells and values, those of the period before, what is wrong where, what was just typed."""

    template: Template
    content: Mapping[str, Entry]
    values: Mapping[str, Value]
    before: Mapping[str, Value] = field(default_factory=dict)
    wrong: Mapping[str, list[str]] = field(default_factory=dict)
    doubtful: Mapping[str, list[str]] = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)
    level: str = ""
    can_fill: bool = False


def shown(view: ReportView, *, typed: Typed = NOTHING, wrong: Mapping[str, list[str]] | None = None) -> Shown:
    """The report as it stands, for its reader; with what was typed and could not be kept."""
    errors: dict[str, list[str]] = {key: list(found) for key, found in (wrong or {}).items()}
    doubts: dict[str, list[str]] = {}
    refused = set(errors)
    for each in view.failed if view.row.state != ASSIGNED else ():
        if each.key not in refused:
            (doubts if each.is_warning else errors).setdefault(each.key, []).append(said(each))
    return Shown(
        view.template, view.content, view.values, view.before, errors, doubts, typed, view.level, view.may_fill
    )


def sheets_of(one: Shown) -> list[dict[str, Any]]:
    """Each sheet as the template draws it."""
    return [_sheet(one, sheet) for sheet in one.template.sheets]


def _sheet(one: Shown, sheet: Sheet) -> dict[str, Any]:
    wide = len(sheet.columns) > 1
    groups = [
        {"title": title, "span": len(list(columns))}
        for title, columns in groupby(sheet.columns, key=lambda column: said(column.group))
    ]
    return {
        "code": sheet.code,
        "name": said(sheet.name),
        "wide": wide,
        "can_fill": one.can_fill,
        "groups": groups if any(group["title"] for group in groups) else [],
        "columns": [
            {
                "title": said(column.name),
                "note": said(column.note),
                "unit": _shared_unit(one, sheet, column.code) if wide else "",
            }
            for column in sheet.columns
        ],
        "rows": [_row(one, sheet, row, wide=wide) for row in sheet.rows],
    }


def _row(one: Shown, sheet: Sheet, row: Row, *, wide: bool) -> dict[str, Any]:
    cells = [(column, one.template.cell_at(row.code, column.code)) for column in sheet.columns]
    drawn = [
        _cell(one, cell, said(row.name), said(column.name) if wide else "") if cell else None for column, cell in cells
    ]
    units = {said(cell.unit) for _column, cell in cells if cell}
    unit = units.pop() if len(units) == 1 else ""
    return {
        "number": row.number,
        "name": said(row.name),
        "note": said(row.note),
        "depth": str(min(row.depth, 2)),
        "unit": unit,
        "cells": drawn,
        "first": next((cell for cell in drawn if cell), None),
        "spans": str(len(drawn)) if wide and [cell.kind for _column, cell in cells if cell] == [TEXT] else "",
    }


def _shared_unit(one: Shown, sheet: Sheet, column: str) -> str:
    """The unit of a column, where its rows have one in common and no row has it in all its columns."""
    units = {said(cell.unit) for row in sheet.rows if (cell := one.template.cell_at(row.code, column))}
    others = {said(cell.unit) for cell in one.template.cells.values() if cell.column != column}
    return units.pop() if len(units) == 1 and units != others else ""


def _cell(one: Shown, cell: Cell, row_name: str, column_name: str) -> dict[str, Any]:
    entry, value = one.content.get(cell.key, EMPTY), one.values.get(cell.key)
    text, note, reason = one.typed.get(cell.key, (typed_text(cell, entry.value), entry.note, entry.reason))
    asked = one.can_fill and is_asked_of(cell, one.level)
    return {
        "key": cell.key,
        "id": id_of(cell.key),
        "label": f"{row_name}, {column_name}" if column_name else row_name,
        "column": column_name,
        "input": _input(cell) if asked else "",
        "options": _options(text) if cell.kind == YES_NO else (),
        "value": value_text(cell, value),
        "text": text,
        "note": note,
        "reason": reason,
        "derived": value_text(cell, entry.derived) if entry.derived is not None else "",
        "derived_url": entry.address,
        "overridden": entry.is_overridden,
        "before": value_text(cell, one.before[cell.key]) if cell.key in one.before else "",
        "errors": one.wrong.get(cell.key, []),
        "doubts": one.doubtful.get(cell.key, []),
        "worked_out": cell.formula is not None,
        "is_number": cell.is_number,
        "opens": bool(
            note or reason or cell.key in one.doubtful or (cell.key in one.wrong and entry.derived is not None)
        ),
    }


def _input(cell: Cell) -> str:
    return {TEXT: "textarea", YES_NO: "select"}.get(cell.kind, "number")


def _options(text: str) -> list[dict[str, Any]]:
    return [{"value": word, "text": word, "selected": text == word} for word in ("", _("Có"), _("Không"))]


def id_of(key: str) -> str:
    """What a cell is called in its page."""
    return "c-" + key.replace(".", "-").replace("_", "-")


def text_of(view: ReportView, key: str) -> tuple[str, str, str]:
    """A cell as a form shows it: its text, note and reason."""
    entry = view.content.get(key, EMPTY)
    return typed_text(view.template.cells[key], entry.value), entry.note, entry.reason
