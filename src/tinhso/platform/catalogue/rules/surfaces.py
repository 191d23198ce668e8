"""What the index is made of: for each term the surfaces that hold it, how rare it is, what speaks for an entry beforehand."""

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tinhso.platform.catalogue.rules.entries import Entry
from tinhso.platform.catalogue.rules.reading import CITIZEN, OFFICIAL
from tinhso.platform.catalogue.rules.terms import cut, terms_of

AT_HOME: Final = 1.04  # can be filed here
LEVELS: Final = {"commune": 1.0, "province": 0.97, "ministry": 0.87, "other": 0.9}
BEGINNINGS: Final = (["thu", "tuc"],)
JOINED: Final = re.compile(r"[;/]|\(")
Phrase = tuple[str, ...]


@dataclass(slots=True)
class Surfaces:
    """
    Every name, alias and tied wording is a surface; `names` gives the surfaces by term, `owners` the entry of a surface.

    `masses` is what a surface would weigh if all of it were asked for; `bodies` gives entries by the terms around a name.
    """

    owners: "array[int]" = field(default_factory=lambda: array("H"))
    masses: "array[float]" = field(default_factory=lambda: array("f"))
    names: "dict[str, array[int]]" = field(default_factory=dict)
    bodies: "dict[str, array[int]]" = field(default_factory=dict)
    rarities: dict[str, float] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    priors: "array[float]" = field(default_factory=lambda: array("f"))
    specials: list[tuple[Phrase, ...]] = field(default_factory=list)

    def rarity(self, term: str) -> float:
        """How much it says that a name holds this term; a term in no name is as rare as can be."""
        return self.rarities.get(term, 1.0)

    def mass(self, terms: Mapping[str, float]) -> float:
        """What these terms weigh together."""
        return sum(weight * self.rarity(term) for term, weight in terms.items())


def gather(entries: Sequence[Entry], tied: Mapping[str, Sequence[str]], special: Sequence[Phrase]) -> Surfaces:
    """The surfaces of these entries; `tied` gives wordings by the code they are tied to."""
    made = Surfaces()
    bodies: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
    own: list[list[dict[str, float]]] = []
    for at, entry in enumerate(entries):
        own.append([name_terms(name) for name in (*_names(entry), *entry.aliases, *tied.get(entry.code, ()))])
        made.counts.update(set[str]().union(*own[-1]))
        for term in terms_of(cut(entry.folded_body or " . ".join((entry.sector, entry.summary.vi, *entry.results)))):
            bodies[term].append(at)
        made.priors.append(prior(entry))
        made.specials.append(_specials(entry, special))
    most = math.log(1 + len(entries) / 0.5)
    made.rarities = {
        term: math.log(1 + len(entries) / (count + 0.5)) / most if most else 1.0 for term, count in made.counts.items()
    }
    made.bodies = dict(bodies)
    _place(made, own)
    return made


def _place(made: Surfaces, own: Sequence[Sequence[Mapping[str, float]]]) -> None:
    names: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
    for at, surfaces in enumerate(own):
        for terms in surfaces:
            for term in terms:
                names[term].append(len(made.owners))
            made.owners.append(at)
            made.masses.append(max(0.01, made.mass(terms)))
    made.names = dict(names)


def name_terms(name: str) -> dict[str, float]:
    """The terms of a name, without the words that every other name begins with."""
    words = cut(name)
    for beginning in BEGINNINGS:
        if words[: len(beginning)] == beginning and len(words) > len(beginning):
            words = words[len(beginning) :]
    return terms_of(words)


def prior(entry: Entry) -> float:
    """What speaks for an entry before anything is asked: near to people, for citizens, can be filed here."""
    level = max((LEVELS.get(level, 0.9) for level in entry.levels), default=0.95)
    audience = 1.0 if CITIZEN in entry.audiences or not entry.audiences else 0.97
    if entry.audiences == (OFFICIAL,):
        audience = 0.9
    return level * audience * (AT_HOME if entry.fileable else 1.0)


def _names(entry: Entry) -> list[str]:
    """The names of an entry: in both languages, and the parts of one that joins several matters."""
    whole = entry.folded_name or entry.name.vi
    parts = [part for part in JOINED.split(whole) if part.count(" ") > 2]
    return [name for name in dict.fromkeys((whole, entry.name.en, *parts)) if name]


def _specials(entry: Entry, special: Sequence[Phrase]) -> tuple[Phrase, ...]:
    padded = f" {' '.join(cut(entry.folded_name or entry.name.vi))} "
    return tuple(words for words in special if f" {' '.join(words)} " in padded)
