"""Finding over all procedures, those of packs and those only described: an index in memory, remade when something changed."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection

from tinhso.kernel.flow import Procedure, Text
from tinhso.kernel.vietnamese import fold
from tinhso.platform.cases.queries import list_procedures
from tinhso.platform.catalogue import models
from tinhso.platform.catalogue.models import RecordVersion
from tinhso.platform.catalogue.rules.entries import (
    EVERYTHING,
    Entry,
    Found,
    LifeEvent,
    Narrowing,
    audiences_of,
    placed,
)
from tinhso.platform.catalogue.rules.index import Index
from tinhso.platform.catalogue.rules.synonyms import Synonym

Stamp = tuple[Any, ...]
STAMP = """
    select (select number from catalogue_revision where id = 1),
           (select md5(string_agg(sha256, '' order by id)) from cases_procedureversion)
"""
IN_FORCE = """
    select distinct on (r.id) r.code, v.status, v.brief, v.effective_on is not null and v.effective_on <= %(on)s as tells
    from catalogue_record r join catalogue_recordversion v on v.record_id = r.id
    where r.vanished_on is null and v.status <> 'rejected'
    order by r.id, (v.effective_on is not null and v.effective_on <= %(on)s) desc, v.effective_on desc nulls last, v.number desc
"""
_lock = threading.Lock()
_kept: dict[date, tuple[Stamp, Index]] = {}
KEPT_DAYS = 2


def find_procedures(text: str, on: date, narrowing: Narrowing = EVERYTHING) -> list[Found]:
    """What answers the words on that day, best first; an exact code stands alone."""
    return get_index(on).find(text, narrowing)


def list_entries(on: date, narrowing: Narrowing = EVERYTHING) -> list[Entry]:
    """Everything there is on that day: what can be filed here first, then by name."""
    return [entry for entry in get_index(on).by_name if narrowing.lets_through(entry)]


def find_entry(code: str, on: date) -> Entry | None:
    """The entry of that code, or None."""
    index = get_index(on)
    return index.entries[index.by_code[code]] if code in index.by_code else None


def by_life_event(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries by the event of life that they belong to, those without one left out; in the order they come."""
    events: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.life_event:
            events.setdefault(entry.life_event, []).append(entry)
    return events


def list_life_events() -> tuple[LifeEvent, ...]:
    """The life events of the packs, in their order."""
    return tuple(_life_event(row.body) for row in models.LifeEventRow.objects.order_by("rank"))


def get_index(on: date) -> Index:
    """The index of that day; made anew when records, words or packs have changed since."""
    told = stamp()
    kept = _kept.get(on)
    if kept is None or kept[0] != told:
        with _lock:
            kept = _kept.get(on)
            if kept is None or kept[0] != told:
                kept = (told, _build(on))
                _kept[on] = kept
                for day in sorted(_kept)[:-KEPT_DAYS]:
                    del _kept[day]
    return kept[1]


def forget_index() -> None:
    """Let go of every index in memory."""
    with _lock:
        _kept.clear()


def stamp() -> Stamp:
    """Another value after each change of records, words or packs."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(cursor.fetchone())


def _build(on: date) -> Index:
    events = list_life_events()
    described = {entry.code: entry for entry in _described(on)}
    of_packs = [_of_pack(procedure, described.get(procedure.code)) for procedure in list_procedures(on)]
    entries = {**described, **{entry.code: entry for entry in of_packs}}
    rows = models.Wording.objects.filter(is_used=True)
    synonyms = [Synonym(tuple(row.words), tuple(row.means), tuple(row.codes)) for row in rows]
    special = models.SpecialCase.objects.values_list("words", flat=True)
    return Index.of([placed(entry, events) for entry in entries.values()], synonyms, special)


def _described(on: date) -> Iterable[Entry]:
    """What the portal describes: the text in force, else the one that waits, without its doubtful parts."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, {"on": on})
        rows = cursor.fetchall()
    for code, status, brief, tells in rows:
        table = brief if isinstance(brief, dict) else _read(brief)
        waits = not tells
        if waits and (status != RecordVersion.HELD or "identity" in table["held"]):
            continue
        yield _entry(code, table, table["held"] if waits else ())


def _read(text: str) -> dict[str, Any]:
    import json

    table: dict[str, Any] = json.loads(text)
    return table


def _entry(code: str, brief: Mapping[str, Any], held: Iterable[str]) -> Entry:
    return Entry(
        code=code,
        name=Text(brief["name"]),
        sector=brief["sector"],
        levels=tuple(brief["levels"]),
        audiences=tuple(brief["audiences"]),
        results=tuple(brief["results"]),
        held=tuple(held),
        folded_name=brief["folded"],
        folded_body=brief["body"],
    )


def _of_pack(procedure: Procedure, described: Entry | None) -> Entry:
    """The pack wins; what only the portal says (whom it is for, at which level) is taken from there."""
    levels = ("commune",) if any("commune" in str(kind) for kind in procedure.handled_by) else ("province",)
    own = Entry(
        code=procedure.code,
        name=procedure.name,
        summary=procedure.summary,
        sector=procedure.sector.vi,
        levels=levels,
        audiences=audiences_of(procedure.life_event),
        life_event=procedure.life_event,
        aliases=procedure.aliases,
        results=(procedure.result.name.vi,) if procedure.result else (),
        fileable=procedure.service_level != "info_only" and bool(procedure.form),
        service_level=procedure.service_level,
        folded_name=fold(procedure.name.vi),
        from_pack=True,
    )
    if described is None:
        return own
    aliases = tuple(dict.fromkeys((*procedure.aliases, described.name.vi)))
    return replace(
        own, levels=described.levels or levels, audiences=described.audiences or own.audiences, aliases=aliases
    )


def _life_event(body: Mapping[str, Any]) -> LifeEvent:
    return LifeEvent(
        code=body["code"],
        name=Text(body["name"]["vi"], body["name"].get("en", "")),
        icon=body.get("icon", "paper"),
        sectors=frozenset(body.get("sectors", ())),
        words=tuple(word.lower() for word in body.get("words", ())),
    )
