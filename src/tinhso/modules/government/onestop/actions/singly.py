"""Many dossiers, each in a transaction of its own: one that fails leaves nothing behind and does not hold up the others."""

from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.modules.government.onestop.adapters import NoTemplate
from tinhso.modules.government.onestop.rules import Outcome, said
from tinhso.platform.cases.actions import ChangedMeanwhile, Moved, NoSuchCase
from tinhso.platform.cases.queries import CaseView, get_cases
from tinhso.platform.signing.rules import CannotSign

REFUSALS: Final = (NotAllowed, Incomplete, NoSuchCase, ChangedMeanwhile, CannotSign, NoTemplate)


def do_singly(
    public_ids: Sequence[str], finish: Callable[[CaseView], Moved], *, refusals: tuple[type[Exception], ...] = ()
) -> list[Outcome]:
    """
    Do that to each of these dossiers; what became of each, in the order asked, a refusal in the reader's language.

    :param refusals: what `finish` may raise besides `REFUSALS` to say that one dossier cannot be done
    """
    found = get_cases(public_ids)
    return [_do_one(each, found.get(each), finish, REFUSALS + refusals) for each in dict.fromkeys(public_ids)]


def _do_one(
    public_id: str,
    case: CaseView | None,
    finish: Callable[[CaseView], Moved],
    refusals: tuple[type[Exception], ...],
) -> Outcome:
    try:
        if case is None:
            raise NoSuchCase(public_id)
        with transaction.atomic():
            moved = finish(case)
    except refusals as refusal:
        return Outcome(public_id, (case.code if case else "") or "", said(refusal))
    return Outcome(public_id, moved.code or "")
