"""Telling people: a notice in their list, letters on their way, and what becomes of each attempt."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from tinhso.kernel.packs import CHANNELS as PARTS
from tinhso.kernel.packs import NoticeText
from tinhso.platform.ledger.actions import HasCode
from tinhso.platform.notices import adapters, models, queries, rules
from tinhso.platform.notices.ports import Letter
from tinhso.platform.outside import Refused, Unreachable

DELIVER = "tinhso.platform.notices.jobs.deliver"


def load_notice_texts(*, texts: Mapping[str, NoticeText]) -> int:
    """Make the wordings those of the packs, by kind of fact; returns how many there are. Safe to repeat."""
    rows = [models.NoticeWording(kind=kind, words=_as_json(text)) for kind, text in texts.items()]
    with transaction.atomic():
        models.NoticeWording.objects.exclude(kind__in=list(texts)).delete()
        models.NoticeWording.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["kind"], update_fields=["words"]
        )
    return len(rows)


def _as_json(text: NoticeText) -> dict[str, dict[str, str]]:
    parts = {part: getattr(text, part) for part in PARTS}
    return {part: {"vi": words.vi, "en": words.en} for part, words in parts.items() if words}


@transaction.atomic
def notify(
    *,
    recipient: rules.Recipient,
    kind: str,
    fields: rules.Fields,
    case_id: str = "",
    key: str = "",
    actor: HasCode,
    now: datetime,
) -> UUID | None:
    """
    Tell a person what happened, in the words the packs have for that kind of fact; None when they have none.

    The notice and its deliveries are written, and the jobs deferred, in the caller's transaction.
    Told twice with one key, a person is told once.

    :param fields: the values the words name ("code", "procedure", "due" …); one that differs by language is a `Text`
    :param key: what is the same when the same thing is told again, say the fact's id; by default case, kind and `now`
    :raises KeyError: the words name a value that `fields` lacks
    """
    wording = queries.find_wording(kind)
    if wording is None:
        return None
    told = rules.fill(wording.in_app, fields)
    notice, is_new = models.Notice.objects.get_or_create(
        key=f"{recipient.code}/{key or f'{case_id}/{kind}/{now.isoformat()}'}",
        defaults={
            "recipient_code": recipient.code,
            "case_id": case_id,
            "kind": kind,
            "text_vi": told.vi,
            "text_en": told.en,
            "link": rules.words_of(fields, "vi").get("link", ""),
            "actor_code": actor.code,
            "created_at": now,
        },
    )
    if is_new:
        for draft in rules.drafts(wording, recipient, fields):
            _dispatch(notice, draft, rules.words_of(fields, recipient.language), now)
    return notice.public_id


def _dispatch(notice: models.Notice, draft: rules.Draft, values: Mapping[str, str], now: datetime) -> None:
    if adapters.find_gate(draft.channel) is None:
        return
    delivery = models.Delivery.objects.create(
        notice=notice,
        channel=draft.channel,
        key=f"{notice.public_id}/{draft.channel}",
        address=draft.to,
        address_masked=rules.masked(draft.to),
        subject=draft.subject,
        body=draft.body,
        fields=dict(values) if draft.channel == "zalo" else {},
        state=rules.FAILED if draft.problem else rules.QUEUED,
        problem=draft.problem,
        next_try_at=None if draft.problem else now,
    )
    if not draft.problem:
        _defer(delivery, None)


def _defer(delivery: models.Delivery, at: datetime | None) -> None:
    app.configure_task(
        DELIVER, queue="notices", lock=f"delivery:{delivery.pk}", schedule_at=at, allow_unknown=False
    ).defer(delivery_id=delivery.pk)


def attempt_delivery(*, delivery_id: int, now: datetime) -> str:
    """
    Hand one letter to its gateway, and note how that went; returns the delivery's state then.

    Safe to run twice: what arrived is not sent again, and the gateway knows the key of each letter. The gateway is
    asked outside any transaction. When it does not answer, another attempt is deferred, later each time.
    """
    delivery = models.Delivery.objects.select_related("notice").get(pk=delivery_id)
    if delivery.state != rules.QUEUED:
        return delivery.state
    gate = adapters.find_gate(delivery.channel)
    if gate is None:
        return _give_up(delivery, "no gateway is set for this channel")
    try:
        gateway_id = gate.send(_letter(delivery, now))
    except Refused as problem:
        return _give_up(delivery, str(problem))
    except Unreachable as problem:
        return _try_later(delivery, str(problem), now)
    return _note_arrival(delivery, gateway_id, now)


def _letter(delivery: models.Delivery, now: datetime) -> Letter:
    return Letter(
        key=delivery.key,
        to=delivery.address,
        kind=delivery.notice.kind,
        subject=delivery.subject,
        body=delivery.body,
        sent_at=now,
        fields=delivery.fields,
    )


def _note_arrival(delivery: models.Delivery, gateway_id: str, now: datetime) -> str:
    return _note(
        delivery, state=rules.SENT, sent_at=now, gateway_id=gateway_id[:200], address="", fields={}, problem="",
        next_try_at=None,
    )  # fmt: skip


def _give_up(delivery: models.Delivery, problem: str) -> str:
    return _note(delivery, state=rules.FAILED, problem=rules.without(delivery.address, problem)[:300], next_try_at=None)


@transaction.atomic
def _try_later(delivery: models.Delivery, problem: str, now: datetime) -> str:
    wait = rules.wait_after(delivery.attempts + 1)
    if wait is None:
        return _give_up(delivery, problem)
    told = rules.without(delivery.address, problem)[:300]
    state = _note(delivery, state=rules.QUEUED, problem=told, next_try_at=now + wait)
    _defer(delivery, now + wait)
    return state


def _note(delivery: models.Delivery, *, state: str, **changes: object) -> str:
    changes |= {"state": state, "attempts": delivery.attempts + 1}
    models.Delivery.objects.filter(pk=delivery.pk, state=rules.QUEUED).update(**changes)
    return state


@transaction.atomic
def resend(*, case_id: str, actor: HasCode, now: datetime) -> int:  # noqa: ARG001 - who asked is told by the caller's fact
    """Try the given-up deliveries of a case again from the beginning; returns how many there are."""
    failed = models.Delivery.objects.select_for_update().filter(notice__case_id=case_id, state=rules.FAILED)
    rows = list(failed.exclude(problem="too_long"))
    for delivery in rows:
        models.Delivery.objects.filter(pk=delivery.pk).update(state=rules.QUEUED, attempts=0, next_try_at=now)
        _defer(delivery, None)
    return len(rows)


def mark_read(*, public_id: UUID, actor: HasCode, now: datetime) -> bool:
    """Note that the actor has read one of their own notices; False when it is read already or somebody else's."""
    unread = models.Notice.objects.filter(public_id=public_id, recipient_code=actor.code, read_at=None)
    return bool(unread.update(read_at=now))


def mark_all_read(*, actor: HasCode, now: datetime) -> int:
    """Note that the actor has read all their notices up to `now`; returns how many were new."""
    unread = models.Notice.objects.filter(recipient_code=actor.code, read_at=None, created_at__lte=now)
    return unread.update(read_at=now)


def plan_faults(*, channel: str, fault: str, count: int, actor: HasCode, now: datetime) -> None:  # noqa: ARG001 - demo only
    """Let the next letters on a channel go wrong in the simulator; `count` of 0 lets all go well again."""
    if count == 0:
        models.SimulatedFault.objects.filter(channel=channel).delete()
    models.SimulatedFault.objects.bulk_create(models.SimulatedFault(channel=channel, kind=fault) for _ in range(count))
