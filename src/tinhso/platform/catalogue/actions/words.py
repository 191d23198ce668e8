"""Everyday words: from the packs, from officers, and what is learned from searches that found nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from tinhso.platform.catalogue import facts, models
from tinhso.platform.catalogue.actions.importing import touch_index
from tinhso.platform.catalogue.adapters import PackWords
from tinhso.platform.catalogue.queries.records import deciding_unit
from tinhso.platform.catalogue.rules.deciding import CannotDecide
from tinhso.platform.catalogue.rules.misses import words_to_keep
from tinhso.platform.catalogue.rules.synonyms import Synonym, checked
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import SYSTEM, VIETNAM, Actor

PACK, OFFICER = "pack", "officer"
MOST_MISSES = 5000
MISS_LASTS = timedelta(days=30)
KEYS = "key", "words", "means", "codes", "origin", "is_used", "changed_by", "changed_at"


@transaction.atomic
def load_words(*, texts: PackWords, now: datetime) -> None:
    """Keep what the packs say; a wording that an officer changed or retired stays as the officer left it."""
    own = set(models.Wording.objects.filter(origin=OFFICER).values_list("key", flat=True))
    rows = {
        synonym.key: models.Wording(
            key=synonym.key, words=synonym.words, means=synonym.means, codes=synonym.codes, origin=PACK, changed_by=SYSTEM.code, changed_at=now
        )
        for synonym in texts.synonyms
        if synonym.key not in own
    }  # fmt: skip
    models.Wording.objects.filter(origin=PACK).exclude(key__in=rows).delete()
    models.Wording.objects.bulk_create(rows.values(), update_conflicts=True, unique_fields=["key"], update_fields=KEYS[1:])  # fmt: skip
    models.SpecialCase.objects.all().delete()
    models.SpecialCase.objects.bulk_create([models.SpecialCase(words=words) for words in dict.fromkeys(texts.special)])
    models.LifeEventRow.objects.all().delete()
    events = {event["code"]: event for event in texts.life_events}
    models.LifeEventRow.objects.bulk_create(
        [models.LifeEventRow(code=code, rank=rank, body=event) for rank, (code, event) in enumerate(events.items())]
    )
    touch_index()


@transaction.atomic
def set_wording(*, synonym: Synonym, key: str = "", actor: Actor, now: datetime) -> models.Wording:
    """
    Add everyday words, or change those known by `key`; finding uses them at once.

    :raises NotAllowed: the actor controls no procedures
    :raises WrongSynonym: there are no words, or neither official words nor codes
    :raises CannotDecide: other words with this beginning are there already
    """
    unit_key = deciding_unit(actor)
    checked(synonym)
    row = models.Wording.objects.filter(key=key).first() if key else None
    if models.Wording.objects.filter(key=synonym.key).exclude(pk=row.pk if row else 0).exists():
        raise CannotDecide("Cách nói đầu tiên đã có trong bảng.", "The first wording is there already.")
    row = row or models.Wording()
    row.key, row.words, row.means, row.codes = (
        synonym.key,
        list(synonym.words),
        list(synonym.means),
        list(synonym.codes),
    )
    row.origin, row.is_used, row.changed_by, row.changed_at = OFFICER, True, actor.code, now
    row.save()
    body = {"wording": row.pk, "words": len(synonym.words), "codes": list(synonym.codes)}
    record_fact(kind=facts.WORDS_SET, subject=facts.CATALOGUE, unit_key=unit_key, body=body, actor=actor, now=now)
    touch_index()
    return row


@transaction.atomic
def retire_wording(*, key: str, actor: Actor, now: datetime) -> None:
    """
    Use these words no more; a later load of the packs does not bring them back.

    :raises NotAllowed: the actor controls no procedures
    """
    unit_key = deciding_unit(actor)
    row = models.Wording.objects.filter(key=key).first()
    if row is None or not row.is_used:
        return
    row.is_used, row.origin, row.changed_by, row.changed_at = False, OFFICER, actor.code, now
    row.save()
    body = {"wording": row.pk}
    record_fact(kind=facts.WORDS_DROPPED, subject=facts.CATALOGUE, unit_key=unit_key, body=body, actor=actor, now=now)
    touch_index()


def note_miss(*, typed: str, now: datetime) -> None:
    """Count words that found nothing, without names, numbers or addresses; beyond a few thousand nothing new is kept."""
    words = words_to_keep(typed)
    if not words:
        return
    today = now.astimezone(VIETNAM).date()
    if models.SearchMiss.objects.filter(words=words).update(asked=F("asked") + 1, last_on=today):
        return
    if models.SearchMiss.objects.count() < MOST_MISSES:
        row = models.SearchMiss(words=words, first_on=today, last_on=today)
        models.SearchMiss.objects.bulk_create([row], ignore_conflicts=True)


def forget_misses(*, now: datetime) -> int:
    """Forget words that were asked only once, a month ago; how many."""
    before = now.astimezone(VIETNAM).date() - MISS_LASTS
    return models.SearchMiss.objects.filter(asked=1, last_on__lt=before, settled="").delete()[0]


@transaction.atomic
def tie_miss(*, words: str, codes: Sequence[str], actor: Actor, now: datetime) -> models.Wording:
    """
    Let words that found nothing lead to procedures from now on.

    :raises NotAllowed: the actor controls no procedures
    :raises CannotDecide: there are no such words, or no procedure is named
    """
    unit_key = deciding_unit(actor)
    miss = models.SearchMiss.objects.select_for_update().filter(words=words).first()
    if miss is None or not codes:
        raise CannotDecide("Hãy chọn thủ tục.", "Choose a procedure.")
    known = models.Wording.objects.filter(key=words).first()
    old = Synonym(tuple(known.words), tuple(known.means), tuple(known.codes)) if known else Synonym((words,))
    synonym = Synonym(old.words, old.means, tuple(dict.fromkeys([*old.codes, *codes])))
    row = set_wording(synonym=synonym, key=words if known else "", actor=actor, now=now)
    miss.settled, miss.settled_by = "tied", actor.code
    miss.save()
    body = {"miss": miss.pk, "codes": list(codes)}
    record_fact(kind=facts.WORDS_TIED, subject=facts.CATALOGUE, unit_key=unit_key, body=body, actor=actor, now=now)
    return row


@transaction.atomic
def drop_miss(*, words: str, actor: Actor, now: datetime) -> None:
    """Put words aside that need no answer. :raises NotAllowed: the actor controls no procedures"""
    unit_key = deciding_unit(actor)
    if models.SearchMiss.objects.filter(words=words).update(settled="dropped", settled_by=actor.code):
        record_fact(kind=facts.WORDS_DROPPED, subject=facts.CATALOGUE, unit_key=unit_key, body={}, actor=actor, now=now)
