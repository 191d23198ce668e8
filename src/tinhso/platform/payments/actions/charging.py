"""Charges of a case: assessed from its fees, entered once another office has written, waived, cancelled."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import SystemRandom
from typing import Any

from django.db import transaction

from tinhso.kernel.fees import DUE, FREE, Charge, say_relief
from tinhso.kernel.flow import Relief
from tinhso.platform.cases.queries import CaseView, get_case
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.payments import facts, models, queries
from tinhso.platform.payments.actions.settling import lock_bill, settle
from tinhso.platform.payments.rules import OPEN, new_reference
from tinhso.platform.payments.rules.standing import CANCELLED, UNASSESSED, WAIVED
from tinhso.platform.people.rules import Actor

MOST_DONG = 10**12


class CannotCharge(Exception):
    """The charge cannot be changed so; `vi` and `en` say why."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


def load_tariff(*, body: Mapping[str, Any], accounts: Iterable[Mapping[str, str]], now: datetime) -> None:  # noqa: ARG001 - no history
    """Make what packs add to fees, and the accounts that receive, those of the packs. Safe to repeat."""
    with transaction.atomic():
        models.Tariff.objects.all().delete()
        models.Tariff.objects.create(body=body)
        rows = [models.Account(**row) for row in accounts]
        models.Account.objects.exclude(unit_key__in=[row.unit_key for row in rows]).delete()
        fields = ["bank_bin", "bank_name", "number", "holder"]
        models.Account.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["unit_key"], update_fields=fields
        )
    queries.forget_tariff()


def assess_charges(*, case_id: str, moment: str, occasion: str, actor: Actor, now: datetime) -> int:
    """
    Write down what a case owes by its fees; asked again for the same occasion, nothing changes.

    :param moment: which fees: "filing" or "step"
    :param occasion: what is the same when the same thing is told again: "filing", or the fact that asked
    :returns: how many charges are new
    """
    case = get_case(case_id)
    charges = queries.charges_of(case, moment=moment)
    if not charges:
        return 0
    with transaction.atomic():
        bill = _bill_of(case, now)
        rows = [row for charge in charges if (row := _new_charge(bill, charge, occasion, actor, now))]
        if rows:
            body = {"occasion": occasion, "charges": [[row.fee_code, row.amount_dong, row.state] for row in rows]}
            record_fact(kind=facts.CHARGED, subject=case_id, unit_key=bill.unit_key, body=body, actor=actor, now=now)
            settle(bill=bill, actor=actor, now=now)
    return len(rows)


def _bill_of(case: CaseView, now: datetime) -> models.Bill:
    """The case's bill, made where there is none, locked."""
    row, _is_new = models.Bill.objects.get_or_create(
        case_id=case.public_id,
        defaults={
            "reference": new_reference(SystemRandom()),
            "procedure_code": case.procedure.code,
            "unit_key": case.unit_key,
            "payer_code": case.applicant_code,
            "payer_name": case.applicant_name,
            "language": case.language,
            "opened_at": now,
        },
    )
    return lock_bill(pk=row.pk)


def _new_charge(
    bill: models.Bill, charge: Charge, occasion: str, actor: Actor, now: datetime
) -> models.Obligation | None:
    """The row of a charge, or None where it is there already, or nothing was ever to be paid."""
    if charge.state == FREE and charge.relief is None:
        return None
    fee = charge.fee
    is_assessed = charge.state in {DUE, FREE}
    row, is_new = models.Obligation.objects.get_or_create(
        bill=bill,
        fee_code=fee.code,
        occasion=occasion,
        defaults={
            "kind": fee.kind, "name_vi": fee.name.vi, "name_en": fee.name.in_language("en"), "full_dong": charge.full_dong,
            "amount_dong": charge.amount_dong, "is_assessed": is_assessed, "state": "due" if is_assessed else UNASSESSED,
            "lines": [[line.words.vi, line.words.en, line.amount_dong] for line in charge.lines],
            "exemptions": [_relief_words(each) for each in fee.exemptions], "source": fee.source[:1000],
            "relief": charge.relief.code if charge.relief else "", "ended": WAIVED if charge.state == FREE else "",
            "created_at": now, "changed_at": now, "changed_by": actor.code,
        },
    )  # fmt: skip
    return row if is_new else None


def _relief_words(relief: Relief) -> dict[str, Any]:
    return {
        "code": relief.code,
        "percent": relief.percent,
        "vi": say_relief(relief, "vi"),
        "en": say_relief(relief, "en"),
    }


@transaction.atomic
def enter_amount(*, charge_id: int, amount_dong: int, reason: str, actor: Actor, now: datetime) -> None:
    """
    Say what a charge comes to that another office has assessed; `reason` names its notice.

    :raises CannotCharge: it is assessed already, or the amount is none
    """
    bill, row = _lock_charge(charge_id)
    if row.is_assessed or row.ended:
        raise CannotCharge("Khoản này đã có số tiền.", "This charge has its amount already.")
    if not 0 < amount_dong <= MOST_DONG:
        raise CannotCharge("Số tiền phải lớn hơn 0.", "The amount must be above nought.")
    row.is_assessed, row.amount_dong, row.full_dong, row.reason = True, amount_dong, amount_dong, reason[:500]
    row.changed_at, row.changed_by = now, actor.code
    row.save()
    body = {"occasion": row.occasion, "charges": [[row.fee_code, amount_dong, "due"]]}
    record_fact(kind=facts.CHARGED, subject=bill.case_id, unit_key=bill.unit_key, body=body, actor=actor, now=now)
    settle(bill=bill, actor=actor, now=now)


@transaction.atomic
def waive(*, charge_id: int, relief: str, reason: str, actor: Actor, now: datetime) -> None:
    """
    Let the applicant off a charge, wholly or by the share of the class; an officer answers for it with a reason.

    :param relief: the code of one of the charge's exemptions
    :raises CannotCharge: the class is not one of the charge's, no reason is given, or something is paid already
    """
    bill, row = _lock_charge(charge_id)
    known = {each["code"]: each for each in row.exemptions}
    if relief not in known:
        raise CannotCharge("Hãy chọn diện được miễn, giảm.", "Choose why it is waived.")
    if not reason.strip():
        raise CannotCharge("Hãy ghi căn cứ miễn, giảm.", "Write down what it is waived on.")
    if row.ended or row.paid_dong or row.relief:
        raise CannotCharge(
            "Khoản này đã nộp hoặc đã miễn, giảm; dùng hoàn tiền.", "It is paid or waived already; use a refund."
        )
    left_dong = row.amount_dong * (100 - known[relief]["percent"]) // 100 if row.is_assessed else 0
    row.relief, row.reason, row.changed_at, row.changed_by = relief, reason[:500], now, actor.code
    if left_dong:
        row.lines = [*row.lines, [known[relief]["vi"], known[relief]["en"], left_dong]]
        row.amount_dong = left_dong
    else:
        row.ended = WAIVED
    row.save()
    body = {"charge": row.fee_code, "class": relief, "full_dong": row.full_dong, "left_dong": left_dong}
    record_fact(kind=facts.WAIVED, subject=bill.case_id, unit_key=bill.unit_key, body=body, actor=actor, now=now)
    settle(bill=bill, actor=actor, now=now)


@transaction.atomic
def cancel_open_charges(*, case_id: str, actor: Actor, now: datetime) -> int:
    """End the charges of a case that are still open, as it was not taken in, withdrawn or stopped; how many."""
    if not models.Bill.objects.filter(case_id=case_id).exists():
        return 0
    bill = lock_bill(case_id=case_id)
    rows = list(bill.obligations.filter(ended="", state__in=OPEN))
    for row in rows:
        row.ended, row.changed_at, row.changed_by = CANCELLED, now, actor.code
        row.save(update_fields=["ended", "changed_at", "changed_by"])
    if rows:
        body = {"charges": [row.fee_code for row in rows]}
        record_fact(kind=facts.CANCELLED, subject=case_id, unit_key=bill.unit_key, body=body, actor=actor, now=now)
        settle(bill=bill, actor=actor, now=now)
    return len(rows)


def _lock_charge(charge_id: int) -> tuple[models.Bill, models.Obligation]:
    bill = lock_bill(pk=models.Obligation.objects.values_list("bill_id", flat=True).get(pk=charge_id))
    return bill, models.Obligation.objects.get(pk=charge_id)
