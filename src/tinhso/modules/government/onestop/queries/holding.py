"""What this platform holds about a person: the person's row, organisations, results in force, earlier filings."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.crypto import salted_hmac

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.queries.letters import agency_of
from tinhso.modules.government.onestop.rules.filing import RELATION, Known, held_about
from tinhso.modules.government.onestop.rules.holding import (
    OF_RESULTS,
    Entry,
    Holdings,
    entries_of,
    marks_from,
    paths_of,
)
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.queries import get_procedure, list_filed_by
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.forms.queries import find_form_on
from tinhso.platform.forms.rules import Held
from tinhso.platform.people.queries import PersonRow, list_represented
from tinhso.platform.registers.rules import Looked
from tinhso.platform.units import queries as units

MOST_RESULTS: Final = 20
MOST_FILINGS: Final = 10
AUTHORISED: Final = "is_authorised"  # who files for somebody else gives that one's data, not the own
KINDS: Final = {
    "name": "person_name", "number": "personal_number", "birth_date": "date", "phone": "phone", "email": "email",
    "residence": "text", "address": "text", "head_name": "person_name", "head_number": "personal_number", "tax_code": "text",
}  # fmt: skip
Pairs = Iterator[tuple[str, Any]]


def seal(text: str) -> str:
    """A keyed hash, short: enough to tell values of one person apart."""
    return salted_hmac("onestop.held", text, algorithm="sha256").hexdigest()[:16]


def gather(form: Form, person: PersonRow | None, on: date) -> Holdings:
    """
    What is held here of the person that the form would take over, and marks of what else would be asked in vain.

    Six statements at the most; no register outside is asked.
    """
    if person is None:
        return Holdings()
    wanted: dict[str, set[str]] = {}
    for path, _when in paths_of(form):
        holder, _, name = path.rpartition(".")
        wanted.setdefault(holder, set()).add(name)
    about = held_about(known_of(person))
    own = [Entry("person", about.values, about.origin, about.is_vouched)]
    results, numbers = _results(person.code, on, wanted)
    represented = _represented(person.code) if "organisation" in wanted else []
    earlier = _earlier(person.code, wanted.get("earlier", set()))
    pairs = [
        *numbers,
        *_pairs("person", about),
        *(pair for each in represented for pair in _pairs("organisation", each)),
    ]
    entries = [*own, *(Entry("organisation", each.values, each.origin) for each in represented), *results, *earlier]
    return Holdings(tuple(_slim(entries)), marks=marks_from(pairs, seal))


def with_looked(
    holdings: Holdings, looked: tuple[Looked, ...], away: tuple[str, ...], asked: frozenset[str]
) -> Holdings:
    """The holdings with what registers said before what is held here, and what they were asked."""
    pairs = [(KINDS[name], value) for each in looked for name, value in each.values.items() if name in KINDS]
    return replace(
        holdings,
        entries=(*entries_of(looked), *holdings.entries),
        away=tuple(dict.fromkeys((*holdings.away, *away))),
        asked=holdings.asked | asked,
        marks=holdings.marks | marks_from(pairs, seal),
    )


def known_of(person: PersonRow) -> Known:
    """What the person's row tells."""
    return Known(
        name=person.name, number=person.personal_number or "", birth_on=person.birth_on, sex=person.sex,
        phone=person.phone, email=person.email, residence=address_of(person.residence_key), source=person.source,
    )  # fmt: skip


def address_of(unit_key: str) -> str:
    """A residence as one writes it, commune and province; empty when unknown."""
    line = units.get_units([unit_key]) if unit_key else {}
    if not line:
        return ""
    unit = line[unit_key]
    return ", ".join([unit.name, *(above.name for above in units.list_ancestors(unit_key) if above.kind == "province")])


def _pairs(holder: str, held: Held) -> Pairs:
    for name, value in held.values.items():
        kind = KINDS.get(name, "")
        if kind:
            yield ("text" if holder == "organisation" else kind), value


def _slim(entries: list[Entry]) -> Iterator[Entry]:
    for each in entries:
        values = {name: value for name, value in each.values.items() if value not in (None, "")}
        if values:
            yield replace(each, values=values)


def _represented(person_code: str) -> list[Held]:
    origin = Text("Theo dữ liệu của tổ chức bạn đại diện", "From what is held of the body you represent")
    return [
        Held({"name": each.name, "tax_code": each.tax_code, "address": address_of(each.seat_key)}, origin)
        for each in list_represented(person_code)
    ]


def _results(person_code: str, on: date, wanted: Mapping[str, set[str]]) -> tuple[list[Entry], list[tuple[str, Any]]]:
    """The person's results in force under each name a form may call them by, the newest first; and what is on them."""
    held = IssuedResult.objects.filter(holder_code=person_code, withdrawn_at=None, count__isnull=False)
    rows = list(held.filter(Q(valid_to=None) | Q(valid_to__gte=on)).order_by("-id")[:MOST_RESULTS])
    cases = {row.public_id: row for row in Case.objects.filter(public_id__in=[row.case_public_id for row in rows])}
    entries, pairs = list[Entry](), list[tuple[str, Any]]()
    for row in rows:
        case = cases.get(row.case_public_id)
        if case is None or row.issued_on is None:
            continue
        pairs += [("text", row.number), *_people_on(case, on)]
        codes = (case.procedure_code, row.result_code, f"{row.result_code}/{row.series}")
        for holder in (f"result.{code}" for code in codes if f"result.{code}" in wanted):
            entries.append(Entry(holder, _on_paper(row, case, wanted[holder]), _from_result(row), is_vouched=True))
    return entries, pairs


def _on_paper(row: IssuedResult, case: Case, names: set[str]) -> dict[str, Any]:
    values: dict[str, Any] = {name: value for name, value in case.data.items() if name in names}
    if "issued_by" in names:
        values["issued_by"] = agency_of(row.unit_key, row.signed_at)["name"]
    about = {"number": row.number, "issued_on": row.issued_on.isoformat() if row.issued_on else "", "held": True}
    if row.issued_on:
        about["issued_year"] = row.issued_on.year
    return values | {name: value for name, value in about.items() if name in names}


def _from_result(row: IssuedResult) -> Text:
    day = f"{row.issued_on:%d/%m/%Y}"
    return Text(f"Lấy từ {row.name} số {row.number}, ngày {day}", f"From {row.name} no. {row.number}, {day}")


def _people_on(case: Case, on: date) -> Pairs:
    """Names and numbers of people that stand on a result."""
    form = find_form_on(get_procedure(case.procedure_code, case.procedure_version).form, on)
    for field in form.fields() if form else ():
        if field.kind in OF_RESULTS and case.data.get(field.code):
            yield field.kind, case.data[field.code]


def _earlier(person_code: str, names: set[str]) -> list[Entry]:
    """What the person gave before, the newest filing first; filings for somebody else do not speak of the person."""
    if not names:
        return []
    entries = []
    for row in list_filed_by(person_code, limit=MOST_FILINGS):
        values = {name: value for name, value in row.data.items() if name in names}
        if values and row.data.get(AUTHORISED) is not True and row.filed_at:
            day = f"{row.filed_at.astimezone(VIETNAM):%d/%m/%Y}"
            code = row.code or row.public_id
            origin = Text(f"Bạn đã khai ở hồ sơ {code}, ngày {day}", f"From your filing {code}, {day}")
            entries.append(Entry("earlier", values, origin, relation=str(row.data.get(RELATION, ""))))
    return entries
