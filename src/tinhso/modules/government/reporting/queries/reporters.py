"""Who reports what to whom on a day: the units of each level of a regime, each with its receiver."""

from dataclasses import dataclass
from datetime import date

from tinhso.modules.government.reporting.rules.templates import Level, Regime
from tinhso.platform.units.queries import (
    NoSuchUnit,
    find_nearest,
    get_unit,
    get_units,
    list_descendant_keys,
    list_with_agency,
)
from tinhso.platform.units.rules import UnitRow


@dataclass(frozen=True, slots=True)
class Assignment:
    """One unit that owes a report, to whom; `is_summed` for the receiver's own, which is added up from those below."""

    unit_key: str
    receiver_key: str = ""
    is_summed: bool = False


def assignments_of(regime: Regime, on: date) -> list[Assignment]:
    """
    Everybody who owes a report of that regime: those who report, then those who receive (theirs is summed).

    A receiver that itself reports further up owes one summed report, to its own receiver.
    """
    found: dict[str, Assignment] = {}
    for level in regime.levels:
        for unit in list_reporters(level, on):
            receiver = find_receiver(unit, level.receiver, on)
            if receiver and receiver != unit.key:
                found[unit.key] = Assignment(unit.key, receiver)
    for receiver in dict.fromkeys(each.receiver_key for each in list(found.values())):
        above = found.pop(receiver, Assignment(receiver)).receiver_key
        found[receiver] = Assignment(receiver, above, is_summed=True)
    return list(found.values())


def list_reporters(level: Level, on: date) -> list[UnitRow]:
    """The units of a level on that day, in the provinces whose packs are here."""
    found = {unit.key: unit for unit in list_with_agency(on, kinds=level.reporters)}
    if "department" in level.reporters:
        keys = [key for home in _homes(on) for key in list_descendant_keys(home, on, kinds=("department",))]
        found |= get_units(keys)
    return list(found.values())


def find_receiver(unit: UnitRow, kind: str, on: date) -> str:
    """The key of the unit of that kind that receives from `unit`: above it, or nearest below what is above; empty for none."""
    if len(unit.path) < 2:
        return ""
    try:
        return find_nearest(unit.path[-2], kind, on).key
    except NoSuchUnit:
        return ""


def _homes(on: date) -> list[str]:
    """The provinces that have agencies in the packs."""
    communes = list_with_agency(on, kinds=("commune",))
    return list(dict.fromkeys(home for each in communes if (home := home_province_of(each.path))))


def home_province_of(path: tuple[str, ...]) -> str:
    """The key of the province on a line of keys; empty where there is none."""
    units = get_units(path)
    return next((key for key in path if key in units and units[key].kind == "province"), "")


def name_of(unit_key: str, language: str = "vi") -> str:
    """What people call a unit; its key where it is not known."""
    try:
        return get_unit(unit_key).name_in(language)
    except NoSuchUnit:
        return unit_key
