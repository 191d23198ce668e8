"""Opening cases: a filing by a person, or the sub-cases that a state of another case asks for."""

import random
import secrets
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, connection, transaction

from tinhso.kernel.flow import NotAllowed, Procedure, State, holds
from tinhso.kernel.identifiers import new_tracking_id
from tinhso.platform.cases import models, queries, rules
from tinhso.platform.cases.actions.moving import surroundings
from tinhso.platform.cases.actions.statements import open_statement
from tinhso.platform.ledger.facts import reactions_to
from tinhso.platform.ledger.rules import canonical, content_digest
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.prepared import run

RANDOM = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Filing:
    """What is filed: for which procedure, at which unit, by whom, with what."""

    procedure: Procedure
    unit_key: str
    applicant_code: str = ""
    applicant_name: str = ""
    title: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    papers: Sequence[Mapping[str, Any]] = ()  # code, file_sha256, name, media_type, size
    channel: str = "online"
    language: str = "vi"
    helper_code: str = ""
    parent_id: int | None = None
    measures: Mapping[str, Any] = field(default_factory=dict)  # counts and codes that the fact of filing carries
    due_at: datetime | None = None  # a moment that somebody else set, where the procedure has no deadline of its own

    def content(self) -> dict[str, Any]:
        """What the proof of filing speaks of: the data and the hashes of the papers, in order."""
        return {"data": dict(self.data), "papers": [[paper["code"], paper["file_sha256"]] for paper in self.papers]}


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened; `repeated` when the same request had opened it before."""

    public_id: str
    case_id: int
    repeated: bool = False


class KeyReused(Exception):
    """An idempotency key came again with another content."""

    def __init__(self, public_id: str) -> None:
        self.vi = f"Lần nộp này đã được ghi nhận với nội dung khác, mã {public_id}. Hãy mở hồ sơ đó, hoặc bắt đầu lần nộp mới."
        self.en = f"This request was already recorded with other content as {public_id}. Open that dossier, or start a new filing."
        self.public_id = public_id
        super().__init__(self.vi)


def open_case(*, filing: Filing, actor: Actor, now: datetime, key: str | None = None) -> Opened:
    """
    Open a case in the first state of its procedure and tell the ledger `cases.<kind>.filed`.

    :param key: idempotency key of the actor; the same key and content again finds the first case
    :raises KeyReused: the key came with other content before
    """
    row = _row(filing, actor, now, key)
    try:
        with transaction.atomic() if key and connection.in_atomic_block else nullcontext():
            ((case_id, _fact_id),) = run(*open_statement(_parts_of(row)).with_values(row))
    except IntegrityError:
        earlier = models.Request.objects.filter(actor_code=actor.code, key=key).first() if key else None
        if earlier is None:
            raise
        return _repeated(earlier, row["fingerprint"])
    return Opened(row["public_id"], case_id)


def _parts_of(row: Mapping[str, Any]) -> frozenset[str]:
    """The parts of the statement that the filing needs."""
    needed = {
        "key": row["request_key"] is not None,
        "item": row["holder"] is not None,
        "wait": row["awaited"] is not None,
        "start": row["clock"] == "start",
        "papers": bool(row["papers"]),
    }
    return frozenset(part for part, is_needed in needed.items() if is_needed)


def _repeated(earlier: models.Request, fingerprint: str) -> Opened:
    if earlier.fingerprint != fingerprint:
        raise KeyReused(earlier.case_public_id)
    case_id = models.Case.objects.values_list("id", flat=True).get(public_id=earlier.case_public_id)
    return Opened(earlier.case_public_id, case_id, repeated=True)


def _row(filing: Filing, actor: Actor, now: datetime, key: str | None) -> dict[str, Any]:
    procedure = filing.procedure
    public_id, nonce = new_tracking_id(RANDOM), secrets.token_hex(16)
    around = surroundings(filing.unit_key, now)
    move = rules.Move(case_id=0, revision=0, act="file", state=procedure.start, fact=f"cases.{procedure.kind}.filed")
    standing = rules.new_standing(
        public_id, procedure, filing.unit_key, filing.applicant_code, (filing.channel, filing.data)
    )
    for effect in procedure.opening_effects:
        if change := rules.EFFECTS.get(effect):
            change(move, standing, procedure, around, {})
    if filing.due_at:
        move.due_at = move.due_first_at = filing.due_at
    rules.place(move, procedure, around)
    body = {"procedure": procedure.code, "version": procedure.version.isoformat(), "channel": filing.channel,
            "content_sha256": content_digest(filing.content(), nonce), "papers": len(filing.papers)}  # fmt: skip
    body |= filing.measures
    if filing.helper_code:
        body["helper"] = filing.helper_code
    return {
        "public_id": public_id, "kind": procedure.kind, "procedure_code": procedure.code,
        "procedure_version": procedure.version, "state": procedure.start, "unit_key": filing.unit_key,
        "applicant_code": filing.applicant_code, "applicant_name": filing.applicant_name, "title": filing.title,
        "helper_code": filing.helper_code, "channel": filing.channel, "language": filing.language,
        "data": dict(filing.data), "proof_nonce": nonce, "parent_id": filing.parent_id, "filed_at": now,
        "accepted_at": move.accepted_at, "due_at": move.due_at, "due_first_at": move.due_first_at, "clock": move.clock,
        "clock_reason": move.clock_reason, "holder": move.holder, "item_due_at": move.item_due_at, "awaited": move.awaited,
        "wait_until": move.wait_until, "wait_then": move.wait_then, "papers": [dict(paper) for paper in filing.papers],
        "actor_code": actor.code, "request_key": key or None, "fact": move.fact, "body": canonical(body),
        "fingerprint": _fingerprint(filing) if key else "",
        "deliver": bool(reactions_to(move.fact)),
    }  # fmt: skip


def _fingerprint(filing: Filing) -> str:
    """What tells two requests under one key apart."""
    content = [filing.procedure.code, filing.unit_key, filing.content()]
    return sha256(canonical(content).encode()).hexdigest()


def open_sub_cases(*, parent: rules.Standing, state: State, patch: Mapping[str, Any], now: datetime) -> list[Opened]:
    """Open, as the system, the sub-cases that `state` of the parent asks for, each at its unit with its own clock."""
    answers = {**parent.data, **patch}
    opened = []
    for sub_case in state.sub_cases:
        if not holds(sub_case.when, answers):
            continue
        procedure = queries.procedure_on(sub_case.procedure, now.astimezone(rules.VIETNAM).date())
        for unit_key in queries.units_for_sub_case(sub_case, parent.unit_key, answers, now):
            title = queries.get_title(parent.public_id)
            filing = Filing(
                procedure=procedure,
                unit_key=unit_key,
                title=title,
                data=answers,
                channel="internal",
                parent_id=parent.case_id,
            )
            opened.append(open_case(filing=filing, actor=SYSTEM, now=now))
    if not opened:
        raise NotAllowed(
            queries.get_procedure(parent.procedure_code, parent.procedure_version), parent.state, state.code, ()
        )
    return opened
