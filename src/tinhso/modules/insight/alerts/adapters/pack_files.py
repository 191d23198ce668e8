"""Rules and events in the files of the packs: `alerts/*.toml` and `events.toml`; a later pack's stand for an earlier one's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs.files import list_folders, placed, read_table
from tinhso.modules.insight.alerts.rules.definitions import AlertRule, read_rule
from tinhso.modules.insight.alerts.rules.happenings import Happening, read_happening
from tinhso.modules.insight.alerts.rules.wording import problem
from tinhso.platform.units.queries import forget_when_packs_change

Read = Callable[[Mapping[str, Any], list[Problem]], Any]


@dataclass(frozen=True, slots=True)
class Definitions:
    """What the packs say: rules and events by code."""

    rules: dict[str, AlertRule] = field(default_factory=dict)
    events: dict[str, Happening] = field(default_factory=dict)


def find_definitions() -> Definitions:
    """All rules and events of the packs in use."""
    return _read(str(settings.PACKS_ROOT), tuple(code.strip() for code in settings.PACKS))


@lru_cache(maxsize=8)
def _read(root: str, codes: tuple[str, ...]) -> Definitions:
    return read_folders(list_folders(Path(root), codes))[0]


forget_when_packs_change(_read.cache_clear)


def read_folders(packs: Iterable[Path]) -> tuple[Definitions, list[Problem]]:
    """What these packs say, the later one winning, and everything that is wrong with it, each with file and line."""
    whole, problems = Definitions(), list[Problem]()
    for pack in packs:
        for path in sorted((pack / "alerts").glob("*.toml")):
            whole.rules.update(_rows(path, "alert", read_rule, problems))
        if (pack / "events.toml").is_file():
            whole.events.update(_rows(pack / "events.toml", "event", read_happening, problems))
    return whole, problems


def _rows(path: Path, name: str, read: Read, problems: list[Problem]) -> dict[str, Any]:
    """The rows of one file that are as they must be, by code."""
    rows = read_table(path, problems).get(name, [])
    kept, wrong = dict[str, Any](), list[Problem]()
    for place, row in enumerate(rows if isinstance(rows, list) else []):
        faults = list[Problem]()
        found = read(row, faults)
        if not faults and found.code in kept:
            faults.append(problem("twice", ("code",), code=found.code))
        if not faults:
            kept[found.code] = found
        wrong += [replace(each, place=(name, place, *each.place)) for each in faults]
    problems += placed(path, wrong)
    return kept
