"""Regimes, reports and sums as the API tells them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from tinhso.kernel.flow import Text
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.queries import Overview, ReportView
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.filling import EMPTY, WORKED_OUT, Value
from tinhso.modules.government.reporting.rules.templates import Cell, Regime, Template


def regime_out(regime: Regime) -> dict[str, Any]:
    """A regime without its cells."""
    return {
        "code": regime.code,
        "version": regime.version,
        "name": _text(regime.name),
        "content": _text(regime.content),
        "nature": regime.nature,
        "period": regime.period.kind,
        "deadline": _text(regime.deadline),
        "form": regime.form,
        "signed": regime.is_signed,
        "sources": [f"{each.title}. {each.note}" for each in regime.sources],
    }


def cell_out(template: Template, cell: Cell) -> dict[str, Any]:
    """One cell of a form."""
    return {
        "key": cell.key,
        "name": {"vi": template.name_of(cell.key), "en": template.name_of(cell.key, "en")},
        "kind": cell.kind,
        "unit": _text(cell.unit),
        "decimals": cell.decimals,
        "required": cell.required,
        "up": cell.up,
        "formula": list(cell.formula.of) if cell.formula else [],
        "source": cell.derived.source if cell.derived else "",
    }


def row_out(row: Report, now: datetime) -> dict[str, Any]:
    """A report without its cells."""
    return {
        "id": row.public_id,
        "regime": row.regime,
        "period": row.period,
        "first": row.start_on,
        "last": row.cut_off_on,
        "due_at": row.due_at,
        "unit": row.unit_key,
        "receiver": row.receiver_key,
        "summed": row.is_summed,
        "subject": row.subject,
        "state": row.state,
        "late": states.is_late(row.first_submitted_at or row.sent_up_at, row.due_at, now),
        "revision": row.revision,
        "version": row.version,
    }


def report_out(view: ReportView, now: datetime) -> dict[str, Any]:
    """A report with its cells and what is wrong."""
    cells = [
        {
            "key": cell.key,
            "value": _value(view.values.get(cell.key)),
            "derived": _value(entry.derived),
            "provenance": WORKED_OUT
            if cell.formula
            else entry.provenance or ("derived" if entry.derived is not None else ""),
            "address": entry.address,
            "reason": entry.reason,
            "note": entry.note,
        }
        for cell in view.template.cells.values()
        for entry in [view.content.get(cell.key, EMPTY)]
    ]
    problems = [{"field": each.key, "vi": each.vi, "en": each.en, "warning": each.is_warning} for each in view.failed]
    return {**row_out(view.row, now), "cells": cells, "problems": problems}


def sum_out(found: Overview, now: datetime) -> dict[str, Any]:
    """What came, added up."""
    sums = found.sums
    keys = dict.fromkeys([*sums.values, *sums.lacking])
    return {
        "present": sums.coverage.present,
        "total": sums.coverage.total,
        "missing": list(sums.coverage.missing),
        "cells": [
            {"key": key, "value": _value(sums.values.get(key)), "lacking": list(sums.lacking.get(key, ()))}
            for key in keys
        ],
        "reports": [{**row_out(line.report, now), "unit_name": line.name} for line in found.lines],
    }


def _value(value: Value | None) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
