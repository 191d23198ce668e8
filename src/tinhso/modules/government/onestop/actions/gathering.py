"""Gathering what is held for one filing: here, and at registers outside for what the answers so far call for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinhso.kernel.flow import Procedure
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.queries.filing import taken_from
from tinhso.modules.government.onestop.queries.holding import gather, known_of, with_looked
from tinhso.modules.government.onestop.rules.filing import held_about
from tinhso.modules.government.onestop.rules.holding import HELD, Holdings, due_at_registers
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.people.queries import PersonRow
from tinhso.platform.people.rules import Actor
from tinhso.platform.registers.actions import Purpose, ask_registers
from tinhso.platform.registers.rules import plan

NOTHING: Mapping[str, Any] = {}


def gather_all(
    *,
    procedure: Procedure,
    form: Form,
    person: PersonRow | None,
    answers: Mapping[str, Any] = NOTHING,
    actor: Actor,
    now: datetime,
) -> Holdings:
    """What is held for a filing that begins. Call it outside of a transaction: registers are waited for."""
    here = gather(form, person, now.astimezone(VIETNAM).date())
    return ask_further(
        holdings=here, procedure=procedure, form=form, person=person, answers=answers, actor=actor, now=now
    )


def begin_answers(
    *, procedure: Procedure, form: Form, person: PersonRow | None, actor: Actor, now: datetime
) -> dict[str, Any]:
    """The answers a new draft begins with: what is held, taken over, and kept beside it. Outside of a transaction."""
    holdings = gather_all(procedure=procedure, form=form, person=person, actor=actor, now=now)
    taken = taken_from(holdings, form, NOTHING, now.astimezone(VIETNAM).date())
    return {**taken.answers, HELD: holdings.as_json()}


def ask_further(
    *,
    holdings: Holdings,
    procedure: Procedure,
    form: Form,
    person: PersonRow | None,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Holdings:
    """
    The holdings with what the answers newly call for at registers; the same when there is nothing new.

    Each thing is asked for once in a filing, also where the register was away: see `asked_again`.
    """
    if person is None:
        return holdings
    due = due_at_registers(form, procedure.fees, answers, held_about(known_of(person)).values) - holdings.asked
    if not due:
        return holdings
    purpose = Purpose(person.code, person.personal_number or "", procedure.code, procedure.name.vi)
    told = ask_registers(purpose=purpose, wanted=due, actor=actor, now=now)
    return with_looked(holdings, told.looked, told.away, due)


def asked_again(holdings: Holdings) -> Holdings:
    """The holdings as if those registers that were away had not been asked."""
    missed = frozenset(path for code, paths in plan(holdings.asked).items() if code in holdings.away for path in paths)
    return Holdings(holdings.entries, (), holdings.asked - missed, holdings.marks)
