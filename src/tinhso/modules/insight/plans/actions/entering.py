"""Keep a figure that somebody typed or a machine sent, and take one back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tinhso.modules.insight.plans import facts, queries
from tinhso.modules.insight.plans.actions.writing import refuse, row_of, tell
from tinhso.modules.insight.plans.models import Figure, Repeat
from tinhso.modules.insight.plans.rules.courses import Stated
from tinhso.modules.insight.plans.rules.drafts import Draft, Known, Refused, Sent, Trouble, read_draft
from tinhso.modules.insight.plans.rules.powers import may_type
from tinhso.platform.people.rules import Actor, NotAllowed, day_of

LONGEST_REASON = 300


class KeyReused(Exception):
    """The same `Idempotency-Key` came with other content."""

    vi = "Khóa Idempotency-Key này đã dùng cho nội dung khác."
    en = "This Idempotency-Key was used for other content."


def known_for(*, actor: Actor, now: datetime) -> Known:
    """What drafts of this actor are judged by."""
    today = day_of(now)

    def may(unit: object) -> bool:
        return may_type(actor, queries.get_subject(unit.key, today).line)  # type: ignore[attr-defined]

    return Known(queries.get_definitions().measures, queries.find_unit_of_figures, may, today)


def enter_figure(
    *, sent: Mapping[str, Sent], origin: str, key: str = "", actor: Actor, now: datetime
) -> tuple[str, bool]:
    """
    Keep a figure; nothing that was kept before changes. What the same source says again word for word is kept once.

    :param key: an `Idempotency-Key`: the same request again answers with the figure of the first time
    :returns: its public id, and whether it is new
    :raises Refused: with everything that is wrong
    :raises KeyReused: the key came with other content before
    """
    fingerprint = hashlib.sha256(json.dumps(dict(sent), sort_keys=True, default=str).encode()).hexdigest()
    asked = _Asked(sent, origin, key, fingerprint)
    try:
        return _enter(asked, actor, now)
    except IntegrityError:  # the same key at the same moment: the other one came first, and answers
        return _enter(asked, actor, now)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request to keep a figure."""

    sent: Mapping[str, Sent]
    origin: str
    key: str
    fingerprint: str


@transaction.atomic
def _enter(asked: _Asked, actor: Actor, now: datetime) -> tuple[str, bool]:
    if asked.key and (known := _repeated(actor, asked.key, asked.fingerprint)):
        return known, False
    draft = read_draft(asked.sent, known_for(actor=actor, now=now))
    same = find_same(draft)
    row = row_of(draft, asked.origin, actor.code, now)
    if same is None:
        row.save()
        tell(facts.FIGURE_ENTERED, row, actor=actor, now=now)
    else:
        row = Figure.objects.get(public_id=same.public_id)
    if asked.key:
        Repeat.objects.create(actor_code=actor.code, key=asked.key, fingerprint=asked.fingerprint, figure=row, at=now)
    return row.public_id, same is None


def find_same(draft: Draft) -> Stated | None:
    """The last word of the same source about the same, if it says just this."""
    said = queries.list_same(draft.measure, draft.unit_key, draft.level)
    mine = [one for one in said if one.period == draft.period.code and one.source_key == draft.source_key]
    last = max(mine, key=lambda one: one.vintage, default=None)
    same = last and (last.quantity, last.announced_on, last.source_title) == (draft.quantity, draft.announced_on, draft.source_title)  # fmt: skip
    return last if same else None


def _repeated(actor: Actor, key: str, fingerprint: str) -> str:
    found = Repeat.objects.filter(actor_code=actor.code, key=key).select_related("figure").first()
    if found is None:
        return ""
    if found.fingerprint != fingerprint:
        raise KeyReused
    return found.figure.public_id


@transaction.atomic
def withdraw_figure(*, public_id: str, reason: str, actor: Actor, now: datetime) -> None:
    """
    Take a figure back: it no longer counts, and stays to be seen with the reason.

    :raises Refused: there is no such figure, it came with a pack, or no reason is given
    :raises NotAllowed: the actor may not type figures of that unit
    """
    row = Figure.objects.select_for_update().filter(public_id=public_id, withdrawn_at=None).first()
    if row is None:
        raise refuse("figure", "Không có số liệu này, hoặc đã rút.", "There is no such figure, or it was taken back.")
    if row.seed_code:
        raise refuse("figure", "Số này nằm trong gói dữ liệu: hãy sửa gói.", "This figure is a pack's: mend the pack.")
    check_may_type(actor, row.unit_key, day_of(now))
    withdraw(row, read_reason(reason), actor=actor, now=now)


def withdraw(row: Figure, reason: str, *, actor: Actor, now: datetime) -> None:
    """Mark a row withdrawn and tell the ledger."""
    row.withdrawn_by, row.withdrawn_at, row.withdraw_reason = actor.code, now, reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
    tell(facts.FIGURE_WITHDRAWN, row, actor=actor, now=now)


def check_may_type(actor: Actor, unit_key: str, today: date) -> None:
    """Refuse an actor without a post for that unit's figures. :raises NotAllowed: so it is"""
    if not may_type(actor, queries.get_subject(unit_key, today).line):
        raise NotAllowed("Bạn không được nhập hay rút số liệu của đơn vị này.")


def read_reason(text: str) -> str:
    """A reason as it is kept. :raises Refused: it is empty or too long"""
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not said:
        raise Refused([Trouble("reason", "Hãy ghi lý do.", "Give the reason.")])
    if len(said) > LONGEST_REASON:
        raise Refused([Trouble("reason", "Lý do dài quá 300 ký tự.", "The reason is longer than 300 signs.")])
    return said
