"""Officers: registering them, giving and ending posts, delegating for a time."""

from collections.abc import Iterable
from datetime import datetime
from random import SystemRandom

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.vietnamese import fold
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people import facts, models, queries, rules
from tinhso.platform.people.rules import Actor, DelegationTerms, Invalid, NotAllowed


def load_roles(*, roles: Iterable[tuple[str, str, str, str]]) -> None:
    """Bring the roles up to date with the packs: code, Vietnamese name, English name, scope. None is taken away."""
    rows = [models.Role(code=code, name_vi=vi, name_en=en, scope=scope) for code, vi, en, scope in roles]
    columns = ["name_vi", "name_en", "scope"]
    models.Role.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=columns)


def load_procedures(*, names: Iterable[tuple[str, str, str]]) -> None:
    """Bring the names of procedures up to date with the packs: code, Vietnamese, English. None is taken away."""
    rows = [models.Procedure(code=code, name_vi=vi, name_en=en) for code, vi, en in names]
    columns = ["name_vi", "name_en"]
    models.Procedure.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=columns)


@transaction.atomic
def register_officer(
    *, name: str, sign_in_name: str, unit_key: str, password: str = "", code: str = "", actor: Actor, now: datetime
) -> models.Officer:
    """
    A new officer with an account; without a password nobody can sign in to it until one is set.

    :param unit_key: the unit whose administrator registers
    :raises NotAllowed: the actor is not administrator of the unit
    :raises Invalid: the sign-in name is taken
    :raises ValidationError: the password is too weak
    """
    must_administer(actor, unit_key)
    if models.Account.objects.filter(username__iexact=sign_in_name).exists():
        raise Invalid(_("Tên đăng nhập này đã có người dùng."))
    code = code or rules.new_code("officer", SystemRandom())
    account = models.Account(username=sign_in_name, code=code)
    if password:
        validate_password(password, account)
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save(force_insert=True)
    name = " ".join(name.split())
    officer = models.Officer.objects.create(
        code=code, account=account, name=name, name_folded=fold(name), unit_key=unit_key
    )
    record_fact(kind=facts.OFFICER_REGISTERED, subject=code, unit_key=unit_key, body={}, actor=actor, now=now)
    return officer


@transaction.atomic
def appoint(
    *, officer_code: str, unit_key: str, role: str, valid_from: datetime, valid_to: datetime | None = None,
    actor: Actor, now: datetime,
) -> models.PostHolding:  # fmt: skip
    """
    Give an officer a post at a unit from a moment on, to a moment (exclusive) or without an end.

    :raises NotAllowed: the actor is not administrator of the unit
    :raises Invalid: the officer or the role is unknown, the post is held in that time already, or the times are turned
    """
    must_administer(actor, unit_key)
    if not models.Role.objects.filter(code=role, scope="unit").exists():
        raise Invalid(_("Không có vai trò này ở đơn vị."))
    lock_officer(officer_code)
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid(_("Ngày thôi giữ vị trí phải sau ngày bắt đầu."))
    same = models.PostHolding.objects.filter(officer_id=officer_code, unit_key=unit_key, role=role)
    if same.exclude(valid_to__lte=valid_from).filter(**({"valid_from__lt": valid_to} if valid_to else {})).exists():
        raise Invalid(_("Cán bộ này đã giữ vị trí đó trong thời gian ấy."))
    post = models.PostHolding.objects.create(
        officer_id=officer_code, unit_key=unit_key, role=role, valid_from=valid_from, valid_to=valid_to
    )
    body = {"role": role, "valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat() if valid_to else None}
    record_fact(kind=facts.POST_TAKEN, subject=officer_code, unit_key=unit_key, body=body, actor=actor, now=now)
    return post


@transaction.atomic
def give_title(
    *, officer_code: str, unit_key: str, role: str, title: str, actor: Actor, now: datetime
) -> models.PostHolding:
    """
    Say under which title an officer signs in a post held now or later: a code of the packs' titles; empty is the head's.

    :raises NotAllowed: the actor is not administrator of the unit
    :raises Invalid: the officer holds no such post
    """
    must_administer(actor, unit_key)
    lock_officer(officer_code)
    same = models.PostHolding.objects.filter(officer_id=officer_code, unit_key=unit_key, role=role)
    post = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now)).order_by("-valid_from").first()
    if post is None:
        raise Invalid(_("Cán bộ này không giữ vị trí đó."))
    post.title = title[:60]
    post.save(update_fields=["title"])
    body = {"role": role, "title": post.title}
    record_fact(kind=facts.TITLE_GIVEN, subject=officer_code, unit_key=unit_key, body=body, actor=actor, now=now)
    return post


@transaction.atomic
def end_post(
    *, officer_code: str, unit_key: str, role: str, valid_to: datetime, actor: Actor, now: datetime
) -> models.PostHolding:
    """
    End the post an officer holds at a unit, or end it earlier; what was delegated from it ends with it.

    :raises NotAllowed: the actor is not administrator of the unit
    :raises Invalid: the officer holds no such post then, or it begins later than it should end
    """
    must_administer(actor, unit_key)
    lock_officer(officer_code)
    same = models.PostHolding.objects.filter(officer_id=officer_code, unit_key=unit_key, role=role)
    post = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_to)).order_by("valid_from").first()
    if post is None:
        raise Invalid(_("Cán bộ này không giữ vị trí đó."))
    if valid_to <= post.valid_from:
        raise Invalid(_("Ngày thôi giữ vị trí phải sau ngày bắt đầu."))
    post.valid_to = valid_to
    post.save(update_fields=["valid_to"])
    body = {"role": role, "valid_to": valid_to.isoformat()}
    record_fact(kind=facts.POST_ENDED, subject=officer_code, unit_key=unit_key, body=body, actor=actor, now=now)
    return post


@transaction.atomic
def delegate(
    *, unit_key: str, role: str, receiver_code: str, terms: DelegationTerms, giver_code: str = "",
    actor: Actor, now: datetime,
) -> models.Delegation:  # fmt: skip
    """
    Let another officer act in a post for a time. Only own posts can be delegated, not delegated ones.

    :param giver_code: whose post it is, the actor's when empty; an administrator may delegate for somebody absent
    :raises NotAllowed: the post is another's and the actor is not administrator of the unit
    :raises Invalid: the giver does not hold the post at the start, the receiver has no post now, or the terms cannot be
    """
    giver_code = giver_code or actor.code
    if giver_code != actor.code:
        must_administer(actor, unit_key)
    rules.check_terms(terms, giver_code=giver_code, receiver_code=receiver_code, now=now)
    lock_officer(giver_code)
    post = _own_post(giver_code, unit_key, role, terms.valid_from)
    receiver = queries.find_officer_actor(receiver_code, now)
    if receiver is None or not any(not held.on_behalf_of for held in receiver.posts):
        raise Invalid(_("Người được ủy quyền phải đang giữ một vị trí công tác."))
    delegation = models.Delegation.objects.create(
        code=rules.new_code("delegation", SystemRandom()), post=post, receiver_id=receiver_code,
        procedures=sorted(terms.procedures), reason=terms.reason.strip(),
        valid_from=terms.valid_from, valid_to=terms.valid_to,
    )  # fmt: skip
    body = {
        "delegation": delegation.code, "receiver": receiver_code, "role": role, "procedures": delegation.procedures,
        "valid_from": terms.valid_from.isoformat(), "valid_to": terms.valid_to.isoformat(),
    }  # fmt: skip
    record_fact(kind=facts.DELEGATION_GRANTED, subject=giver_code, unit_key=unit_key, body=body, actor=actor, now=now)
    return delegation


@transaction.atomic
def revoke_delegation(*, code: str, actor: Actor, now: datetime) -> models.Delegation:
    """
    End a delegation at once; by its giver, its receiver or an administrator of the unit. Twice is as once.

    :raises NotAllowed: the actor is none of these
    :raises LookupError: there is no such delegation
    """
    delegation = (
        models.Delegation.objects.select_for_update(of=("self",)).select_related("post").filter(code=code).first()
    )
    if delegation is None:
        raise LookupError(code)
    giver_code, unit_key = delegation.post.officer_id, delegation.post.unit_key
    if actor.code not in {giver_code, delegation.receiver_id}:
        must_administer(actor, unit_key)
    if delegation.revoked_at is None:
        delegation.revoked_at = now
        delegation.save(update_fields=["revoked_at"])
        body = {"delegation": code}
        record_fact(
            kind=facts.DELEGATION_REVOKED, subject=giver_code, unit_key=unit_key, body=body, actor=actor, now=now
        )
    return delegation


def _own_post(officer_code: str, unit_key: str, role: str, moment: datetime) -> models.PostHolding:
    held = models.PostHolding.objects.filter(
        officer_id=officer_code, unit_key=unit_key, role=role, valid_from__lte=moment
    ).exclude(valid_to__lte=moment)
    post = held.first()
    if post is None:
        raise Invalid(_("Chỉ ủy quyền được vị trí mà người ủy quyền đang giữ vào ngày bắt đầu."))
    return post


def must_administer(actor: Actor, unit_key: str) -> None:
    """Raise NotAllowed unless the actor is administrator of the unit or of one above it."""
    if not queries.administers(actor, unit_key):
        raise NotAllowed(_("Chỉ người quản trị của đơn vị mới làm được việc này."))


def lock_officer(code: str) -> None:
    """Serialise changes to one officer's posts, so that two of them cannot overlap."""
    if not models.Officer.objects.select_for_update().filter(code=code).exists():
        raise Invalid(_("Không có cán bộ này."))
