"""What becomes of a text of the portal: clear, held or approved, with what was corrected and accepted before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinhso.kernel.vietnamese import fold
from tinhso.platform.catalogue.rules.corrections import Correction, carried, corrected
from tinhso.platform.catalogue.rules.faults import Fault
from tinhso.platform.catalogue.rules.gates import inspect, is_held
from tinhso.platform.catalogue.rules.reading import Description, digest, read_record

FEW_RESULTS = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """One text, its faults after corrections, and what was already decided about it."""

    raw: Mapping[str, Any]
    sha256: str
    read: Description
    faults: tuple[Fault, ...]
    corrections: tuple[Correction, ...] = ()
    accepted: tuple[Fault, ...] = ()

    @property
    def open_faults(self) -> tuple[Fault, ...]:
        """The grave faults that nobody has accepted."""
        return tuple(each for each in self.faults if each.kind.weight == "grave" and each not in self.accepted)

    @property
    def is_held(self) -> bool:
        """Whether somebody has to look at it."""
        return is_held(self.open_faults)

    @property
    def held_parts(self) -> tuple[str, ...]:
        """The parts that are not told until somebody has looked."""
        return tuple(dict.fromkeys(each.kind.part for each in self.open_faults))


def judge(
    raw: Mapping[str, Any],
    *,
    together: Sequence[Fault] = (),
    corrections: Sequence[Correction] = (),
    accepted: Sequence[Fault] = (),
) -> Judged:
    """The text judged anew: corrections that still fit are made first, faults accepted word for word stay accepted."""
    kept = carried(corrections, raw)
    whole = corrected(raw, kept)
    read = read_record(whole)
    faults = (*inspect(whole, read), *together)
    return Judged(raw, digest(raw), read, faults, kept, tuple(each for each in accepted if each in faults))


def brief_of(judged: Judged) -> dict[str, Any]:
    """What lists and the index need of a text, small and folded once."""
    read = judged.read
    results = [each.name for each in read.results[:FEW_RESULTS]]
    return {
        "name": read.name,
        "sector": read.sector,
        "levels": list(read.levels),
        "audiences": list(read.audiences),
        "folded": fold(read.name),
        "body": fold(" . ".join((read.sector, *results))),
        "results": results,
        "held": list(judged.held_parts),
        "grave": len(judged.open_faults),
    }


def read_faults(tables: Iterable[Mapping[str, Any]]) -> tuple[Fault, ...]:
    """The faults as they were kept."""
    return tuple(Fault(each["code"], each.get("said", "")) for each in tables)
