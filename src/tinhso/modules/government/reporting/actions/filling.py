"""Filling a report: cells as they are typed, imported or sent, and what the records say anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tinhso.modules.government.reporting import facts, queries
from tinhso.modules.government.reporting.actions.writing import begin, each_alone, locked, must_fill, tell
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.rules.filling import (
    EMPTY,
    TYPED,
    Content,
    Sent,
    Trouble,
    derive,
    take_up,
    write_content,
)
from tinhso.modules.government.reporting.rules.states import ASSIGNED
from tinhso.platform.people.rules import SYSTEM, Actor

LOOKED_BACK: Final = timedelta(days=31)


class Outdated(Exception):
    """Somebody else has saved the report since; nothing was kept, `revision` is the one there is now."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self.vi = "Người khác vừa lưu báo cáo này. Những gì bạn nhập còn ở đây: xem lại rồi lưu lần nữa."
        self.en = (
            "Somebody else has just saved this report. What you typed is still here: look again and save once more."
        )
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of cells that were sent: the report's revision now, and the cells that could not be kept."""

    revision: int
    troubles: tuple[Trouble, ...] = ()


@transaction.atomic
def save_cells(
    *,
    public_id: str,
    sent: Sequence[Sent],
    revision: int,
    provenance: str = TYPED,
    whole: bool = False,
    actor: Actor,
    now: datetime,
) -> Saved:
    """
    Keep the cells that were sent; those that cannot be kept are told and the others kept all the same.

    :param revision: that of the report as the sender saw it
    :param whole: keep everything or nothing, as for a workbook
    :raises Outdated: the report has another revision by now; nothing was kept
    :raises Forbidden, NotOpen, NoReport, NotYours: it cannot be filled in now, or not by this actor
    """
    view = locked(public_id, actor)
    must_fill(view)
    if revision != view.row.revision:
        raise Outdated(view.row.revision)
    content, troubles = take_up(view.template, view.content, sent, provenance=provenance, level=view.level)
    if whole and troubles:
        return Saved(view.row.revision, tuple(troubles))
    if content != view.content:
        body = {"cells": [one.key for one in sent if content.get(one.key) != view.content.get(one.key)]}
        _keep(view, write_content(content), {**body, "provenance": provenance}, actor, now)
    return Saved(view.row.revision, tuple(troubles))


@transaction.atomic
def refresh_cells(*, public_id: str, actor: Actor, now: datetime) -> Saved:
    """
    Take what the records say now into the cells that fill themselves; what was typed instead stays.

    :raises Forbidden, NotOpen, NoReport, NotYours: as above
    """
    view = locked(public_id, actor)
    must_fill(view)
    found = {} if view.row.is_summed else queries.derive_cells(view.row, view.regime, now)
    content = derive(view.content, found)
    if changed := _changed(view, content):
        _keep(view, write_content(content), {"cells": changed, "provenance": "derived"}, actor, now)
    return Saved(view.row.revision)


def refresh_untouched(*, now: datetime) -> int:
    """
    Take what the records say now into the reports that nobody has begun: until then they grow with the period.

    What was due more than a month ago is left as it is; whoever takes it up asks the records anew.

    :returns: how many changed
    """

    def refresh(public_id: str) -> int:
        return _refresh(public_id, now)

    return each_alone(refresh, queries.list_untouched(now - LOOKED_BACK))


def _refresh(public_id: str, now: datetime) -> int:
    """Refresh one report, unless somebody took it up meanwhile; 1 where it changed."""
    view = queries.read_report(public_id, lock=True)
    row = view.row
    if row.state != ASSIGNED:
        return 0
    content = derive(view.content, queries.derive_cells(row, view.regime, now))
    changed = _changed(view, content)
    if not changed:
        return 0
    row.content, row.revision, row.changed_at = write_content(content), row.revision + 1, now
    row.save(update_fields=["content", "revision", "changed_at"])
    body = {"revision": row.revision, "cells": changed, "provenance": "derived"}
    tell(row, facts.CELLS_SAVED, body, actor=SYSTEM, now=now)
    return 1


def _changed(view: ReportView, content: Content) -> list[str]:
    """The cells of which the records say something else than they did."""
    return [key for key in content if content[key].derived != view.content.get(key, EMPTY).derived]


def _keep(view: ReportView, content: dict[str, object], body: dict[str, object], actor: Actor, now: datetime) -> None:
    begin(view, actor=actor, now=now)
    row = view.row
    row.content, row.revision, row.changed_at = content, row.revision + 1, now
    row.save(update_fields=["content", "revision", "state", "changed_at"])
    tell(row, facts.CELLS_SAVED, {"revision": row.revision, **body}, actor=actor, now=now)
