"""Who reports what to whom on a day: the units of each level of a regime, each with its receiver."""

from dataclasses import dataclass
from datetime import date

from tinhso.modules.government.reporting.rules.templates import Level, Regime
from tinhso.platform.units.queries import (
    NoSuchUnit,
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
    known: dict[tuple[str, str], str] = {}
    for level in regime.levels:
        for unit in list_reporters(level, on):
            receiver = find_receiver(unit, level.receiver, on, known)
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


def find_receiver(unit: UnitRow, wanted: str, on: date, known: dict[tuple[str, str], str] | None = None) -> str:
    """
    The key of the unit that receives from `unit`, empty for none: one of that kind or designation above it, or a department of
    that designation (an "office" is also a kind of unit in communes) nearest below what is above.

    :param known: what was found before on that day, by the unit above
    """
    known = {} if known is None else known
    for above in reversed(unit.path[:-1]):
        if (above, wanted) not in known:
            known[above, wanted] = _receiver_at(above, wanted, on)
        if found := known[above, wanted]:
            return found
    return ""


def _receiver_at(above: str, wanted: str, on: date) -> str:
    """That unit itself, or the nearest department of that designation below it; of the whole country only the unit itself."""
    unit = get_unit(above)
    if wanted in {unit.kind, unit.designation}:
        return above
    if unit.kind == "country":
        return ""
    below = get_units(list_descendant_keys(above, on, kinds=("department",))).values()
    found = sorted((len(each.path), each.key) for each in below if each.designation == wanted)
    return found[0][1] if found else ""


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
