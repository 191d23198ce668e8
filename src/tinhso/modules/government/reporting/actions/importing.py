"""Workbooks that come back: kept to be looked at, then taken up whole or not at all."""

from datetime import datetime
from typing import Final

from django.db import transaction

from tinhso.modules.government.reporting import facts, queries
from tinhso.modules.government.reporting.actions.filling import Outdated, save_cells
from tinhso.modules.government.reporting.actions.writing import must_fill, tell
from tinhso.modules.government.reporting.models import Workbook
from tinhso.modules.government.reporting.queries.workbooks import judge_workbook
from tinhso.modules.government.reporting.rules.filling import IMPORTED
from tinhso.modules.government.reporting.rules.returned import Judged, Told, WrongBook
from tinhso.platform.files.actions import store_file
from tinhso.platform.files.rules import MEGABYTE, XLSX, Limits, Refusal
from tinhso.platform.people.rules import Actor
from tinhso.platform.sheets import BadSheet

WORKBOOKS: Final = Limits(max_bytes=2 * MEGABYTE, max_files=1, media_types=frozenset({XLSX}))


class NotTaken(Exception):
    """A workbook that was not taken up; `wrong` names each cell, `vi` and `en` say it all."""

    def __init__(self, vi: str, en: str, wrong: tuple[Told, ...] = (), report: str = "") -> None:
        super().__init__(vi)
        self.vi, self.en, self.wrong, self.report = vi, en, wrong, report


@transaction.atomic
def try_workbook(*, public_id: str, content: bytes, name: str, actor: Actor, now: datetime) -> str:
    """
    Keep a workbook to be looked at; no cell is changed yet. Returns the hash under which it is looked at.

    :raises NotTaken: it is no workbook of this report, in words; `report` names the other one it is of
    :raises Forbidden, NotOpen, NoReport, NotYours: the report cannot be filled in now, or not by this actor
    """
    view = queries.read_report(public_id, actor)
    must_fill(view)
    try:
        stored = store_file(content=content, name=name, actor=actor, now=now, limits=WORKBOOKS)
        judge_workbook(view, stored.sha256)
    except WrongBook as wrong:
        raise NotTaken(wrong.vi, wrong.en, report=wrong.report) from wrong
    except (Refusal, BadSheet) as bad:
        raise NotTaken(bad.vi, bad.en) from bad
    return stored.sha256


@transaction.atomic
def take_workbook(
    *, public_id: str, sha256: str, name: str, over_others: bool = False, actor: Actor, now: datetime
) -> int:
    """
    Take every change of a workbook up into the report, or none; how many cells.

    It is judged anew: what others changed meanwhile counts.

    :param over_others: take it although the report was changed since the file was made; cells that others changed too get
        the file's values
    :raises NotTaken: a cell is wrong; nothing was kept
    :raises Outdated: the report was changed since, and nobody said that this is all right
    :raises Forbidden, NotOpen, NoReport, NotYours: as in `try_workbook`
    """
    view = queries.read_report(public_id, actor, lock=True)
    must_fill(view)
    judged = _judged(view, sha256)
    if judged.wrong:
        raise NotTaken(
            "Còn ô sai trong tệp nên chưa ghi gì.", "Cells of the file are wrong, so nothing was kept.", judged.wrong
        )
    if judged.is_outdated and not over_others:
        raise Outdated(view.row.revision)
    if not judged.sent:
        return 0
    saved = save_cells(
        public_id=public_id,
        sent=judged.sent,
        revision=view.row.revision,
        provenance=IMPORTED,
        whole=True,
        actor=actor,
        now=now,
    )
    if saved.troubles:
        told = tuple(Told(each.field, "", each.vi, each.en) for each in saved.troubles)
        raise NotTaken("Còn ô sai trong tệp nên chưa ghi gì.", "Cells of the file are wrong.", told)
    cells = len(judged.steps)
    Workbook.objects.create(
        report=view.row, name=name[:200], file_sha256=sha256, revision=saved.revision, cells=cells, taken_by=actor.code,
        taken_at=now,
    )  # fmt: skip
    body = {"revision": saved.revision, "file": sha256, "cells": cells}
    tell(view.row, facts.WORKBOOK_TAKEN, body, actor=actor, now=now)
    return cells


def _judged(view: queries.ReportView, sha256: str) -> Judged:
    try:
        return judge_workbook(view, sha256)
    except (WrongBook, BadSheet) as wrong:
        raise NotTaken(wrong.vi, wrong.en) from wrong
