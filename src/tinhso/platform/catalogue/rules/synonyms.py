"""Everyday words and what offices call the same thing; read from a pack's table, matched in what was typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tinhso.kernel.vietnamese import compare_key, syllables
from tinhso.platform.catalogue.rules.terms import POLITE

LONGEST = 9
MOST_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that people use, the official words for the same, and the procedures that are meant by them outright."""

    words: tuple[str, ...]
    means: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is known by: its first words, folded."""
        return " ".join(syllables(self.words[0]))


@dataclass(frozen=True, slots=True)
class Span:
    """A run of typed syllables, from `start` to before `end`, and the syllables it may stand for."""

    start: int
    end: int
    meanings: tuple[tuple[str, ...], ...]
    with_gaps: bool = False


@dataclass(slots=True)
class Thesaurus:
    """All synonyms, by the folded syllables of their words."""

    meanings: dict[tuple[str, ...], list[tuple[str, ...]]] = field(default_factory=dict)
    by_first: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    marked: dict[str, set[str]] = field(default_factory=dict)
    syllables: frozenset[str] = frozenset()

    @classmethod
    def of(cls, synonyms: Iterable[Synonym]) -> "Thesaurus":
        """The thesaurus of these synonyms."""
        made = cls()
        for synonym in synonyms:
            for words in synonym.words:
                key = tuple(syllables(words))[:LONGEST]
                known = made.meanings.setdefault(key, [])
                known.extend(tuple(syllables(phrase)) for phrase in synonym.means)
                if len(key) == 1:
                    made.marked.setdefault(key[0], set()).add(compare_key(words))
        for key in made.meanings:
            if len(key) > 1 and not POLITE.intersection(key):
                made.by_first.setdefault(key[0], []).append(key)
        made.syllables = frozenset(word for key in made.meanings for word in key)
        return made

    def spans_in(
        self, words: Sequence[str], typed: Sequence[str] = (), knows: Callable[[str], bool] = lambda _: False
    ) -> list[Span]:
        """
        The synonyms in a run of syllables that lie within no longer one; two may overlap.

        `typed` are the same syllables as they were typed. A single one counts when its marks fit ("cưới", not "cuối"),
        or without marks when it is no syllable of any name: "heo" can be nothing else.
        """
        spans: list[Span] = []
        for start in range(len(words)):
            for end in range(min(start + LONGEST, len(words)), start, -1):
                found = self.meanings.get(tuple(words[start:end]))
                if found and (end > start + 1 or self._is_meant(words[start], typed[start : start + 1], knows)):
                    if not spans or end > spans[-1].end:
                        spans.append(Span(start, end, tuple(dict.fromkeys(found))))
                    break
        return spans

    def spans_with_gaps(self, words: Sequence[str]) -> list[Span]:
        """The synonyms, without polite syllables, that come in their order with up to three others between: "lấn sang đất"."""
        found = []
        for start, word in enumerate(words):
            for key in self.by_first.get(word, ()):
                end = _reach(words, start, key)
                if end > start + len(key):
                    found.append(Span(start, end, tuple(dict.fromkeys(self.meanings[key])), with_gaps=True))
        return found

    def _is_meant(self, word: str, typed: Sequence[str], knows: Callable[[str], bool]) -> bool:
        if typed and typed[0] != word:
            return compare_key(typed[0]) in self.marked[word]
        return word in self.marked[word] or not knows(word)


def _reach(words: Sequence[str], start: int, key: tuple[str, ...]) -> int:
    """Where the syllables of the key, beginning at `start`, have all come by; 0 when they do not, or too far apart."""
    at, last = 1, min(len(words), start + len(key) + MOST_BETWEEN)
    for place in range(start + 1, last):
        if words[place] == key[at]:
            at += 1
            if at == len(key):
                return place + 1
    return 0


class WrongSynonym(ValueError):
    """A synonym cannot be used; `vi` and `en` say why."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


def read_synonym(table: Mapping[str, Any]) -> Synonym:
    """
    One entry of a pack's `synonyms.toml`.

    :raises WrongSynonym: it has no words, or says neither what they mean nor which procedures
    """
    parts = [_texts(table.get(key, [])) for key in ("words", "means", "codes")]
    return checked(Synonym(*parts))


def checked(synonym: Synonym) -> Synonym:
    """The same synonym. :raises WrongSynonym: it cannot be used"""
    if not synonym.words or not all(1 <= len(syllables(words)) <= LONGEST for words in synonym.words):
        raise WrongSynonym(
            f"Mỗi cách nói cần từ một đến {LONGEST} tiếng.", f"Each wording needs one to {LONGEST} syllables."
        )
    if not synonym.means and not synonym.codes:
        raise WrongSynonym(
            "Hãy nói từ chính thức, hoặc mã thủ tục.", "Give the official words, or the code of a procedure."
        )
    return synonym


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) and each.strip() for each in value):
        raise WrongSynonym("words, means, codes phải là danh sách chữ.", "words, means, codes must be lists of texts.")
    return tuple(" ".join(each.split()) for each in value)
