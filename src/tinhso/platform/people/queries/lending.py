"""Delegations as giver, receiver and administrators see them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tinhso.platform.people import models
from tinhso.platform.people.queries.acting import valid
from tinhso.platform.units import queries as units


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation as giver, receiver and administrators see it."""

    code: str
    giver_code: str
    receiver_code: str
    unit_key: str
    role: str
    procedures: tuple[str, ...]
    reason: str
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None


def list_delegations(officer_code: str, now: datetime) -> tuple[DelegationRow, ...]:
    """Delegations the officer gave or got that are not over at `now`, also those still to begin."""
    mine = Q(receiver_id=officer_code) | Q(post__officer_id=officer_code)
    lasting = Q(post__valid_to__isnull=True) | Q(post__valid_to__gt=now)
    rows = models.Delegation.objects.filter(mine, lasting, valid_to__gt=now, revoked_at__isnull=True)
    return tuple(_delegation_row(row) for row in rows.select_related("post").order_by("valid_from", "pk"))


def find_delegation(code: str) -> DelegationRow | None:
    """The delegation with that code, or None."""
    row = models.Delegation.objects.select_related("post").filter(code=code).first()
    return _delegation_row(row) if row else None


def count_delegations_of_post(post_id: int, now: datetime) -> int:
    """How many delegations in force or to come would end with that post."""
    lasting = models.Delegation.objects.filter(post_id=post_id, valid_to__gt=now, revoked_at__isnull=True)
    return int(lasting.count())


def list_receivers(*, giver_code: str, unit_key: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """Code and name of the colleagues to whom a post may be lent: whoever holds a post at the unit or below it."""
    keys = [unit_key, *units.list_descendant_keys(unit_key, now.date())]
    held = models.PostHolding.objects.filter(valid(now), unit_key__in=keys).exclude(officer_id=giver_code)
    officers = models.Officer.objects.filter(code__in=held.values("officer_id"), account__is_active=True)
    return tuple(officers.order_by("name_folded", "code").values_list("code", "name"))


def _delegation_row(row: models.Delegation) -> DelegationRow:
    return DelegationRow(
        code=row.code,
        giver_code=row.post.officer_id,
        receiver_code=row.receiver_id,
        unit_key=row.post.unit_key,
        role=row.post.role,
        procedures=tuple(row.procedures),
        reason=row.reason,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revoked_at=row.revoked_at,
    )
