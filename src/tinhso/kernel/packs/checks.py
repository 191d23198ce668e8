"""Everything that is wrong with packs, file by file and line by line, for `tinhso packs check`."""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tinhso.kernel.flow import Known, Problem, Procedure, find_problems
from tinhso.kernel.flow.fee_checks import find_tariff_problems
from tinhso.kernel.flow.fee_reading import read_tariff
from tinhso.kernel.packs.contents import Packs, form_on
from tinhso.kernel.packs.form_checks import find_form_problems
from tinhso.kernel.packs.reading import Reading, read_all
from tinhso.kernel.packs.wording import problem
from tinhso.kernel.worktime import WorktimeError, read_calendars

UNIT_KINDS = frozenset({"country", "province", "district", "commune", "department", "agency", "desk"})


def check_packs(root: Path, codes: Iterable[str]) -> list[Problem]:
    """
    Everything that is wrong with these packs and those they require, ordered by file and line.

    It never stops at the first problem; each has `path`, `line`, `code`, `vi` and `en`.
    """
    reading = read_all(root, codes)
    packs = reading.contents()
    kinds = UNIT_KINDS | _kinds_of_units(packs)
    for form in packs.forms.values():
        reading.report_piece(form, find_form_problems(form))
    for procedure in packs.procedures.values():
        found = [*find_problems(procedure, _known(packs, procedure, kinds)), *_circles(packs, procedure)]
        reading.report_piece(procedure, found)
    _check_tariffs(reading, packs)
    _check_calendars(reading)
    _check_syntax_of_the_rest(reading)
    return sorted(reading.problems, key=lambda each: (each.path, each.line, each.code))


def _check_tariffs(reading: Reading, packs: Packs) -> None:
    """What provinces set must be fees that are left to them."""
    fees = [(code, fee) for (code, _), procedure in packs.procedures.items() for fee in procedure.fees]
    for pack in reading.packs:
        path = pack.folder / "fees.toml"
        if path.is_file():
            tariff, _ = read_tariff(reading.toml(path))
            reading.report(path, find_tariff_problems(tariff, fees))


def _check_calendars(reading: Reading) -> None:
    """Calendars build on those of the packs before; the first pack that cannot be added is told."""
    folders = [pack.folder for pack in reading.packs]
    spoilt = {each.path for each in reading.problems}
    for count, folder in enumerate(folders, start=1):
        path = folder / "calendars.toml"
        if not path.is_file() or str(path) in spoilt:
            continue
        try:
            read_calendars(*folders[:count])
        except WorktimeError as error:
            reading.report(path, [Problem("wrong_calendar", error.vi, error.en)])
            return


def _check_syntax_of_the_rest(reading: Reading) -> None:
    """Files that others read must at least be TOML."""
    for pack in reading.packs:
        for path in sorted(pack.folder.rglob("*.toml")):
            if path not in reading.opened:
                reading.toml(path)


def _known(packs: Packs, procedure: Procedure, unit_kinds: frozenset[str]) -> Known:
    """What a procedure may name: what is in force on the day it takes effect."""
    form = form_on(packs, procedure.form, procedure.version)
    return Known(
        roles=packs.roles.keys(),
        form_fields={form.code: {field.code for field in form.fields()}} if form else {},
        procedures={code for code, version in packs.procedures if version <= procedure.version},
        notices=packs.texts.keys(),
        unit_kinds=unit_kinds,
    )


def _kinds_of_units(packs: Packs) -> frozenset[str]:
    """Kinds of agencies that law names (`unit_kinds.toml`), and what the units of the packs are."""
    kinds = {row.get("code") or "" for path in packs.files("unit_kinds.toml") for row in _kinds(path)}
    for path in packs.files("units.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            kinds.update(row.get(name) or "" for row in csv.DictReader(lines) for name in ("kind", "designation"))
    return frozenset(kinds - {""})


def _kinds(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(path.read_text("utf-8")).get("kind", [])
    return found


def _circles(packs: Packs, procedure: Procedure) -> Iterator[Problem]:
    """Sub-cases that would open cases of this procedure again."""
    for state in procedure.states:
        for row, sub_case in enumerate(state.sub_cases):
            if circle := _way_back(packs, sub_case.procedure, procedure.code, (procedure.code,)):
                place = ("state", state.row, "sub_cases", row, "procedure")
                yield problem("circle_of_sub_cases", place, procedure=procedure.code, circle=" → ".join(circle))


def _way_back(packs: Packs, code: str, goal: str, way: tuple[str, ...]) -> tuple[str, ...]:
    if code == goal:
        return (*way, code)
    if code in way:
        return ()
    opened = {
        sub_case.procedure
        for (found, _), procedure in packs.procedures.items()
        if found == code
        for state in procedure.states
        for sub_case in state.sub_cases
    }
    return next((circle for each in sorted(opened) if (circle := _way_back(packs, each, goal, (*way, code)))), ())
