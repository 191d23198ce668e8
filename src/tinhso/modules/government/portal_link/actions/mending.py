"""What administrators do about messages: resend one or all, skip one with a reason, send a whole dossier again."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from tinhso.modules.government.portal_link import facts
from tinhso.modules.government.portal_link.actions.writing import OURS, append_message, make_due
from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.models import Difference, Dossier, Message
from tinhso.modules.government.portal_link.queries.telling import Told
from tinhso.modules.government.portal_link.rules.states import WHOLE
from tinhso.platform.cases.queries import get_case
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.rules import Actor

LONGEST_REASON = 300
KEPT_FOR = timedelta(days=180)
BATCH, MOST_BATCHES = 5000, 40


class NotStuck(Exception):
    """The message is no longer waiting for people."""

    vi = "Tin này không còn bị kẹt: có thể người khác vừa xử lý. Hãy tải lại trang."
    en = "This message is no longer stuck: somebody else may have just dealt with it. Reload the page."

    def __init__(self) -> None:
        super().__init__(self.vi)


class NoReason(Exception):
    """Skipping needs a reason."""

    vi = "Hãy ghi lý do bỏ qua tin này."
    en = "Say why this message is skipped."

    def __init__(self) -> None:
        super().__init__(self.vi)


@transaction.atomic
def resend_message(*, message_id: int, actor: Actor, now: datetime) -> None:
    """
    Try a stuck message again, with what is known of the dossier now.

    :raises NotStuck: it is not, or no longer, stuck
    """
    dossier, message = _hold_stuck(message_id)
    if message.call == WHOLE:
        message.content = {**_whole_now(dossier), "TrangThaiHoSo": message.content["TrangThaiHoSo"]}
    message.state, message.tries = Message.WAITING, 0
    message.save()
    _free(dossier, now)
    _tell(facts.MESSAGE_RESENT, dossier, {"sequence": message.sequence, "call": message.call}, actor, now)


def resend_all(*, actor: Actor, now: datetime) -> int:
    """Try every stuck message again; how many."""
    done = 0
    for message_id in list(Message.objects.filter(state=Message.STUCK).order_by("id").values_list("pk", flat=True)):
        try:
            resend_message(message_id=message_id, actor=actor, now=now)
            done += 1
        except NotStuck:
            continue
    return done


@transaction.atomic
def skip_message(*, message_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """
    Let a stuck message be, for a reason; those behind it go on.

    :raises NotStuck: it is not, or no longer, stuck
    :raises NoReason: none is given
    """
    if not reason.strip():
        raise NoReason
    dossier, message = _hold_stuck(message_id)
    _settle_unsent(message, reason.strip(), actor, now)
    _free(dossier, now)
    _tell(facts.MESSAGE_SKIPPED, dossier, {"sequence": message.sequence, "call": message.call}, actor, now)


@transaction.atomic
def repair_dossier(*, portal_code: str, actor: Actor, now: datetime) -> int:
    """
    Send the whole dossier as it stands, behind what waits; what was stuck is overtaken by it and skipped.

    :returns: the number of the new message
    :raises Dossier.DoesNotExist: no dossier of ours has that code
    """
    dossier = Dossier.objects.select_for_update().get(portal_code=portal_code)
    stuck = dossier.message_set.filter(state=Message.STUCK)
    for message in stuck:
        _settle_unsent(message, "Đã gửi lại toàn bộ hồ sơ", actor, now)
    message = append_message(dossier=dossier, call=WHOLE, content=_whole_now(dossier), now=now)
    dossier.save(update_fields=["last_sequence"])
    if dossier.next_try_at is None:
        _free(dossier, now)
    Difference.objects.filter(portal_code=portal_code, repaired_at=None).update(repaired_at=now)
    body = {"sequence": message.sequence, "skipped": len(stuck), "state": dossier.states[-1]}
    _tell(facts.DOSSIER_REPAIRED, dossier, body, actor, now)
    return message.sequence


def forget_settled(*, now: datetime, older_than: timedelta = KEPT_FOR) -> int:
    """Forget messages that were delivered or skipped that long ago; how many. The facts of what people did stay."""
    old = Message.objects.filter(settled_at__lt=now - older_than)
    return sum(
        old.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).delete()[0] for _ in range(MOST_BATCHES)
    )


def _whole_now(dossier: Dossier) -> dict[str, object]:
    case = get_case(dossier.case_public_id)
    known = [fact for fact in list_facts(case.public_id) if fact.kind.startswith(OURS)]
    told = Told(case, dossier.portal_code, known)
    return find_exchange().codec.to_wire(told.whole(None, dossier.states[-1], dossier.due_at))


def _hold_stuck(message_id: int) -> tuple[Dossier, Message]:
    found = Message.objects.filter(pk=message_id).values_list("dossier_id", flat=True).first()
    dossier = Dossier.objects.select_for_update().filter(pk=found or 0).first()
    message = Message.objects.filter(pk=message_id, state=Message.STUCK).first()
    if dossier is None or message is None:
        raise NotStuck
    return dossier, message


def _settle_unsent(message: Message, reason: str, actor: Actor, now: datetime) -> None:
    message.state, message.content = Message.SKIPPED, {}
    message.skip_reason, message.settled_by, message.settled_at = reason[:LONGEST_REASON], actor.code, now
    message.save()


def _free(dossier: Dossier, now: datetime) -> None:
    dossier.next_try_at = None
    if dossier.message_set.filter(state=Message.WAITING).exists():
        make_due(dossier, now)
    dossier.save(update_fields=["next_try_at"])


def _tell(kind: str, dossier: Dossier, body: Mapping[str, object], actor: Actor, now: datetime) -> None:
    subject = f"portal:{dossier.case_public_id}"
    record_fact(kind=kind, subject=subject, unit_key=dossier.unit_key, body=body, actor=actor, now=now)
