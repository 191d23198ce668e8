"""Rows of figures as drafts make them, and the facts that tell of them."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from tinhso.modules.insight.plans.models import Figure
from tinhso.modules.insight.plans.rules.drafts import Draft, Refused, Trouble
from tinhso.modules.insight.plans.rules.numbers import Quantity, plain
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

LONGEST_SUBJECT, HASH_SIGNS = 64, 16


def new_id() -> str:
    """A public id that nobody can guess."""
    return uuid4().hex


def row_of(draft: Draft, origin: str, actor_code: str, now: datetime) -> Figure:
    """The row that a draft becomes, not yet kept."""
    texts = ("source_key", "source_title", "publisher", "source_address", "method", "announced_on", "note")
    return Figure(
        public_id=new_id(),
        measure=draft.measure,
        unit_key=draft.unit_key,
        level=draft.level,
        period=draft.period.code,
        as_of_on=draft.period.last,
        comparator=draft.quantity.comparator,
        low=draft.quantity.low,
        high=draft.quantity.high,
        is_public=draft.is_public,
        evidence_sha256=draft.evidence_sha256,
        origin=origin,
        entered_by=actor_code,
        entered_at=now,
        **{name: getattr(draft, name) for name in texts},
    )


def tell(kind: str, figure: Figure, *, actor: Actor, now: datetime, **more: Any) -> None:
    """Write the fact about one figure into the ledger, in the chain of its measure and unit."""
    told: Mapping[str, Any] = {
        "figure": figure.public_id,
        "measure": figure.measure,
        "level": figure.level,
        "period": figure.period,
        "comparator": figure.comparator,
        "low": plain(figure.low),
        "high": plain(figure.high) if figure.high is not None else None,
        "announced_on": figure.announced_on.isoformat() if figure.announced_on else None,
        "origin": figure.origin,
        **more,
    }
    subject = subject_of(figure.measure, figure.unit_key)
    record_fact(kind=kind, subject=subject, unit_key=figure.unit_key, body=told, actor=actor, now=now)


def subject_of(*names: str) -> str:
    """
    The subject under which everything about a measure of a unit, a target or an import is chained.

    One too long for the ledger is cut, and told from others by a hash; the fact's body has it whole.
    """
    whole = ":".join(("plans", *names))
    if len(whole) <= LONGEST_SUBJECT:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:HASH_SIGNS]
    return f"{whole[: LONGEST_SUBJECT - HASH_SIGNS - 1]}~{digest}"


def refuse(field: str, vi: str, en: str) -> Refused:
    """One trouble as a refusal."""
    return Refused([Trouble(field, vi, en)])


def quantity_of(row: Figure) -> Quantity:
    """The number of a row."""
    return Quantity(row.comparator, row.low, row.high)
