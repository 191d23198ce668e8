"""The simulated registers: people from the packs' `registers.toml`, faults on demand."""

import time
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache

from tinhso.platform.registers.ports import Refused, Unreachable
from tinhso.platform.registers.rules import BY_CODE

AWAY, SLOW, OTHER, GARBLED, TOO_MUCH, REFUSES = "away", "slow", "other_person", "garbled", "too_much", "refuses"
FAULTS: Final = (AWAY, SLOW, OTHER, GARBLED, TOO_MUCH, REFUSES)
KEY: Final = "registers.fault."
LONGEST: Final = 3600
SLOWNESS: Final = 4  # seconds


class SimulatedRegister:
    """
    One register out of a table of people by personal number, each with what is held by its path.

    A fault stays until it is taken back: "away" and "refuses" say so, "slow" answers late, "other_person" about somebody
    else, "garbled" without a day, "too_much" also what nobody asked for.
    """

    def __init__(self, code: str, people: Mapping[str, Mapping[str, Any]], fault: str = "") -> None:
        self._code, self._people, self._fault = code, people, fault

    def answer(self, body: Mapping[str, Any], on: date) -> dict[str, Any]:
        """What goes over the wire. :raises Unreachable, Refused: as the fault says"""
        if self._fault == AWAY:
            raise Unreachable("simulated: away")
        if self._fault == REFUSES:
            raise Refused("simulated: no agreement for this purpose")
        if self._fault == SLOW:
            time.sleep(SLOWNESS)
        number = str(body.get("personalNumber", ""))
        held = self._people.get(number, {})
        asked = BY_CODE[self._code].holds if self._fault == TOO_MUCH else body.get("fields", ())
        values = {path: held[path] for path in asked if path in held and path in BY_CODE[self._code].holds}
        return {
            "personalNumber": "0" * 12 if self._fault == OTHER else number,
            "asOf": "hôm qua" if self._fault == GARBLED else on.isoformat(),
            "values": values,
        }


def simulated(code: str) -> SimulatedRegister:
    """The register of that code with its people and the fault that was chosen. :raises KeyError: there is none"""
    return SimulatedRegister(BY_CODE[code].code, people(), fault_of(code))


def fault_of(code: str) -> str:
    """What goes wrong at that register now; empty when nothing does."""
    return str(cache.get(KEY + code) or "")


def choose_fault(code: str, fault: str) -> None:
    """Let that go wrong at the register for an hour; an empty one takes it back."""
    cache.set(KEY + code, fault if fault in FAULTS else "", LONGEST)


def people() -> Mapping[str, Mapping[str, Any]]:
    """The people of all chosen packs, by personal number."""
    return _people(Path(settings.PACKS_ROOT), tuple(settings.PACKS))


@lru_cache(maxsize=4)
def _people(root: Path, packs: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for pack in packs:
        path = root / pack / "registers.toml"
        if path.is_file():
            found |= {row["number"]: row["holds"] for row in tomllib.loads(path.read_text("utf-8")).get("person", [])}
    return found
