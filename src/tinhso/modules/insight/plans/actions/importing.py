"""Take a workbook of figures: tried first, kept whole or not at all, and undone as a whole."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tinhso.modules.insight.plans import facts, queries
from tinhso.modules.insight.plans.actions.entering import known_for, read_reason, withdraw
from tinhso.modules.insight.plans.actions.writing import new_id, row_of, subject_of, tell
from tinhso.modules.insight.plans.models import Figure, Import
from tinhso.modules.insight.plans.rules.drafts import Refused, Trouble
from tinhso.modules.insight.plans.rules.powers import is_typist
from tinhso.modules.insight.plans.rules.sheets import BadSheet, Judged
from tinhso.platform.files.actions import store_file
from tinhso.platform.files.rules import MEGABYTE, XLSX, Limits, Refusal
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor, NotAllowed

WORKBOOKS = Limits(max_bytes=2 * MEGABYTE, max_files=1, media_types=frozenset({XLSX}))
TYPISTS_ONLY = "Chỉ người nhập số liệu, lãnh đạo và quản trị được nhập tệp."


class WrongState(Exception):
    """The import is not where this can be done: kept already, undone, put away, or of somebody else."""

    vi = "Lần nhập này không còn ở bước đó."
    en = "This import is no longer at that step."


@transaction.atomic
def try_import(*, content: bytes, name: str, actor: Actor, now: datetime) -> str:
    """
    Keep a workbook to be looked at row by row; no figure is kept yet.

    :returns: the import's public id
    :raises Refused: it is no workbook of figures, in words
    :raises NotAllowed: the actor types no figures anywhere
    """
    if not is_typist(actor):
        raise NotAllowed(TYPISTS_ONLY)
    try:
        stored = store_file(content=content, name=name, actor=actor, now=now, limits=WORKBOOKS)
        rows = queries.read_sheet(content)
    except Refusal as refused:
        raise Refused([Trouble("file", refused.vi, refused.en)]) from refused
    except BadSheet as bad:
        raise Refused([Trouble("file", bad.vi, bad.en)]) from bad
    made = Import.objects.create(
        public_id=new_id(),
        name=name[:200],
        file_sha256=stored.sha256,
        rows=len(rows),
        tried_by=actor.code,
        tried_at=now,
    )
    return made.public_id


@transaction.atomic
def finish_import(*, public_id: str, actor: Actor, now: datetime) -> int:
    """
    Keep every row of a workbook that was tried; how many figures are new.

    It is judged anew: what others entered meanwhile counts.
    :raises Refused: a row is wrong (with every trouble by cell); then nothing is kept
    :raises WrongState: it was kept or undone before, or is not the actor's own
    """
    batch = _locked(public_id, Import.TRIED)
    if batch.tried_by != actor.code:
        raise WrongState
    judged = queries.judge_import(batch.file_sha256, known_for(actor=actor, now=now))
    if troubles := _troubles(judged):
        raise Refused(troubles)
    rows = [
        row_of(each.draft, Figure.IMPORT, actor.code, now) for each in judged if each.draft and each.outcome != "same"
    ]
    for row in rows:
        row.batch = batch
    Figure.objects.bulk_create(rows)
    for row in rows:
        tell(facts.FIGURE_ENTERED, row, actor=actor, now=now, batch=public_id)
    batch.state, batch.kept, batch.done_by, batch.done_at = Import.DONE, len(rows), actor.code, now
    batch.save(update_fields=["state", "kept", "done_by", "done_at"])
    _tell(facts.IMPORT_FINISHED, batch, actor=actor, now=now)
    return len(rows)


@transaction.atomic
def undo_import(*, public_id: str, reason: str, actor: Actor, now: datetime) -> int:
    """
    Take back every figure of an import that still counts; how many.

    :raises Refused: no reason is given
    :raises WrongState: it was never kept, or undone before
    :raises NotAllowed: somebody else's import, and the actor types no figures of its units
    """
    batch = _locked(public_id, Import.DONE)
    words = read_reason(reason)
    known = known_for(actor=actor, now=now)
    rows = list(Figure.objects.select_for_update().filter(batch=batch, withdrawn_at=None))
    units = {row.unit_key for row in rows}
    found = [known.find_unit(key, known.today) for key in units]
    if not is_typist(actor) or not all(unit and known.may_type(unit) for unit in found):
        raise NotAllowed(TYPISTS_ONLY)
    for row in rows:
        withdraw(row, words, actor=actor, now=now)
    batch.state, batch.undone_by, batch.undone_at, batch.undo_reason = Import.UNDONE, actor.code, now, words
    batch.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
    _tell(facts.IMPORT_UNDONE, batch, actor=actor, now=now)
    return len(rows)


@transaction.atomic
def discard_import(*, public_id: str, actor: Actor, now: datetime) -> None:  # noqa: ARG001 - as actions are called
    """Put a tried workbook away. :raises WrongState: it was kept, or is not the actor's own"""
    batch = _locked(public_id, Import.TRIED)
    if batch.tried_by != actor.code:
        raise WrongState
    batch.delete()


def _locked(public_id: str, state: str) -> Import:
    batch = Import.objects.select_for_update().filter(public_id=public_id).first()
    if batch is None or batch.state != state:
        raise WrongState
    return batch


def _troubles(judged: Sequence[Judged]) -> list[Trouble]:
    return [Trouble(cell, each.vi, each.en) for row in judged for cell, each in row.places()]


def _tell(kind: str, batch: Import, *, actor: Actor, now: datetime) -> None:
    body = {"import": batch.public_id, "file": batch.file_sha256, "rows": batch.rows, "kept": batch.kept}
    unit_key = next((post.unit_key for post in actor.posts), "")
    record_fact(
        kind=kind, subject=subject_of("import", batch.public_id), unit_key=unit_key, body=body, actor=actor, now=now
    )
