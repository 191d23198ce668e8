"""Asking the registers for what one filing needs, and writing down that they were asked."""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from tinhso.platform.people.actions import record_sight
from tinhso.platform.people.queries import find_person_by_number
from tinhso.platform.people.rules import Actor
from tinhso.platform.registers import rules
from tinhso.platform.registers.adapters import find_registers
from tinhso.platform.registers.ports import Answer, OutsideRegister, Question, Refused, Unreachable


@dataclass(frozen=True, slots=True)
class Purpose:
    """For whom and what for: the person's code and number, the procedure's code and name, what tells the filing."""

    person_code: str
    number: str
    procedure: str
    name: str
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the registers said, and which of them did not answer."""

    looked: tuple[rules.Looked, ...] = ()
    away: tuple[str, ...] = ()


NOTHING = Told()


def ask_registers(
    *,
    purpose: Purpose,
    wanted: Collection[str],
    registers: Mapping[str, OutsideRegister] | None = None,
    actor: Actor,
    now: datetime,
) -> Told:
    """
    Ask each register that holds something of what is wanted, side by side, and only that; the person sees it in the list
    of looks, and so does the husband or wife whose data came with it.

    Call it outside of a transaction: it waits for others. Nothing is asked without a personal number.

    :param wanted: paths like "person.ethnic_group"
    """
    known = find_registers() if registers is None else registers
    planned = {code: fields for code, fields in rules.plan(wanted).items() if code in known}
    if not purpose.number or not planned:
        return NOTHING
    with ThreadPoolExecutor(max_workers=len(planned)) as pool:
        answers = dict(zip(planned, pool.map(lambda each: _ask(known[each[0]], each[1], purpose), planned.items()), strict=True))  # fmt: skip
    looked = [
        each
        for code, answer in answers.items()
        if answer
        for each in rules.sorted_out(code, planned[code], answer.values, answer.as_of)
    ]
    _record(purpose, {code: planned[code] for code, answer in answers.items() if answer}, looked, actor, now)
    return Told(tuple(looked), tuple(code for code, answer in answers.items() if answer is None))


def _ask(register: OutsideRegister, fields: frozenset[str], purpose: Purpose) -> Answer | None:
    try:
        return register.ask(Question(purpose.number, fields, purpose.procedure, purpose.issue))
    except (Unreachable, Refused):
        return None


def _record(
    purpose: Purpose,
    asked: Mapping[str, frozenset[str]],
    looked: Iterable[rules.Looked],
    actor: Actor,
    now: datetime,
) -> None:
    """One look for each register, by the register's own name: people do not look at their own data, the platform did."""
    for code, fields in asked.items():
        machine = Actor(code=f"register:{code}", kind="machine", name=rules.BY_CODE[code].name.vi)
        words = f"Điền sẵn tờ khai {purpose.name}: {rules.words_for(code, fields)}"
        record_sight(actor=machine, subject_code=purpose.person_code, purpose=words, now=now)
    for each in looked:
        number = str(each.values.get("number", "")) if each.holder == "spouse" else ""
        found = find_person_by_number(number) if number else None
        if found:
            words = f"Điền sẵn tờ khai {purpose.name} của vợ hoặc chồng"
            record_sight(actor=replace(actor, posts=()), subject_code=found.code, purpose=words, now=now)
