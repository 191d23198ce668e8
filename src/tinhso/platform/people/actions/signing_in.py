"""How officers come to their first password, and to a new one: taking them on, renewing, choosing one's own."""

from datetime import datetime
from random import SystemRandom

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people import facts, models, queries, rules
from tinhso.platform.people.actions.posts import appoint, register_officer
from tinhso.platform.people.rules import Actor, Appointment, Invalid, NotAllowed


@transaction.atomic
def take_on_officer(
    *, name: str, sign_in_name: str, unit_key: str, appointment: Appointment | None = None, actor: Actor, now: datetime
) -> tuple[str, str]:
    """
    Register an officer, with a first post at the unit if one is named, and a one-time password.

    :returns: the officer's public code, and the password: it is kept as a hash only and cannot be shown again
    :raises NotAllowed: the actor is not administrator of the unit
    :raises Invalid: the name is empty, the sign-in name cannot be or is taken, or the appointment cannot stand
    """
    if not name.strip():
        raise Invalid(_("Hãy nhập họ và tên."))
    sign_in_name = rules.check_sign_in_name(sign_in_name)
    officer = register_officer(name=name, sign_in_name=sign_in_name, unit_key=unit_key, actor=actor, now=now)
    if appointment:
        appoint(
            officer_code=officer.code,
            unit_key=unit_key,
            role=appointment.role,
            valid_from=appointment.valid_from,
            valid_to=appointment.valid_to,
            actor=actor,
            now=now,
        )
    return officer.code, renew_sign_in(officer_code=officer.code, actor=actor, now=now)


@transaction.atomic
def renew_sign_in(*, officer_code: str, removes_second_factor: bool = False, actor: Actor, now: datetime) -> str:
    """
    Give an officer a new one-time password, good for a week; whoever is signed in with the old one is signed out.

    The second factor goes only together with the password: else whoever knows the old password could set up a new
    factor first. An administrator who removes both could sign in as the officer; that is why each leaves a fact.

    :returns: the password; it is kept as a hash only and cannot be shown again
    :raises NotAllowed: the actor is not administrator of every unit to which the officer belongs
    :raises Invalid: there is no such officer, or the officer is one of the demonstration
    """
    account = models.Account.objects.select_for_update().filter(code=officer_code, officer__isnull=False).first()
    if account is None:
        raise Invalid(_("Không có cán bộ này."))
    if not queries.administers_officer(actor, officer_code, now):
        raise NotAllowed(_("Chỉ người quản trị của mọi đơn vị mà cán bộ này làm việc mới làm được việc này."))
    if account.is_demonstration:
        raise Invalid(_("Người của bản trình diễn vào bằng một lần bấm, không có mật khẩu."))
    password = rules.new_password(SystemRandom())
    account.set_password(password)
    account.one_time_until = now + rules.ONE_TIME_PASSWORD_LASTS
    account.save(update_fields=["password", "one_time_until"])
    if removes_second_factor:
        gone, _by_kind = Authenticator.objects.filter(user_id=account.pk).delete()
        _tell(facts.FACTORS_REMOVED, officer_code, actor, now, count=gone)
    _tell(facts.PASSWORD_ISSUED, officer_code, actor, now, valid_to=account.one_time_until.isoformat())
    return password


@transaction.atomic
def choose_password(*, account: models.Account, password: str, actor: Actor, now: datetime) -> None:
    """Replace an officer's password by the one the officer chose; it has been checked against the rules for passwords."""
    account.set_password(password)
    account.one_time_until = None
    account.save(update_fields=["password", "one_time_until"])
    _tell(facts.PASSWORD_CHOSEN, account.code, actor, now)


def forget_sessions(*, now: datetime) -> int:
    """Forget the sessions that are over, and return how many; nobody can come back to one."""
    gone, _by_kind = models.Session.objects.filter(expire_date__lte=now).delete()
    return gone


def _tell(kind: str, officer_code: str, actor: Actor, now: datetime, **body: int | str) -> None:
    unit_key = next(iter(queries.list_units_of(officer_code, now)), "")
    record_fact(kind=kind, subject=officer_code, unit_key=unit_key, body=body, actor=actor, now=now)
