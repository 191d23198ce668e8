"""One procedure as finding sees it, whether a pack holds it or the portal only describes it; and what narrows a search."""

from dataclasses import dataclass, field, replace
from typing import Literal

from tinhso.kernel.flow import NO_TEXT, Text
from tinhso.platform.catalogue.rules.reading import BUSINESS, CITIZEN


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A procedure that may be found. `fileable`: it can be filed here, not only read about.

    `held` names the parts that wait for somebody's approval and are not told yet.
    """

    code: str
    name: Text
    summary: Text = NO_TEXT
    sector: str = ""
    levels: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    life_event: str = ""
    aliases: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    fileable: bool = False
    service_level: str = "info_only"
    from_pack: bool = False
    held: tuple[str, ...] = ()
    folded_name: str = ""
    folded_body: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a search is limited to; empty means everything."""

    audience: Literal["", "citizen", "business"] = ""
    level: str = ""
    life_event: str = ""

    def lets_through(self, entry: Entry) -> bool:
        """Whether the entry stays; one that does not say whom it is for is for everybody."""
        return (
            (not self.audience or not entry.audiences or self.audience in entry.audiences)
            and (not self.level or self.level in entry.levels)
            and (not self.life_event or entry.life_event == self.life_event)
        )

    @property
    def is_open(self) -> bool:
        """Whether it limits nothing."""
        return not (self.audience or self.level or self.life_event)


EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and how well it answers the words, 0 to 1."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happens in a life or a trade, and the sectors and words of the procedures that belong to it."""

    code: str
    name: Text
    icon: str = "paper"
    sectors: frozenset[str] = field(default_factory=frozenset)
    words: tuple[str, ...] = ()
    audience: str = ""

    def holds(self, entry: Entry) -> bool:
        """Whether the procedure belongs to it, by a word in its name or by its sector."""
        if self.audience and entry.audiences and self.audience not in entry.audiences:
            return False
        if not {"commune", "province"} & set(entry.levels):
            return False
        name = entry.name.vi.lower()
        return any(word in name for word in self.words) or entry.sector in self.sectors


def placed(entry: Entry, events: tuple[LifeEvent, ...]) -> Entry:
    """The entry with the first event it belongs to; one that a pack has placed stays where it is."""
    if entry.life_event:
        return entry
    event = next((event.code for event in events if event.holds(entry)), "")
    return replace(entry, life_event=event)


def audiences_of(life_event: str) -> tuple[str, ...]:
    """Whom a procedure of a pack is for, where nothing else says so."""
    return (BUSINESS, CITIZEN) if life_event == "business" else (CITIZEN,)
