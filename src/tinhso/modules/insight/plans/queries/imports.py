"""Workbooks that were handed in: the latest of them, and what each row of one would do now."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.modules.insight.plans.adapters import workbooks
from tinhso.modules.insight.plans.models import Import
from tinhso.modules.insight.plans.queries.courses import said_of
from tinhso.modules.insight.plans.queries.definitions import get_definitions
from tinhso.modules.insight.plans.rules.definitions import LEVELS
from tinhso.modules.insight.plans.rules.drafts import Known
from tinhso.modules.insight.plans.rules.numbers import COMPARATORS
from tinhso.modules.insight.plans.rules.sheets import COLUMNS, NEEDED, Judged, Row, judge_rows
from tinhso.platform.files.queries import open_file
from tinhso.platform.units.rules import UnitRow

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One workbook: by whom, when, how many rows, and what became of it."""

    public_id: str
    name: str
    file_sha256: str
    state: str
    rows: int
    kept: int
    tried_by: str
    tried_at: datetime
    done_at: datetime | None
    undone_at: datetime | None
    undo_reason: str


def read_sheet(content: bytes) -> list[Row]:
    """The rows of a workbook. :raises BadSheet: it cannot be read as a table of figures"""
    return workbooks.read_rows(content)


def judge_import(sha256: str, known: Known) -> list[Judged]:
    """What each row of a kept workbook would do now. :raises BadSheet: it cannot be read"""
    with open_file(sha256) as file:
        rows = workbooks.read_rows(file.read())
    units: dict[tuple[object, ...], UnitRow | None] = {}

    def find_unit(text: str, on: object) -> UnitRow | None:
        if (text, on) not in units:
            units[text, on] = known.find_unit(text, on)  # type: ignore[arg-type]
        return units[text, on]

    once = Known(known.measures, find_unit, known.may_type, known.today)
    measures = {str(row.sent.get("measure") or "").strip() for row in rows}
    return judge_rows(rows, once, said_of(measures))


def list_imports() -> list[ImportRow]:
    """The latest workbooks, the last one first."""
    return [_row(each) for each in Import.objects.order_by("-tried_at")[:SHOWN]]


def find_import(public_id: str) -> ImportRow | None:
    """The workbook of that id, or None."""
    found = Import.objects.filter(public_id=public_id).first()
    return _row(found) if found else None


def _row(each: Import) -> ImportRow:
    return ImportRow(**{name: getattr(each, name) for name in ImportRow.__dataclass_fields__})


def template_tables(language: str) -> dict[str, list[list[str]]]:
    """The sheets to fill in, by title: the table, and the codes of measures, levels and comparators."""
    measures = [
        [each.code, each.title.in_language(language), each.unit.in_language(language)]
        for each in get_definitions().measures.values()
        if not each.indicator
    ]
    levels = [[code, str(name)] for code, name in LEVELS.items()]
    signs = [[sign] for sign in COMPARATORS]
    names = (
        ("Số liệu", "Chỉ tiêu", "Cấp", "Dấu") if language == "vi" else ("Figures", "Measures", "Levels", "Comparators")
    )
    heads = (
        [["Mã", "Tên", "Đơn vị tính"], ["Mã", "Cấp"], ["Dấu"]],
        [["Code", "Title", "Unit"], ["Code", "Level"], ["Comparator"]],
    )
    first, second, third = heads[0 if language == "vi" else 1]
    star = [titles[language == "en"] + (" *" if name in NEEDED else "") for name, titles in COLUMNS.items()]
    tables = [star], [first, *measures], [second, *levels], [third, *signs]
    return dict(zip(names, tables, strict=True))
