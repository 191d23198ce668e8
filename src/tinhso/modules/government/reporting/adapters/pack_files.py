"""The regimes of the chosen packs, read from `reporting/*.toml` of each and kept while the packs stay as they are."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs.files import list_folders, placed, read_table
from tinhso.modules.government.reporting.rules.packs import read_regime
from tinhso.modules.government.reporting.rules.templates import Regime
from tinhso.modules.government.reporting.rules.wording import said
from tinhso.platform.units.queries import forget_when_packs_change, notice_new_packs

FOLDER = "reporting"
Regimes = dict[tuple[str, date], Regime]


def find_regimes() -> Regimes:
    """Every text of every regime, by its code and the day it takes effect."""
    notice_new_packs()
    return _read(str(settings.PACKS_ROOT), tuple(code.strip() for code in settings.PACKS))


@lru_cache(maxsize=8)
def _read(root: str, codes: tuple[str, ...]) -> Regimes:
    return read_folders(list_folders(Path(root), codes))[0]


forget_when_packs_change(_read.cache_clear)


def read_folders(packs: Iterable[Path]) -> tuple[Regimes, list[Problem]]:
    """The regimes of these packs, a later pack's text in place of an earlier one's, and what is wrong, with file and line."""
    found: Regimes = {}
    problems = list[Problem]()
    for pack in packs:
        here = set[tuple[str, date]]()
        for path in sorted((pack / FOLDER).glob("*.toml")):
            wrong = list[Problem]()
            table = read_table(path, problems)
            if not table:
                continue
            regime = replace(read_regime(table, wrong), path=str(path))
            key = (regime.code, regime.version)
            if key in here:
                wrong.append(said("said_twice", ("regime", "code"), value=f"{regime.code} {regime.version}"))
            here.add(key)
            found[key] = regime
            problems += placed(path, wrong)
    return found, problems
