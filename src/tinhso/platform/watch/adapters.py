"""The rules of warning in the files of the packs: `warnings.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs import Packs
from tinhso.kernel.packs.positions import line_of, positions
from tinhso.platform.watch.rules import WrongRule, read_rule

NAME = "warnings.toml"


def read_files(packs: Packs) -> dict[str, Mapping[str, Any]]:
    """The tables of all rules by code; a later pack's stands for an earlier one's."""
    return {str(table.get("code", "")): table for path in packs.files(NAME) for table in _tables(path)}


def find_problems(packs: Packs) -> Iterator[Problem]:
    """Everything that is wrong with the rules, with file and line; names of states that no procedure has too."""
    states = {state.code for procedure in packs.procedures.values() for state in procedure.states}
    kinds = {procedure.kind for procedure in packs.procedures.values()}
    for path in packs.files(NAME):
        seen = set[str]()
        for row, table in enumerate(_tables(path)):
            for problem in _problems_of(table, seen, {"states": states, "kinds": kinds}):
                yield replace(problem, path=str(path), line=_line(path, row, problem))
            seen.add(str(table.get("code", "")))


def _problems_of(table: Mapping[str, Any], seen: set[str], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    try:
        rule = read_rule(table)
    except WrongRule as wrong:
        yield from wrong.problems
        return
    if rule.code in seen:
        yield Problem(
            "rule_twice", f"Quy tắc “{rule.code}” đã có ở trên.", f"The rule “{rule.code}” stands above.", ("code",)
        )
    for key, named in (("states", rule.states), ("kinds", rule.kinds)):
        for each in named:
            if each not in known[key]:
                vi, en = f"Không thủ tục nào có “{each}” ({key}).", f"No procedure has “{each}” ({key})."
                yield Problem("rule_of_nothing", vi, en, (key,))


def _tables(path: Path) -> list[Mapping[str, Any]]:
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("warning", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return []  # said where every file is read
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _line(path: Path, row: int, problem: Problem) -> int:
    return line_of(("warning", row, *problem.place), positions(path.read_text("utf-8")))
