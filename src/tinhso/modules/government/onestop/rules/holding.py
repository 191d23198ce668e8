"""What is held about the person who files: what a form wants of it, how a draft keeps it, what was asked although held."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tinhso.kernel.flow import Fee, Text, holds
from tinhso.kernel.flow.conditions import fields_of
from tinhso.kernel.packs import Field, Form
from tinhso.kernel.vietnamese import fold
from tinhso.modules.government.onestop.rules.filing import RELATION, RELATIONS
from tinhso.platform.forms.rules import Held, Taken
from tinhso.platform.registers.rules import BY_CODE, Looked, plan

HELD: Final = "_held"  # in a draft's answers: what was held when it was begun; no field of a pack begins so
IDENTIFYING: Final = frozenset({"person_name", "personal_number", "phone", "email", "date", "text", "long_text"})
OF_RESULTS: Final = frozenset({"person_name", "personal_number"})
HOUSEHOLD_CLASS: Final = "household_class"  # what conditions of fees call it
CORRECTED: Final = "corrected_fields"  # in the fact of filing
CLASS_PATH: Final = "household.poverty_class"
SHORTEST = 8  # a shorter text may agree by chance
Seal = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One holder in one place: "person" in the residence database, "result.1.013225" in a permit, "earlier" in a filing.

    `relation` is what the filer then was to the subject; an earlier filing speaks only for one in the same part.
    """

    holder: str
    values: Mapping[str, Any]
    origin: Text
    is_vouched: bool = False
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """
    What a draft keeps of what is held: the entries, which registers were away, what was asked of registers already.

    `marks` tell by a keyed hash whether something typed is held, without keeping what.
    """

    entries: tuple[Entry, ...] = ()
    away: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    @property
    def household_class(self) -> Entry | None:
        """What the register of poor households says, where it said something."""
        path = CLASS_PATH.rpartition(".")
        return next((each for each in self.entries if each.holder == path[0] and path[2] in each.values), None)

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it."""
        entries = [
            [each.holder, dict(each.values), each.origin.vi, each.origin.en, each.is_vouched, each.relation]
            for each in self.entries
        ]
        return {
            "entries": entries, "away": list(self.away), "asked": sorted(self.asked), "marks": sorted(self.marks),
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Holdings":
        """What `as_json` wrote."""
        entries = tuple(
            Entry(holder, values, Text(vi, en), is_vouched, relation)
            for holder, values, vi, en, is_vouched, relation in kept["entries"]
        )
        return cls(entries, tuple(kept["away"]), frozenset(kept["asked"]), frozenset(kept["marks"]))


def paths_of(form: Form) -> Iterator[tuple[str, Any]]:
    """Every path that a form would take an answer from, with the condition it does so under."""
    for field in form.fields():
        for each in (field, *field.fields):
            for source in each.prefill:
                yield source.path, source.when


def due_at_registers(
    form: Form, fees: Iterable[Fee], answers: Mapping[str, Any], held: Mapping[str, Any]
) -> frozenset[str]:
    """
    What registers are to be asked for now: what the form would take over under the answers so far, and nobody here holds;
    and the class of the household where a fee depends on it.

    Of a residence only the commune is held here, so that the registers are asked for the whole of it.

    :param held: what is held of the person here, by the last word of the path
    """
    relation = answers.get(RELATION)
    reliefs = [relief.when for fee in fees for relief in (*fee.exemptions, *fee.reductions)]
    wanted = {CLASS_PATH for when in reliefs if HOUSEHOLD_CLASS in fields_of(when)}
    for path, when in paths_of(form):
        holder, _, name = path.rpartition(".")
        if holder.startswith("relation.") and holder == f"relation.{relation}":
            holder = "person"
        if holds(when, answers) and holder in {"person", "spouse", "household"}:
            wanted.add(f"{holder}.{name}")
    known = {f"person.{name}" for name, value in held.items() if value and name != "residence"}
    return frozenset(path for fields in plan(wanted - known).values() for path in fields)


def entries_of(looked: Sequence[Looked]) -> tuple[Entry, ...]:
    """What registers said, with their name and day as the origin."""
    return tuple(Entry(each.holder, dict(each.values), _from(each.register, each.as_of), is_vouched=True) for each in looked)  # fmt: skip


def _from(register: str, as_of: date) -> Text:
    name = BY_CODE[register].name
    return Text(f"Lấy từ {name.vi}, ngày {as_of:%d/%m/%Y}", f"From the {name.en}, {as_of:%d/%m/%Y}")


def sources_from(holdings: Holdings, form: Form, answers: Mapping[str, Any]) -> dict[str, list[Held]]:
    """What forms may take over, by holder; `relation.mother` is the person when the filer says to be the mother."""
    relation = answers.get(RELATION)
    asks_relation = any(field.code == RELATION for field in form.fields())
    sources: dict[str, list[Held]] = {}
    for each in holdings.entries:
        if each.relation and asks_relation and each.relation != relation:
            continue
        sources.setdefault(each.holder, []).append(Held(each.values, each.origin, each.is_vouched))
    if relation in RELATIONS and "person" in sources:
        sources[f"relation.{relation}"] = sources["person"]
    return sources


def away_for(form: Form, page: str, holdings: Holdings, taken: Taken) -> list[Text]:
    """The registers that could have answered questions of a page, and did not."""
    fields = [
        field for each in form.pages if each.code == page for field in each.fields if field.code not in taken.held
    ]
    wanted = {source.path for field in fields for source in field.prefill} & holdings.asked
    return [BY_CODE[code].name for code in plan(wanted) if code in holdings.away]


def changes_of(
    *, before: Mapping[str, Any], after: Mapping[str, Any], known: Mapping[str, Any], stands: Mapping[str, Any]
) -> dict[str, Any]:
    """
    What changes in a draft when other things can be taken over than before: what is new stands where nothing does, what
    was taken over and is so no more goes (None) or is replaced, unless the person changed it.

    :param known: the answers that fit; `stands` all that was typed
    """
    stale = {code: after.get(code) for code, value in before.items() if after.get(code) != value == known.get(code)}
    return stale | {code: value for code, value in after.items() if code not in stands}


def mark_of(kind: str, value: Any, seal: Seal) -> str:
    """What tells whether two values of a kind are the same; empty where agreement would say nothing."""
    text = re.sub(r"\W+", " ", fold(str(value))).strip()
    if kind in {"text", "long_text"}:
        kind = "text"
        if len(text) < SHORTEST:
            return ""
    return seal(f"{kind} {text}") if text else ""


def measures_of(form: Form, answers: Mapping[str, Any], taken: Taken, holdings: Holdings, seal: Seal) -> dict[str, Any]:
    """
    How much a filing asked: counts, and the codes of questions whose held answer the person changed; nobody's data.

    `asked` are the questions the person had to answer, `prefilled` those that stood answered, `corrected` of these the
    ones the person changed, `asked_although_held` of the asked those whose answer is, word for word, what was held: names,
    numbers, days of birth, telephones, addresses of the person, of the household, and on the person's results.
    """
    shown = [field for field in form.fields() if field.code in answers and field.kind != "group"]
    asked = [field for field in shown if field.code not in taken.held]
    prefilled = [field for field in shown if field.code in taken.held]
    again = [field for field in asked if _is_held(field, answers[field.code], holdings.marks, seal)]
    corrected = [field.code for field in prefilled if answers[field.code] != taken.answers[field.code]]
    counts = {
        "asked": len(asked), "prefilled": len(prefilled), "corrected": len(corrected), "asked_although_held": len(again),
    }  # fmt: skip
    return counts | ({CORRECTED: corrected} if corrected else {})


def _is_held(field: Field, value: Any, marks: Collection[str], seal: Seal) -> bool:
    return field.kind in IDENTIFYING and mark_of(field.kind, value, seal) in marks


def marks_from(pairs: Collection[tuple[str, Any]], seal: Seal) -> frozenset[str]:
    """The marks of values, each with the kind of field that would ask for it."""
    return frozenset(mark for kind, value in pairs if value and (mark := mark_of(kind, value, seal)))
