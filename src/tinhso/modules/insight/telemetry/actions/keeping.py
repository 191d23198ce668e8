"""Keep what devices sent: judged message by message, written in one transaction, counted whether taken or refused."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.actions.ordering import take_answers
from tinhso.modules.insight.telemetry.adapters import store
from tinhso.modules.insight.telemetry.models import Repeat
from tinhso.modules.insight.telemetry.rules.events import Told, read_events
from tinhso.modules.insight.telemetry.rules.judging import Known, Sample, judge
from tinhso.modules.insight.telemetry.rules.names import ACKNOWLEDGEMENTS, EVENTS
from tinhso.modules.insight.telemetry.rules.refusals import Refusal
from tinhso.modules.insight.telemetry.rules.senml import Malformed, read_senml
from tinhso.platform.people.rules import day_of

TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Message:
    """What one device sent at once: `what` is the last part of its topic."""

    device: str
    what: str
    content: bytes


@dataclass(slots=True)
class Outcome:
    """What became of a message."""

    taken: int = 0
    refused: list[Refusal] = field(default_factory=list)


class KeyReused(Exception):
    """The same `Idempotency-Key` came with other content."""

    vi = "Khóa Idempotency-Key này đã dùng cho nội dung khác."
    en = "This Idempotency-Key was used for other content."


@dataclass(slots=True)
class _Batch:
    """What is to be written of several messages."""

    samples: list[Sample] = field(default_factory=list)
    events: list[Told] = field(default_factory=list)
    counts: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def count(self, device: str, reason: str, number: int = 1, name: str = "") -> None:
        before = self.counts.get((device, reason), (0, ""))
        self.counts[device, reason] = before[0] + number, name or before[1]


@transaction.atomic
def keep_messages(*, messages: Sequence[Message], now: datetime) -> list[Outcome]:
    """
    Keep these messages, all or none; what is wrong with one is counted and stops no other. Safe to repeat.

    :returns: what became of each, in order
    """
    known = queries.find_senders(message.device for message in messages)
    batch = _Batch()
    outcomes = [_take(message, known.get(message.device), batch, now) for message in messages]
    store.keep_samples(batch.samples, now)
    store.keep_events(batch.events, now)
    store.add_counts(batch.counts, day_of(now), now)
    return outcomes


def count_unkept(*, device: str, now: datetime) -> None:
    """Count a message that the database would not take."""
    known = device if device in queries.find_senders([device]) else ""
    store.add_counts({(known, "malformed"): (1, "")}, day_of(now), now)


def _take(message: Message, device: Known | None, batch: _Batch, now: datetime) -> Outcome:
    outcome = Outcome()
    if device is None:  # counted together: strangers must not fill the table with invented names
        outcome.refused.append(Refusal("unknown_device", message.device))
        batch.count("", "unknown_device", 1, message.device)
        return outcome
    try:
        outcome.taken, outcome.refused = _read(message, device, batch, now)
    except Malformed as wrong:
        outcome.refused.append(Refusal(wrong.code))
    if outcome.taken:
        batch.count(device.code, TAKEN, outcome.taken)
    for each in outcome.refused:
        batch.count(device.code, each.reason, 1, _fit(each.name))
    return outcome


def _read(message: Message, device: Known, batch: _Batch, now: datetime) -> tuple[int, list[Refusal]]:
    if message.what == EVENTS:
        events, refused = read_events(message.content, device, now)
        batch.events += events
        return len(events), refused
    if message.what == ACKNOWLEDGEMENTS:
        return take_answers(content=message.content, device=device, now=now)
    records, unread = read_senml(message.content, now)
    samples, refused = judge(records, device, now)
    batch.samples += samples
    return len(samples), [*unread, *refused]


def _fit(name: str) -> str:
    return name.replace("\0", "")[:120].encode(errors="replace").decode()


def keep_once(*, message: Message, device_id: int, key: str, now: datetime) -> Mapping[str, Any]:
    """
    Keep a message under an `Idempotency-Key` (empty: none): the same request again answers as the first time.

    :raises KeyReused: the key came with other content before
    """
    if not key:
        return _answer(keep_messages(messages=[message], now=now)[0])
    fingerprint = hashlib.sha256(message.what.encode() + b"\0" + message.content).hexdigest()
    try:
        with transaction.atomic():
            found = Repeat.objects.filter(device_id=device_id, key=key).first()
            if found is None:
                answer = _answer(keep_messages(messages=[message], now=now)[0])
                Repeat.objects.create(device_id=device_id, key=key, fingerprint=fingerprint, answer=answer, at=now)
                return answer
    except IntegrityError:  # the same key at the same moment: the other one came first, and answers
        found = Repeat.objects.get(device_id=device_id, key=key)
    if found.fingerprint != fingerprint:
        raise KeyReused
    kept: Mapping[str, Any] = found.answer
    return kept


def _answer(outcome: Outcome) -> dict[str, Any]:
    refused = [{"reason": each.reason, "name": _fit(each.name)} for each in outcome.refused]
    return {"taken": outcome.taken, "refused": refused}
