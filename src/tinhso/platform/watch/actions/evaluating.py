"""Raising warnings where the rules find cause, telling who can still do something, ending them when the cause is gone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tinhso.kernel.worktime import VIETNAM
from tinhso.platform.cases.queries import CaseView, get_cases
from tinhso.platform.notices.actions import notify
from tinhso.platform.notices.rules import Recipient, Value
from tinhso.platform.people.queries import officers_holding
from tinhso.platform.people.rules import LEADER as LEADERS
from tinhso.platform.people.rules import SYSTEM
from tinhso.platform.units.queries import get_unit
from tinhso.platform.watch import queries
from tinhso.platform.watch.models import EarlyWarning
from tinhso.platform.watch.queries import Found
from tinhso.platform.watch.rules import HOLDER, LEADER, Rule

MOST_AT_ONCE: Final = 500  # new ones of one rule in one run; what is left comes with the next
CASE_WARNED, UNIT_WARNED = "watch.case.warned", "watch.unit.warned"


def evaluate_rules(*, now: datetime) -> int:
    """
    Look with every rule in force; each case is warned of once by each rule, and its holder and leader are told once.

    :returns: how many warnings are new
    """
    rules = queries.list_rules(now)
    EarlyWarning.objects.filter(ended_at=None).exclude(rule__in=[rule.code for rule in rules]).update(ended_at=now)
    return sum(_settle(rule, queries.LOOKERS[rule.looks_at](rule, now), now) for rule in rules)


@transaction.atomic
def _settle(rule: Rule, found: Iterable[Found], now: datetime) -> int:
    """Make the warnings of one rule those that it found."""
    causes = {each.subject: each for each in found}
    standing = {row.subject: row for row in EarlyWarning.objects.filter(rule=rule.code, ended_at=None)}
    over = [row.pk for subject, row in standing.items() if subject not in causes]
    EarlyWarning.objects.filter(pk__in=over).update(ended_at=now)
    changed = [
        _renewed(row, causes[subject])
        for subject, row in standing.items()
        if subject in causes and (row.measure, row.unit_key) != (causes[subject].measure, causes[subject].unit_key)
    ]
    EarlyWarning.objects.bulk_update(changed, ["measure", "unit_key"])
    new = [each for subject, each in causes.items() if subject not in standing][:MOST_AT_ONCE]
    rows = [
        EarlyWarning(rule=rule.code, subject=each.subject, unit_key=each.unit_key, measure=each.measure, raised_at=now)
        for each in new
    ]
    EarlyWarning.objects.bulk_create(rows, ignore_conflicts=True)
    cases = get_cases([each.subject for each in new])
    for each in new:
        _tell(rule, each, cases.get(each.subject), now)
    return len(new)


def _renewed(row: EarlyWarning, cause: Found) -> EarlyWarning:
    row.measure, row.unit_key = cause.measure, cause.unit_key
    return row


def _tell(rule: Rule, cause: Found, case: CaseView | None, now: datetime) -> None:
    fields: dict[str, Value] = {
        "code": (case.code or case.public_id) if case else "",
        "procedure": case.procedure.name if case else "",
        "unit": get_unit(cause.unit_key).name,
        "due": f"{case.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if case and case.due_at else "",
        "reasons": rule.name,
        "link": _address(case, cause.unit_key),
    }
    key = f"watch:{rule.code}:{cause.subject}" + ("" if case else f":{now.isoformat()}")
    for code, name in _who(rule, cause, case, now).items():
        notify(
            recipient=Recipient(code, name), kind=CASE_WARNED if case else UNIT_WARNED, fields=fields,
            case_id=case.public_id if case else "", key=key, actor=SYSTEM, now=now,
        )  # fmt: skip


def _who(rule: Rule, cause: Found, case: CaseView | None, now: datetime) -> Mapping[str, str]:
    """Names by code of those who hold the case and those who lead the unit, as far as the rule tells them."""
    roles = [case.state.holder] if HOLDER in rule.told and case and case.state.holder else []
    roles += [LEADERS] if LEADER in rule.told else []
    found = {}
    for role in roles:
        for holder in officers_holding(role, cause.unit_key, now):
            if not holder.procedures or (case and case.procedure.code in holder.procedures):
                found[holder.code] = holder.name
    return found


def _address(case: CaseView | None, unit_key: str) -> str:
    try:
        path = (
            reverse("onestop:case", args=[case.public_id]) if case else f"{reverse('onestop:progress')}?unit={unit_key}"
        )
    except NoReverseMatch:  # without the one-stop module there is no page to go to
        path = "/"
    return f"{settings.PUBLIC_ADDRESS}{path}"
