"""The report on the portal's data: how many records have which fault, lists by fault and state, what people searched in vain."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from tinhso.kernel.vietnamese import fold
from tinhso.platform.catalogue import models
from tinhso.platform.catalogue.rules.faults import KINDS, WEIGHTS

ON_A_PAGE = 30
LATEST = """
    with latest as (
        select distinct on (r.id) r.code, r.vanished_on, v.number, v.status, v.brief, v.faults, v.effective_on
        from catalogue_record r join catalogue_recordversion v on v.record_id = r.id
        order by r.id, v.number desc
    )
"""
LISTED = "select code, number, brief, status, faults from latest"
FAULTS = f"""{LATEST}
    select f->>'code', count(distinct code) from latest, jsonb_array_elements(faults) f
    where vanished_on is null group by 1
"""  # noqa: S608 - constants only
STATUSES = f"""{LATEST}
    select case when vanished_on is null then status else 'vanished' end, count(*) from latest group by 1
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of records is limited to; empty means everything."""

    fault: str = ""
    status: str = ""
    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """A record in a list: its newest version, its state, the codes of its faults, the gravest first."""

    code: str
    number: int
    name: str
    status: str
    faults: tuple[str, ...]
    held: tuple[str, ...]


def count_faults() -> list[tuple[str, int]]:
    """How many records have each fault in their newest version, by weight, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(FAULTS)
        counted: dict[str, int] = dict(cursor.fetchall())
    return sorted(counted.items(), key=lambda each: (WEIGHTS.index(KINDS[each[0]].weight), -each[1]))


def count_statuses() -> dict[str, int]:
    """How many records stand where: clear, held, approved, rejected, vanished."""
    with connection.cursor() as cursor:
        cursor.execute(STATUSES)
        return dict(cursor.fetchall())


def list_reported(asked: Filter, *, limit: int = ON_A_PAGE) -> tuple[list[Reported], str]:
    """Records by code, and the code after which the next page begins (empty at the end)."""
    conditions, values = _conditions(asked)
    # Only the names of columns are joined; every value comes apart from the text.
    query = f"{LATEST} {LISTED} where {conditions} order by code limit %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, limit + 1])
        rows = [_reported(*row) for row in cursor.fetchall()]
    return rows[:limit], rows[limit - 1].code if len(rows) > limit else ""


def _conditions(asked: Filter) -> tuple[str, list[Any]]:
    parts, values = ["code > %s"], [asked.after]
    parts.append("vanished_on is not null" if asked.status == "vanished" else "vanished_on is null")
    if asked.status and asked.status != "vanished":
        parts.append("status = %s")
        values.append(asked.status)
    if asked.fault in KINDS:
        parts.append("faults @> jsonb_build_array(jsonb_build_object('code', %s::text))")
        values.append(asked.fault)
    if asked.text:
        parts.append("(brief->>'folded' like %s or code = %s)")
        values += [f"%{fold(asked.text).replace('%', '').replace('_', ' ')}%", asked.text]
    return " and ".join(parts), values


def _reported(code: str, number: int, brief: Any, status: str, faults: Any) -> Reported:
    import json

    table = brief if isinstance(brief, dict) else json.loads(brief)
    listed = faults if isinstance(faults, list) else json.loads(faults)
    codes = sorted({each["code"] for each in listed}, key=lambda each: (WEIGHTS.index(KINDS[each].weight), each))
    return Reported(code, number, table["name"], status, tuple(codes), tuple(table["held"]))


def list_misses(limit: int = 100) -> list[models.SearchMiss]:
    """Words that found nothing and that nobody has settled, the most asked first."""
    return list(models.SearchMiss.objects.filter(settled="").order_by("-asked", "-last_on", "words")[:limit])


def list_wordings(text: str = "", *, after: str = "", limit: int = ON_A_PAGE) -> tuple[list[models.Wording], str]:
    """Everyday words in use, by their first wording, and where the next page begins."""
    rows = models.Wording.objects.filter(is_used=True, key__gt=after)
    if text:
        rows = (
            rows.filter(words__icontains=text)
            | rows.filter(key__contains=fold(text))
            | rows.filter(codes__contains=[text])
        )
    found = list(rows.order_by("key")[: limit + 1])
    return found[:limit], found[limit - 1].key if len(found) > limit else ""


def find_wording(key: str) -> models.Wording | None:
    """The everyday words of that key, or None."""
    return models.Wording.objects.filter(key=key).first()
