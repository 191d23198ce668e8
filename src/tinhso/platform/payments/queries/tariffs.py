"""What procedures cost here: their own rules with what the province and resolutions add; who receives the money."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from tinhso.kernel.fees import Charge, Occasion, apply_tariff, assess
from tinhso.kernel.flow import Fee, Procedure, Tariff
from tinhso.kernel.flow.fee_reading import read_tariff
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.payments import models
from tinhso.platform.payments.rules import Payee
from tinhso.platform.people.queries import find_person
from tinhso.platform.units import queries as units


class NoAccount(Exception):
    """No bank account receives for that unit or one above it."""


def get_tariff() -> Tariff:
    """What the packs add to the fees of procedures."""
    units.notice_new_packs()
    return _tariff()


@lru_cache(maxsize=1)
def _tariff() -> Tariff:
    row = models.Tariff.objects.first()
    tariff, _ = read_tariff(row.body if row else {})
    return tariff


@units.forget_when_packs_change
def forget_tariff() -> None:
    """Read the tariff anew; called after loading packs."""
    _tariff.cache_clear()


def fees_of(procedure: Procedure) -> tuple[Fee, ...]:
    """The fees of a procedure as they are here."""
    return apply_tariff(procedure.code, procedure.fees, get_tariff()) if procedure.fees else ()


def charges_of(case: CaseView, *, moment: str, granted: Iterable[str] = ()) -> tuple[Charge, ...]:
    """What that case owes by its answers, of the fees asked at that moment ("filing" or "step")."""
    fees = [fee for fee in fees_of(case.procedure) if fee.moment == moment]
    if not fees:
        return ()
    on: date = case.filed_at.astimezone(VIETNAM).date()
    return assess(fees, Occasion(_known(case), case.channel, on, tuple(granted)))


def quote(
    procedure: Procedure, answers: Mapping[str, Any], *, applicant_code: str, on: date, channel: str = "online"
) -> tuple[Charge, ...]:
    """What a filing with these answers would owe at once, before it is sent."""
    fees = [fee for fee in fees_of(procedure) if fee.moment == "filing"]
    known = {**answers, "applicant_level": _level_of(applicant_code)}
    return assess(fees, Occasion(known, channel, on)) if fees else ()


def _known(case: CaseView) -> dict[str, object]:
    return {**case.data, "applicant_level": _level_of(case.applicant_code)}


def _level_of(code: str) -> int:
    person = find_person(code) if code else None
    return person.identity_level if person else 0


def find_account(unit_key: str) -> models.Account | None:
    """The account that receives for a unit: its own, or that of the nearest unit above."""
    keys = [unit_key, *(unit.key for unit in units.list_ancestors(unit_key))]
    found = {row.unit_key: row for row in models.Account.objects.filter(unit_key__in=keys)}
    return next((found[key] for key in keys if key in found), None)


def payee_of(unit_key: str) -> Payee:
    """
    The same account as a QR code names it.

    :raises NoAccount: there is none
    """
    account = find_account(unit_key)
    if account is None:
        raise NoAccount(unit_key)
    return Payee(account.bank_bin, account.number, account.holder)


def unit_of_account(number: str) -> str:
    """The unit whose account that is; "" when it is none of ours."""
    found: str | None = models.Account.objects.filter(number=number).values_list("unit_key", flat=True).first()
    return found or ""


def account_for(reference: str) -> str:
    """The number of the account that a payment with that reference should come to; "" where none is known."""
    unit_key = models.Bill.objects.filter(reference=reference).values_list("unit_key", flat=True).first()
    account = find_account(unit_key) if unit_key else models.Account.objects.order_by("id").first()
    return account.number if account else ""
