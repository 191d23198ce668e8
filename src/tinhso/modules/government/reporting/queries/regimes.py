"""The regimes in force and those that reports were made under."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tinhso.kernel.flow import Problem
from tinhso.modules.government.reporting.adapters import pack_files
from tinhso.modules.government.reporting.rules.periods import period_of
from tinhso.modules.government.reporting.rules.templates import Regime
from tinhso.platform.people.queries import get_names


class NoRegime(LookupError):
    """There is no such regime, or no such text of it."""

    def __init__(self, code: str) -> None:
        self.vi = f"Không có chế độ báo cáo “{code[:60]}”."
        self.en = f"There is no reporting regime “{code[:60]}”."
        super().__init__(self.vi)


def get_regime(code: str, version: date) -> Regime:
    """That text of that regime. :raises NoRegime: no pack has it"""
    found = pack_files.find_regimes().get((code, version))
    if found is None:
        raise NoRegime(code)
    return found


def regime_on(code: str, on: date) -> Regime:
    """The text in force on that day. :raises NoRegime: none is"""
    texts = [each for (found, version), each in pack_files.find_regimes().items() if found == code and version <= on]
    if not texts:
        raise NoRegime(code)
    return max(texts, key=lambda each: each.version)


def list_regimes(on: date) -> list[Regime]:
    """The regimes in force on that day, by name."""
    codes = {code for code, version in pack_files.find_regimes() if version <= on}
    return sorted((regime_on(code, on) for code in codes), key=lambda each: each.name.vi)


def find_pack_problems(folders: Iterable[Path]) -> list[Problem]:
    """Everything that is wrong with what these packs say about reporting."""
    return pack_files.read_folders(folders)[1]


def period_end(regime: Regime, code: str) -> date:
    """The day on which the figures of that period are cut off."""
    return period_of(regime.period, code).cut_off_on


def is_officer(code: str) -> bool:
    """Whether there is an officer of that code."""
    return bool(get_names([code]))
