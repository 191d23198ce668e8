"""The index in memory: asked with people's words, it gives entries by their best surface."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tinhso.kernel.vietnamese import fold
from tinhso.platform.catalogue.rules.asking import Asked, Stretch, read_question
from tinhso.platform.catalogue.rules.entries import EVERYTHING, Entry, Found, Narrowing
from tinhso.platform.catalogue.rules.spelling import Dictionary
from tinhso.platform.catalogue.rules.surfaces import Surfaces, gather
from tinhso.platform.catalogue.rules.synonyms import Synonym, Thesaurus
from tinhso.platform.catalogue.rules.terms import code_in, cut

OF_NAME: Final = 0.7  # what an answer is worth in a name that says much else besides
OF_BODY: Final = 0.12  # what sector and results add
RARE: Final = 0.86  # a special case that nobody asked for
MOST_ASKED: Final = 4.0  # what a question weighs at most: people also tell their story
ENOUGH: Final = 0.2
LOOKED_AT: Final = 60
WORTH_A_LOOK: Final = 0.3  # a surface that answers less than this share of the best answer is left out
MOST_OF_A_STRETCH: Final = 1.8  # a long official wording does not outweigh all the rest
TOO_COMMON: Final = 0.04  # a term that says less is not looked up


@dataclass(slots=True)
class Index:
    """All entries of one day, ready to be asked."""

    entries: list[Entry]
    surfaces: Surfaces
    thesaurus: Thesaurus
    dictionary: Dictionary
    by_code: dict[str, int] = field(default_factory=dict)
    by_name: list[Entry] = field(default_factory=list)  # what can be filed here first

    @classmethod
    def of(cls, entries: Iterable[Entry], synonyms: Sequence[Synonym] = (), special: Iterable[str] = ()) -> "Index":
        """The index of these entries; `special` are words of cases that few people mean unless they say so."""
        ordered = sorted(entries, key=lambda entry: entry.code)
        tied: dict[str, list[str]] = defaultdict(list)
        for synonym in synonyms:
            for code in synonym.codes:
                tied[code].extend(synonym.words)
        surfaces = gather(ordered, tied, [tuple(cut(words)) for words in special])
        dictionary = Dictionary()
        dictionary.learn(
            {term: count for term, count in surfaces.counts.items() if "_" not in term},
            {term: count for term, count in surfaces.counts.items() if "_" in term},
        )
        by_code = {entry.code: at for at, entry in enumerate(ordered)}
        by_name = sorted(ordered, key=lambda entry: (not entry.fileable, entry.folded_name or fold(entry.name.vi)))
        return cls(ordered, surfaces, Thesaurus.of(synonyms), dictionary, by_code, by_name)

    def find(self, text: str, narrowing: Narrowing = EVERYTHING) -> list[Found]:
        """What answers the words, best first; an exact code stands alone; nothing when nothing answers well enough."""
        if (code := code_in(text)) and code in self.by_code:
            return [Found(self.entries[self.by_code[code]], 1.0)]
        asked = self.read(text)
        if not asked.stretches:
            return []
        scores = self._score(asked)
        best = sorted(scores, key=lambda at: (-scores[at], at))
        if not narrowing.is_open:
            best = [at for at in best if narrowing.lets_through(self.entries[at])]
        return self._ranked([(at, self._weigh(at, scores[at], asked)) for at in best[:LOOKED_AT]])

    def read(self, text: str) -> Asked:
        """What the words ask for, mended and with their synonyms."""
        return read_question(text, self.dictionary, self.thesaurus)

    def _ranked(self, weighed: Sequence[tuple[int, float]]) -> list[Found]:
        """Best first, between 0 and 1; of equals what can be filed here comes first."""
        top = max((score for _at, score in weighed), default=0.0)
        scale = 1 / top if top > 1 else 1.0
        found = [Found(self.entries[at], round(score * scale, 4)) for at, score in weighed if score >= ENOUGH]
        return sorted(found, key=lambda each: (-round(each.score, 3), not each.entry.fileable, each.entry.code))

    def _score(self, asked: Asked) -> dict[int, float]:
        """Each entry's score by its best surface, before what is known of the entry is weighed; far lesser ones left out."""
        count = len(self.surfaces.owners)
        answered, matched = [0.0] * count, [0.0] * count
        weighed = [(stretch, [self.surfaces.mass(each.terms) for each in stretch]) for stretch in asked.stretches]
        least = min(TOO_COMMON, max(max(masses) for _stretch, masses in weighed) / 2)
        for stretch, masses in weighed:
            self._answer(stretch, masses, least, (answered, matched))
        whole = min(sum(_weight(masses) for _stretch, masses in weighed), MOST_ASKED)
        enough = max(answered, default=0.0) * WORTH_A_LOOK
        best: dict[int, float] = {}
        for surface, answer in enumerate(answered):
            if answer > enough:
                share = min(1.0, matched[surface] / self.surfaces.masses[surface])
                score = answer / whole * (OF_NAME + (1 - OF_NAME) * share)
                owner = self.surfaces.owners[surface]
                if score > best.get(owner, 0):
                    best[owner] = score
        return best

    def _answer(
        self, stretch: Stretch, masses: Sequence[float], least: float, into: tuple[list[float], list[float]]
    ) -> None:
        """Add to each surface what the best alternative of the stretch gives: worth within the question, and what matched."""
        answered, matched = into
        top = _weight(masses)
        if len(stretch) == 1 and len(stretch[0].terms) == 1 and masses[0] > least:
            (term,), gain, worth = stretch[0].terms, masses[0], top * stretch[0].trust
            for surface in self.surfaces.names.get(term, ()):
                answered[surface] += worth
                matched[surface] += gain
            return
        for surface, (worth, gain) in self._best(stretch, masses, top, least).items():
            answered[surface] += worth
            matched[surface] += gain

    def _best(
        self, stretch: Stretch, masses: Sequence[float], top: float, least: float
    ) -> dict[int, tuple[float, float]]:
        best: dict[int, tuple[float, float]] = {}
        for (terms, trust), mass in zip(stretch, masses, strict=True):
            found: defaultdict[int, float] = defaultdict(float)
            for term, weight in terms.items():
                gain = weight * self.surfaces.rarity(term)
                if gain > least:
                    for surface in self.surfaces.names.get(term, ()):
                        found[surface] += gain
            share = top * trust / mass if mass else 0.0
            for surface, gain in found.items():
                if surface not in best or gain * share > best[surface][0]:
                    best[surface] = (gain * share, gain)
        return best

    def _around(self, at: int, asked: Asked) -> float:
        """How much of the question sector and results answer, 0 to 1."""
        got = whole = 0.0
        for stretch in asked.stretches:
            terms = stretch[-1].terms
            mass = self.surfaces.mass(terms)
            whole += mass
            got += sum(
                weight * self.surfaces.rarity(term) for term, weight in terms.items() if self._is_in_body(term, at)
            )
        return got / whole if whole else 0.0

    def _is_in_body(self, term: str, at: int) -> bool:
        places = self.surfaces.bodies.get(term)
        if not places:
            return False
        place = bisect_left(places, at)
        return place < len(places) and places[place] == at

    def _weigh(self, at: int, score: float, asked: Asked) -> float:
        unasked = sum(1 for words in self.surfaces.specials[at] if not asked.meant.issuperset(words))
        whole = score + OF_BODY * self._around(at, asked)
        return whole * self.surfaces.priors[at] * RARE ** min(unasked, 3)


def _weight(masses: Sequence[float]) -> float:
    """What a stretch counts within its question."""
    return min(max(masses), max(masses[0], MOST_OF_A_STRETCH))
