"""Papers and results of a case; texts of procedures."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from tinhso.kernel.flow import Procedure
from tinhso.platform.cases import models, queries
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor


@transaction.atomic
def add_papers(*, public_id: str, papers: Iterable[Mapping[str, Any]], actor: Actor, now: datetime) -> int:
    """
    Add files to a case; a paper of the same code is replaced, the old file stays in the history.

    :param papers: each with code, file_sha256, name, media_type, size
    :returns: how many were added
    """
    case = models.Case.objects.select_for_update().get(public_id=public_id)
    rows = [models.Paper(case=case, added_at=now, added_by=actor.code, **paper) for paper in papers]
    codes = {row.code for row in rows}
    models.Paper.objects.filter(case=case, code__in=codes, removed_at=None).update(removed_at=now)
    models.Paper.objects.bulk_create(rows)
    body = {"papers": [[row.code, row.file_sha256] for row in rows]}
    record_fact(
        kind=f"cases.{case.kind}.papers_added",
        subject=public_id,
        unit_key=case.unit_key,
        body=body,
        actor=actor,
        now=now,
    )
    return len(rows)


def attach_result(*, public_id: str, result: Mapping[str, Any], actor: Actor, now: datetime) -> models.Result:
    """
    Attach a signed result, replacing an earlier one; part of the caller's transaction.

    :param result: code, name, number, file_sha256, signer_name; signed_by and signed_at when not by the actor, now
    """
    case = models.Case.objects.get(public_id=public_id)
    models.Result.objects.filter(case=case, replaced_at=None).update(replaced_at=now)
    row = models.Result.objects.create(case=case, **({"signed_by": actor.code, "signed_at": now} | {**result}))
    body = {"number": row.number, "file_sha256": row.file_sha256, "result": row.code}
    record_fact(
        kind=f"cases.{case.kind}.result_attached",
        subject=public_id,
        unit_key=case.unit_key,
        body=body,
        actor=actor,
        now=now,
    )
    return row


def mark_delivered(*, public_id: str, now: datetime) -> int:
    """Note that the result in force reached the applicant, once."""
    return models.Result.objects.filter(case__public_id=public_id, replaced_at=None, delivered_at=None).update(
        delivered_at=now
    )


def load_procedures(*, tables: Iterable[tuple[Procedure, Mapping[str, Any]]], now: datetime) -> int:
    """
    Keep the texts of procedures (parsed, and as read from the pack), so that each case stays pinned to its own.

    :returns: how many texts are new or changed
    """
    changed = 0
    for procedure, table in tables:
        body = json.loads(json.dumps(table, default=str))
        digest = sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        row = models.ProcedureVersion.objects.filter(code=procedure.code, version=procedure.version).first()
        if row and row.sha256 == digest:
            continue
        models.ProcedureVersion.objects.update_or_create(
            code=procedure.code, version=procedure.version, defaults={"body": body, "sha256": digest, "loaded_at": now}
        )
        changed += 1
    queries.forget_procedures()
    return changed
