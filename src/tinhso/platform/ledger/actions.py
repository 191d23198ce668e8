"""The only writers of the ledger: record a fact, seal what is new."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Max

from tinhso.platform.ledger import models, ports, rules
from tinhso.platform.ledger.adapters import Anchored, anchor_folders
from tinhso.platform.ledger.facts import reactions_to

log = logging.getLogger(__name__)
APPEND = "select ledger_append(%s, %s, %s, %s, %s, %s, %s)"


class HasCode(Protocol):
    """Whoever acts: a person, an officer, a machine, the system."""

    @property
    def code(self) -> str:
        """The public code."""
        ...


def record_fact(
    *, kind: str, subject: str, unit_key: str, body: Mapping[str, Any], actor: HasCode, now: datetime
) -> int:
    """
    Append a fact to its subject's chain, in the caller's transaction; its reactions are deferred with it.

    :param kind: `module.noun.verb` in the past participle
    :param body: ids, codes and measures; no personal data
    :returns: the fact's id
    """
    with connection.cursor() as cursor:
        cursor.execute(
            APPEND, [kind, subject, unit_key, actor.code, now, rules.canonical(body), bool(reactions_to(kind))]
        )
        fact_id: int = cursor.fetchone()[0]
    return fact_id


def seal_facts(*, now: datetime) -> models.Seal | None:
    """
    Close all facts since the last seal under one root, stamp it, chain it; None when there is nothing new.

    The share lock waits for writers under way (milliseconds), so that no id below the last one can still appear.
    """
    last_fact = _settled_until()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('ledger_seal'))")
        previous = models.Seal.objects.order_by("-number").first()
        start = previous.last_fact if previous else 0
        rows = models.Fact.objects.filter(pk__gt=start, pk__lte=last_fact).order_by("pk").values_list("hash", flat=True)
        hashes = [bytes(value) for value in rows.iterator(chunk_size=10_000)]
        if not hashes:
            return None
        return _write_seal(previous, last_fact, hashes, now)


def _settled_until() -> int:
    """The highest fact id below which nothing can appear any more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("lock table ledger_fact in share mode")
        highest: int | None = models.Fact.objects.aggregate(top=Max("pk"))["top"]
    return highest or 0


def _write_seal(previous: models.Seal | None, last: int, hashes: list[bytes], now: datetime) -> models.Seal:
    number, before, first = 1, rules.NO_HASH, 1
    if previous:
        number, before, first = previous.number + 1, bytes(previous.hash), previous.last_fact + 1
    span, root, authority = rules.Span(first, last, len(hashes)), rules.merkle_root(hashes), ports.authority()
    digest = rules.seal_hash(number=number, span=span, root=root, previous_hash=before)
    return models.Seal.objects.create(
        number=number, first_fact=first, last_fact=last, count=len(hashes), root=root, previous_hash=before, hash=digest,
        token=authority.stamp(digest) if authority else None, sealed_at=now,
    )  # fmt: skip


def anchor_seals(*, now: datetime) -> int:  # noqa: ARG001 - actions take `now`
    """
    Write down, outside the database, the seals that are not written down yet; how many places failed.

    A place that cannot be written to is told and gets all it missed the next time.
    """
    failed = 0
    for folder in anchor_folders():
        try:
            folder.add(_sealed_after(folder.last()))
        except OSError as trouble:
            failed += 1
            log.warning("seals cannot be written down in %s: %s", folder.root, trouble)
    return failed


def _sealed_after(number: int) -> Iterator[Anchored]:
    seals = models.Seal.objects.filter(number__gt=number).order_by("number")
    for each in seals.only("number", "sealed_at", "hash").iterator():
        yield Anchored(each.number, each.sealed_at, bytes(each.hash))


def own_up_to_restoration(*, now: datetime) -> None:
    """Say in the anchors that an older backup was put in place, where they hold seals beyond it."""
    last = models.Seal.objects.aggregate(top=Max("number"))["top"] or 0
    for folder in anchor_folders():
        try:
            folder.own_up(last, now)
        except OSError as trouble:
            log.warning("a restore cannot be written down in %s: %s", folder.root, trouble)
