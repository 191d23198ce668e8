"""What was probably meant by a syllable that stands in no dictionary: by trigram, then by edit distance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tinhso.platform.catalogue.rules.terms import sound, untyped

MOST = 4
MOST_LOOKED_AT = 60


@dataclass(slots=True)
class Dictionary:
    """The syllables and pairs that occur, with their counts, and ways to those that look or sound alike."""

    counts: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    by_trigram: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pairs_by_sound: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def learn(self, syllables: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        """Take up what occurs."""
        self.counts.update(syllables)
        self.pairs.update(pairs)
        for syllable in syllables:
            for trigram in _trigrams(syllable):
                self.by_trigram[trigram].add(syllable)
        for pair in pairs:
            self.pairs_by_sound[_sound_of(pair)].append(pair)

    def knows(self, syllable: str) -> bool:
        """Whether the syllable occurs, or is a number."""
        return syllable in self.counts or syllable.isdigit()

    def meant_by(self, syllable: str, before: str = "", after: str = "") -> list[list[str]]:
        """
        The likeliest readings of an unknown syllable between its neighbours, best first; one reading may be two syllables.

        First what a typing method left over, then two syllables without the space, then the nearest known ones.
        """
        for read in untyped(syllable):
            if self.knows(read):
                return [[read]]
        if split := self._split(syllable):
            return [split]
        return [[each] for each in self._nearest(syllable, before, after)]

    def sounding_like(self, pair: str) -> list[str]:
        """The pairs that occur and are heard the same as this one, which does not."""
        if pair in self.pairs:
            return []
        return [each for each in self.pairs_by_sound.get(_sound_of(pair), ()) if each != pair][:MOST]

    def _split(self, syllable: str) -> list[str]:
        cuts = ((syllable[:at], syllable[at:]) for at in range(2, len(syllable) - 1))
        known = [(self.pairs[f"{left}_{right}"], left, right) for left, right in cuts]
        best = max(known, default=(0, "", ""))
        return [best[1], best[2]] if best[0] else []

    def _nearest(self, syllable: str, before: str, after: str) -> list[str]:
        shared = Counter(other for trigram in _trigrams(syllable) for other in self.by_trigram.get(trigram, ()))
        allowed = 1 if len(syllable) < 6 else 2
        near = []
        for other, _count in shared.most_common(MOST_LOOKED_AT):
            distance = edit_distance(syllable, other, allowed)
            if distance <= allowed:
                neighbours = self.pairs[f"{before}_{other}"] + self.pairs[f"{other}_{after}"]
                near.append((not neighbours, distance, -neighbours, -self.counts[other], other))
        return [each[-1] for each in sorted(near)[:MOST]]


def edit_distance(left: str, right: str, most: int) -> int:
    """How many signs must be changed, added, left out or swapped with their neighbour; more than `most` is `most` + 1."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, sign in enumerate(left, start=1):
        last, before, row = before, row, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _trigrams(syllable: str) -> Iterable[str]:
    framed = f"^{syllable}$"
    # Short syllables share few threes; their twos keep "xe" and "xw" together.
    size = 3 if len(syllable) > 4 else 2
    return {framed[at : at + size] for at in range(len(framed) - size + 1)} | {
        framed[at : at + 2] for at in range(len(framed) - 1)
    }


def _sound_of(pair: str) -> str:
    left, _, right = pair.partition("_")
    return f"{sound(left)}_{sound(right)}"
