"""A filing under way: begin with what is held, keep page after page, choose the desk, ask registers once more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinhso.kernel.flow import Procedure
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.actions.gathering import ask_further, asked_again, begin_answers
from tinhso.modules.government.onestop.queries import filing as queries
from tinhso.modules.government.onestop.rules.filing import UNIT
from tinhso.modules.government.onestop.rules.holding import HELD, changes_of
from tinhso.platform.forms import actions as drafts
from tinhso.platform.forms.models import Draft
from tinhso.platform.forms.queries import find_open_draft
from tinhso.platform.forms.rules import is_blank
from tinhso.platform.people.queries import find_person
from tinhso.platform.people.rules import Actor


def begin_filing(
    *,
    procedure: Procedure,
    form: Form,
    unit_key: str,
    key: str = "",
    another: bool = False,
    actor: Actor,
    now: datetime,
) -> Draft:
    """
    Begin a draft with what is held of the actor filled in, or go on with the one that is open.

    Call it outside of a transaction: registers outside are waited for.

    :param another: begin a new one beside it; `key` makes asking twice one draft
    :raises TooManyDrafts: 50 are open
    """
    answers: dict[str, Any] = {UNIT: unit_key}
    if another or find_open_draft(procedure.code, actor=actor) is None:
        person = find_person(actor.code)
        answers |= begin_answers(procedure=procedure, form=form, person=person, actor=actor, now=now)
    return drafts.start_draft(
        procedure_code=procedure.code, form=form, answers=answers, idempotency_key=key, another=another, actor=actor, now=now
    )  # fmt: skip


def keep_page(
    *, begun: queries.Begun, page: str, answers: Mapping[str, Any], actor: Actor, now: datetime
) -> queries.Begun:
    """
    Keep a page as it was typed; what becomes known by it (a mother's own data) is filled in where nothing stands, and
    what was taken over from somebody the filer no longer says to be is taken out again.
    """
    draft = drafts.save_draft(public_id=begun.draft.public_id, answers=answers, page=page, actor=actor, now=now)
    after = queries.get_begun(draft.public_id, actor=actor, now=now)
    holdings = ask_further(
        holdings=after.holdings, procedure=after.procedure, form=after.form, person=after.applicant,
        answers=after.known, actor=actor, now=now,
    )  # fmt: skip
    taken = queries.taken_from(holdings, after.form, after.typed.answers, after.today).answers
    changed = changes_of(before=begun.taken.answers, after=taken, known=after.known, stands=after.draft.answers)
    if holdings is not after.holdings:
        changed[HELD] = holdings.as_json()
    if not changed:
        return after
    drafts.save_draft(public_id=draft.public_id, answers=changed, actor=actor, now=now)
    return queries.get_begun(draft.public_id, actor=actor, now=now)


def look_again(*, begun: queries.Begun, actor: Actor, now: datetime) -> queries.Begun:
    """Ask those registers again that were away, when a filing is gone on with; what they hold stands where nothing does."""
    if not begun.holdings.away:
        return begun
    holdings = ask_further(
        holdings=asked_again(begun.holdings), procedure=begun.procedure, form=begun.form, person=begun.applicant,
        answers=begun.known, actor=actor, now=now,
    )  # fmt: skip
    taken = queries.taken_from(holdings, begun.form, begun.typed.answers, begun.today).answers
    new = {code: value for code, value in taken.items() if is_blank(begun.draft.answers.get(code))}
    drafts.save_draft(public_id=begun.draft.public_id, answers={**new, HELD: holdings.as_json()}, actor=actor, now=now)
    return queries.get_begun(begun.draft.public_id, actor=actor, now=now)


def choose_desk(*, draft_id: str, unit_key: str, actor: Actor, now: datetime) -> None:
    """Say which unit is to handle the filing; whether it may is asked again when it is sent."""
    drafts.save_draft(public_id=draft_id, answers={UNIT: unit_key}, actor=actor, now=now)
