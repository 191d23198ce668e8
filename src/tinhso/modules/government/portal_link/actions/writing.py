"""Writing down what the portal must hear: one message or two for each fact of a dossier, in the order of the facts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.models import Dossier, Message
from tinhso.modules.government.portal_link.queries.telling import Told, due_after
from tinhso.modules.government.portal_link.rules.states import WHOLE, calls_for
from tinhso.platform.cases.queries import CaseView, get_case
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.ledger.queries import list_facts

OURS = "cases.dossier."
CODE_ISSUED = "issue_code"


@transaction.atomic
def write_messages(*, public_id: str, now: datetime) -> int:
    """
    Write a message for every fact of the dossier that has none yet; asked twice nothing is written twice.

    A dossier filed at the portal is told from its filing on, any other from the moment it has its code. What a reaction
    failed to write is written with the next fact.

    :returns: how many messages were written
    """
    case = get_case(public_id)
    facts = [fact for fact in list_facts(public_id) if fact.kind.startswith(OURS)]
    dossier = _hold_dossier(case, facts, now)
    if dossier is None:
        return 0
    told = Told(case, dossier.portal_code, facts)
    before = dossier.last_sequence
    for fact in facts:
        if fact.sequence > dossier.told_sequence:
            _write_fact(dossier, told, fact, now)
            dossier.told_sequence, dossier.changed_at = fact.sequence, fact.happened_at
    if dossier.last_sequence > before:
        make_due(dossier, now)
    dossier.save()
    return dossier.last_sequence - before


def link_dossier(*, case: CaseView, portal_code: str, is_from_portal: bool, now: datetime) -> Dossier:
    """Keep under which code the portal knows a dossier; it never changes."""
    known = {
        "portal_code": portal_code,
        "is_from_portal": is_from_portal,
        "unit_key": case.unit_key,
        "procedure_code": case.procedure.code,
        "changed_at": now,
    }
    return Dossier.objects.get_or_create(case_public_id=case.public_id, defaults=known)[0]


def make_due(dossier: Dossier, now: datetime) -> None:
    """Let the dossier's first message be sent, unless a sender holds it or its first message is stuck; not saved."""
    if dossier.next_try_at is None and not dossier.message_set.filter(state=Message.STUCK).exists():
        dossier.next_try_at = now


def append_message(
    *, dossier: Dossier, call: str, content: Mapping[str, Any], fact_kind: str = "", now: datetime
) -> Message:
    """Put a message behind all others of its dossier; the dossier is locked by the caller, and saved by it."""
    dossier.last_sequence += 1
    return Message.objects.create(
        dossier=dossier,
        sequence=dossier.last_sequence,
        call=call,
        content=content,
        fact_kind=fact_kind,
        written_at=now,
    )


def _hold_dossier(case: CaseView, facts: list[Fact], now: datetime) -> Dossier | None:
    """The dossier's row, locked; made when it is first heard of; None while the portal need not hear of it."""
    held = Dossier.objects.select_for_update().filter(case_public_id=case.public_id).first()
    if held or not case.code:
        return held
    link_dossier(case=case, portal_code=case.code, is_from_portal=False, now=now)
    held = Dossier.objects.select_for_update().get(case_public_id=case.public_id)
    first = next((fact.sequence for fact in facts if CODE_ISSUED in fact.body.get("effects", ())), 1)
    held.told_sequence = max(held.told_sequence, first - 1)
    return held


def _write_fact(dossier: Dossier, told: Told, fact: Fact, now: datetime) -> None:
    before = dossier.states[-1] if dossier.states else None
    code = told.state_after(fact)
    state = (told.case.procedure.state(code).national if code else None) or before
    if state is None:
        return
    due = due_after(fact, dossier.due_at)
    is_first, moves = dossier.last_sequence == 0, state != before
    codec = find_exchange().codec
    for call in calls_for(fact.kind, is_first=is_first, moves=moves, due_changes=due != dossier.due_at):
        record = told.whole(fact, state, due) if call == WHOLE else told.progress(fact, state, due)
        append_message(dossier=dossier, call=call, content=codec.to_wire(record), fact_kind=fact.kind, now=now)
    dossier.due_at = due
    if moves:
        dossier.states = [*dossier.states, state]
