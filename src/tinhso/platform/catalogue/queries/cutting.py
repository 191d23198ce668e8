"""The review list for cutting procedures: which nobody has filed for months, which ask for papers the province holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import connection

from tinhso.platform.cases.models import ProcedureVersion
from tinhso.platform.cases.queries import list_procedures
from tinhso.platform.catalogue.models import RecordVersion
from tinhso.platform.catalogue.queries.finding import Stamp, stamp
from tinhso.platform.catalogue.rules.cutting import Asked, Held, Issued, find_held
from tinhso.platform.catalogue.rules.reading import read_record
from tinhso.platform.people.rules import VIETNAM

A_MONTH = timedelta(days=30.4375)
FILED = "select distinct procedure_code from cases_case where filed_at >= %s"


@dataclass(frozen=True, slots=True)
class Unused:
    """A procedure that can be filed here and that nobody filed; `since` is the day its first text took effect."""

    code: str
    name: str
    since: date


def list_unused(now: datetime, *, months: int) -> list[Unused]:
    """The procedures in force for that long without a single filing in that time, by code."""
    begin = now - months * A_MONTH
    first_day = begin.astimezone(VIETNAM).date()
    with connection.cursor() as cursor:
        cursor.execute(FILED, [begin])
        filed = {code for (code,) in cursor.fetchall()}
    first = dict(ProcedureVersion.objects.order_by("-version").values_list("code", "version"))
    return [
        Unused(procedure.code, procedure.name.vi, first[procedure.code])
        for procedure in list_procedures(now.astimezone(VIETNAM).date())
        if procedure.service_level != "info_only" and procedure.code not in filed and first[procedure.code] <= first_day
    ]


def list_held_papers(on: date) -> tuple[Held, ...]:
    """Papers that procedures of the province's packs and of its communes and agencies ask for although one of them issues it."""
    return _held_papers(on, stamp())


@lru_cache(maxsize=2)
def _held_papers(on: date, _stamp: Stamp) -> tuple[Held, ...]:
    """The same until something changes: all papers of all records are read for it."""
    packs = list_procedures(on)
    own = {procedure.code for procedure in packs}
    asked = [Asked(each.code, each.name.vi, paper.name.vi) for each in packs for paper in each.papers]
    issued = [Issued(each.code, each.name.vi, each.result.name.vi) for each in packs if each.result]
    for code, raw in _records():
        if code in own:
            continue
        text = read_record(raw)
        if {"commune", "province"} & set(text.levels):
            asked += [Asked(code, text.name, paper.name) for paper in text.papers]
            issued += [Issued(code, text.name, result.name) for result in text.results]
    return tuple(sorted(find_held(asked, issued), key=lambda each: (each.asked.code not in own, each.asked.code)))


def _records() -> list[tuple[str, dict[str, object]]]:
    versions = RecordVersion.objects.filter(record__vanished_on=None).exclude(status=RecordVersion.REJECTED)
    newest = versions.order_by("record_id", "-number").distinct("record_id")
    return list(newest.values_list("record__code", "raw"))
