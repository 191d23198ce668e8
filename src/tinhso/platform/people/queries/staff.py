"""The staff of units, page by page; one officer with all posts; how each signs in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection
from django.db.models import Q

from tinhso.kernel.vietnamese import fold
from tinhso.platform.people import models, rules
from tinhso.platform.people.queries.acting import administers
from tinhso.platform.people.rules import Actor
from tinhso.platform.units import queries as units
from tinhso.platform.units.rules import UnitRow

STAFF_ON_A_PAGE = 50
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# Who holds a post at these units now or later, and who was registered at one of them and holds none anywhere.
_STAFF = """
select unit_key, name_folded, code, name, roles, one_time_until, has_password, has_factor from (
  select found.*, a.one_time_until, a.password not like %(unusable)s as has_password,
         exists (select from mfa_authenticator m where m.user_id = a.id and m.type = any(%(factors)s)) as has_factor
  from (
    select p.unit_key collate "C" as unit_key, o.name_folded collate "C" as name_folded, o.code collate "C" as code,
           o.name, o.account_id, array_agg(distinct p.role order by p.role) as roles
    from people_postholding p join people_officer o on o.code = p.officer_code
    where p.unit_key = any(%(units)s) and (p.valid_to is null or p.valid_to > %(now)s)
    group by p.unit_key, o.id
    union all
    select o.unit_key, o.name_folded, o.code, o.name, o.account_id, '{}'
    from people_officer o
    where o.unit_key = any(%(units)s) and not exists (
      select from people_postholding p where p.officer_code = o.code and (p.valid_to is null or p.valid_to > %(now)s))
  ) found left join people_account a on a.id = found.account_id
) staff
where name_folded like %(text)s and (unit_key, name_folded, code) > (%(after_unit)s, %(after_name)s, %(after_code)s)
order by unit_key, name_folded, code limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """An officer at one unit, with the roles held there now or later; how far the officer has got with signing in."""

    unit_key: str
    name_folded: str
    code: str
    name: str
    roles: tuple[str, ...]
    one_time_until: datetime | None
    has_password: bool
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Some of the staff, by unit and name; `after` (unit key and officer code) continues the list, None at its end."""

    rows: tuple[StaffRow, ...]
    after: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer as administrators see one; `unit_key` is where the officer was registered."""

    code: str
    name: str
    unit_key: str
    sign_in_name: str
    has_password: bool
    one_time_until: datetime | None
    has_second_factor: bool
    last_signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post an officer holds, held, or will hold."""

    id: int
    officer_code: str
    unit_key: str
    role: str
    valid_from: datetime
    valid_to: datetime | None


def list_staff(
    unit_keys: Iterable[str],
    now: datetime,
    *,
    text: str = "",
    after: tuple[str, str] | None = None,
    limit: int = STAFF_ON_A_PAGE,
) -> StaffPage:
    """The staff of these units, by unit and name, `limit` at a time; `text` is part of a name, marks and capitals aside."""
    at_unit, at_code = after or ("", "")
    name = models.Officer.objects.filter(code=at_code).values_list("name_folded", flat=True).first() or ""
    pattern = "".join(f"\\{sign}" if sign in "%_\\" else sign for sign in fold(text))
    asked: dict[str, Any] = {
        "units": list(unit_keys), "now": now, "text": f"%{pattern}%", "limit": limit + 1, "unusable": f"{UNUSABLE_PASSWORD_PREFIX}%",
        "factors": list(SECOND_FACTORS), "after_unit": at_unit, "after_name": name, "after_code": at_code,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STAFF, asked)
        rows = [_staff_row(*row) for row in cursor.fetchall()]
    last = rows[limit - 1] if len(rows) > limit else None
    return StaffPage(rows=tuple(rows[:limit]), after=(last.unit_key, last.code) if last else None)


def count_staff(unit_keys: Iterable[str], now: datetime) -> dict[str, int]:
    """How many officers hold a post at each of the units, now or later; units without are missing."""
    held = models.PostHolding.objects.filter(_not_over(now), unit_key__in=set(unit_keys))
    counts: dict[str, int] = {}
    for unit_key, _officer in held.order_by().values_list("unit_key", "officer_id").distinct():
        counts[unit_key] = counts.get(unit_key, 0) + 1
    return counts


def find_officer(code: str = "", *, sign_in_name: str = "") -> OfficerRow | None:
    """The officer with that public code, or with that sign-in name; None when there is none."""
    wanted = Q(code=code) if code else Q(account__username__iexact=sign_in_name)
    row = models.Officer.objects.select_related("account").filter(wanted).first()
    if row is None:
        return None
    account = row.account
    return OfficerRow(
        code=row.code,
        name=row.name,
        unit_key=row.unit_key,
        sign_in_name=account.username if account else "",
        has_password=bool(account and account.has_usable_password()),
        one_time_until=account.one_time_until if account else None,
        has_second_factor=bool(account and has_second_factor(account)),
        last_signed_in_at=account.last_login if account else None,
    )


def list_posts(officer_code: str, *, limit: int = 50) -> tuple[PostRow, ...]:
    """The posts of an officer, the latest begun first, also those that are over or to come."""
    rows = models.PostHolding.objects.filter(officer_id=officer_code).order_by("-valid_from", "-pk")[:limit]
    return tuple(_post_row(row) for row in rows)


def find_post(post_id: int) -> PostRow | None:
    """The post with that number, or None."""
    row = models.PostHolding.objects.filter(pk=post_id).first()
    return _post_row(row) if row else None


def list_units_of(officer_code: str, now: datetime) -> tuple[str, ...]:
    """Where the officer belongs: the unit of registration and those of posts that are not over."""
    home = models.Officer.objects.filter(code=officer_code).exclude(unit_key="").values_list("unit_key", flat=True)
    held = models.PostHolding.objects.filter(_not_over(now), officer_id=officer_code).order_by("pk")
    return tuple(dict.fromkeys([*held.values_list("unit_key", flat=True), *home]))


def administers_officer(actor: Actor, officer_code: str, now: datetime) -> bool:
    """
    Whether the actor may renew how the officer signs in: as administrator of every unit to which the officer belongs.

    One unit would be too little: whoever renews a password could sign in as an officer of the others, too.
    """
    if actor.kind == "system":
        return True
    belongs = list_units_of(officer_code, now)
    return bool(belongs) and all(administers(actor, unit_key) for unit_key in belongs)


def list_administered_units(actor: Actor) -> list[UnitRow]:
    """The units of which the actor is administrator, not those below them, by key."""
    found = units.get_units(actor.units_as(rules.ADMINISTRATOR))
    return [found[key] for key in sorted(found)]


def missing_step(account: models.Account, *, wants_second_factor: bool) -> Literal["", "password", "second_factor"]:
    """What an officer must do before working: replace the one-time password, then set up a second factor; or nothing."""
    if account.one_time_until is not None:
        return "password"
    return "second_factor" if wants_second_factor and not has_second_factor(account) else ""


def has_second_factor(account: models.Account) -> bool:
    """Whether the account has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=SECOND_FACTORS).exists())


def count_officers_without_second_factor() -> int:
    """How many officers have a password but neither app nor passkey."""
    guarded = Authenticator.objects.filter(type__in=SECOND_FACTORS).values("user_id")
    accounts = models.Account.objects.filter(officer__isnull=False, is_active=True).exclude(pk__in=guarded)
    return int(accounts.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).count())


def _not_over(now: datetime) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=now)


def _staff_row(*columns: Any) -> StaffRow:
    unit_key, name_folded, code, name, roles, one_time_until, has_password, has_factor = columns
    return StaffRow(unit_key, name_folded, code, name, tuple(roles), one_time_until, bool(has_password), has_factor)


def _post_row(row: models.PostHolding) -> PostRow:
    return PostRow(row.pk, row.officer_id, row.unit_key, row.role, row.valid_from, row.valid_to)
