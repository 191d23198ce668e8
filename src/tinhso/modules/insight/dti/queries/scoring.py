"""Scoring a file: editions of the chosen packs, rows, mergers, and the answer as the command line gives it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs import Packs, read_packs
from tinhso.modules.insight.dti.adapters import packs as pack_files
from tinhso.modules.insight.dti.adapters.sheets import read_lines
from tinhso.modules.insight.dti.rules import (
    METHODS,
    Edition,
    Row,
    Said,
    Score,
    find_edition,
    merge_rows,
    read_sheet,
    score_rows,
)
from tinhso.modules.insight.dti.rules.provinces import Succession, group_rows

NOT_MERGED = ""


def chosen_packs() -> Packs:
    """The packs named in the settings; nothing of the database is needed."""
    return read_packs(settings.PACKS_ROOT, [code.strip() for code in settings.PACKS if code.strip()])


def list_pack_editions() -> dict[str, Edition]:
    """The editions in the chosen packs' files, by code."""
    return pack_files.read_editions(pack_files.files_in(chosen_packs(), "*.toml"))[0]


def get_pack_edition(asked: str) -> Edition:
    """
    The edition that was meant by a code, a year, a decision's number, or the path of a TOML file.

    :raises Said: there is none, or the file cannot be used
    """
    if asked.endswith(".toml"):
        path = Path(asked)
        if not path.is_file():
            raise Said(Problem("dti_no_file", f"Không có tệp {asked}.", f"There is no file {asked}."))
        return pack_files.read_edition_file(path)
    editions = list_pack_editions()
    found = find_edition(editions, asked)
    if found is None:
        known = ", ".join(editions)
        vi = f"Không có bộ chỉ số “{asked}”; có: {known} (hoặc một năm, hoặc đường dẫn tệp .toml)."
        en = f"There is no edition “{asked}”; there are: {known} (or a year, or the path of a .toml file)."
        raise Said(Problem("dti_unknown_edition", vi, en))
    return found


def list_successions() -> list[Succession]:
    """Every former province with what it became, from the chosen packs' tables."""
    return [Succession(*row) for row in pack_files.successors_in(chosen_packs(), "province")]


def score_content(content: bytes, edition: Edition, merge: str = NOT_MERGED) -> tuple[list[Score], list[str]]:
    """
    The scores of a sheet, best first, and the headers that were not used.

    :param merge: "" for the rows as they are, else how former provinces become those of today ("plain", "population")
    :raises Said: the sheet cannot be used, each reason with row, column and remedy
    """
    sheet = read_sheet(edition, read_lines(content))
    rows = merged(sheet.rows, merge, list_successions()) if merge else sheet.rows
    return sorted(score_rows(edition, rows), key=lambda score: score.composite.rank), sheet.ignored


def merged(rows: Sequence[Row], method: str, successions: Iterable[Succession]) -> list[Row]:
    """The rows of today's provinces. :raises Said: there is no such method, or what it needs is missing"""
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise Said(
            Problem(
                "dti_no_method",
                f"Không có cách gộp “{method}”; có: {known}.",
                f"There is no “{method}”; there are: {known}.",
            )
        )
    return merge_rows(group_rows(rows, successions), method)


def as_json(edition: Edition, scores: Sequence[Score], ignored: Sequence[str], merge: str) -> dict[str, Any]:
    """The answer for machines; numbers have at most four places, `difference` is worked out less printed."""
    return {
        "edition": edition.code,
        "legal": edition.legal.vi,
        "merged": merge or None,
        "ignored_columns": list(ignored),
        "rows": [_row(score) for score in scores],
    }


def _row(score: Score) -> dict[str, Any]:
    printed = score.row.published.get("composite")
    return {
        "province": score.row.name,
        "composite": float(score.composite.value),
        "rank": score.composite.rank,
        "pillars": {code: float(part.value) for code, part in score.pillars.items()},
        "pillar_ranks": {code: part.rank for code, part in score.pillars.items()},
        "published": None if printed is None else float(printed),
        "difference": None if printed is None else float(score.composite.value - printed),
    }


def as_table(edition: Edition, scores: Sequence[Score]) -> list[list[str]]:
    """The answer for people: a head and a row for each province, best first."""
    printed = any("composite" in score.row.published for score in scores)
    head = ["Hạng", "Tỉnh", "Điểm tổng"]
    head += [f"{pillar.name.vi} (hạng)" for pillar in edition.pillars]
    head += ["Công bố", "Chênh"] if printed else []
    return [head, *([*_cells(score), *(_compared(score) if printed else [])] for score in scores)]


def _cells(score: Score) -> list[str]:
    parts = [f"{part.value} ({part.rank})" for part in score.pillars.values()]
    return [str(score.composite.rank), score.row.name, str(score.composite.value), *parts]


def _compared(score: Score) -> list[str]:
    difference = score.difference()
    return ["", ""] if difference is None else [str(score.row.published["composite"]), f"{difference:+}"]
