"""What was typed, made ready for the index: mended syllables, synonyms, and for each stretch the terms that may answer it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tinhso.kernel.vietnamese import syllables
from tinhso.platform.catalogue.rules.spelling import Dictionary
from tinhso.platform.catalogue.rules.synonyms import Span, Thesaurus
from tinhso.platform.catalogue.rules.terms import OF_A_PAIR, POLITE, pairs, terms_of, weight_of

Terms = dict[str, float]
MOST_SYLLABLES = 40
SELDOM = 5  # a syllable in fewer names than that may be another one, heard wrong
A_GUESS, APART, MENDED = 0.7, 0.75, 0.85
_WORDS = re.compile(r"[^\W_]+")


class Alternative(NamedTuple):
    """Terms that may answer a stretch, and how sure it is that they were meant (1: as typed, or a synonym)."""

    terms: Terms
    trust: float = 1.0


Stretch = tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question: its syllables after mending, and its stretches.

    Of a stretch the best alternative counts.
    """

    words: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    meant: frozenset[str]
    mended: bool = False


def read_question(text: str, dictionary: Dictionary, thesaurus: Thesaurus) -> Asked:
    """What the words ask for."""
    typed = syllables(text)[:MOST_SYLLABLES]
    words, guesses = _mend(typed, dictionary, thesaurus.syllables)
    marked = _as_typed(text) if words == typed else words
    spans = thesaurus.spans_in(words, marked, dictionary.knows)
    inside = {at for span in spans for at in range(span.start, span.end)}
    stretches = [_of_span(words, span) for span in spans]
    stretches += [_of_gaps(span) for span in _apart(thesaurus.spans_with_gaps(words), spans)]
    stretches += [_of_word(words[at], guesses.get(at)) for at in range(len(words)) if at not in inside]
    stretches += [_of_pair(left, right, dictionary) for left, right in _open_pairs(words, spans)]
    meant = {word for stretch in stretches for each in stretch for term in each.terms for word in term.split("_")}
    return Asked(tuple(words), tuple(stretches), frozenset(meant | set(words)), words != typed)


def _as_typed(text: str) -> list[str]:
    """The syllables with their marks."""
    return _WORDS.findall(unicodedata.normalize("NFC", text).lower())[:MOST_SYLLABLES]


def _mend(
    typed: Sequence[str], dictionary: Dictionary, known: frozenset[str]
) -> tuple[list[str], dict[int, tuple[str, ...]]]:
    """The syllables with unknown ones replaced by the likeliest reading, and the other readings by place."""
    words: list[str] = []
    guesses: dict[int, tuple[str, ...]] = {}
    for at, word in enumerate(typed):
        if dictionary.knows(word) or word in known or word in POLITE:
            words.append(word)
            continue
        readings = dictionary.meant_by(word, words[-1] if words else "", typed[at + 1] if at + 1 < len(typed) else "")
        if not readings:
            words.append(word)
            continue
        others = tuple(reading[0] for reading in readings[1:] if len(reading) == 1)
        guesses |= {len(words) + number: others for number in range(len(readings[0]))}
        words.extend(readings[0])
    return words, guesses


def _of_span(words: Sequence[str], span: Span) -> Stretch:
    literal = terms_of(words[span.start : span.end])
    return (Alternative(literal), *(Alternative(terms_of(meaning)) for meaning in span.meanings if meaning))


def _of_gaps(span: Span) -> Stretch:
    return tuple(Alternative(terms_of(meaning), APART) for meaning in span.meanings if meaning)


def _apart(loose: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """The synonyms with gaps that neither begin nor end within one found whole; of each beginning the one that reaches farthest."""
    inside = {at for span in spans for at in range(span.start, span.end)}
    longest: dict[int, Span] = {}
    for span in sorted(loose, key=lambda each: each.end):
        if span.meanings and span.start not in inside and span.end - 1 not in inside:
            longest[span.start] = span
    return list(longest.values())


def _of_word(word: str, guesses: Iterable[str] | None) -> Stretch:
    """One syllable; `guesses` are the other readings of one that was mended, None when it stands as typed."""
    if guesses is None:
        return (Alternative({word: weight_of(word)}),)
    others = (Alternative({guess: weight_of(guess)}, A_GUESS) for guess in guesses)
    return (Alternative({word: weight_of(word)}, MENDED), *others)


def _open_pairs(words: Sequence[str], spans: Sequence[Span]) -> list[tuple[str, str]]:
    """The neighbours that do not lie within one synonym."""
    closed = {(at, at + 1) for span in spans for at in range(span.start, span.end - 1)}
    return [pair for at, pair in enumerate(pairwise(words)) if (at, at + 1) not in closed]


def _of_pair(left: str, right: str, dictionary: Dictionary) -> Stretch:
    pair = pairs((left, right))[0]
    lesser, greater = sorted((weight_of(left), weight_of(right)))
    found = [Alternative({pair: OF_A_PAIR * greater})]
    if lesser == 1 and min(dictionary.counts[left], dictionary.counts[right]) <= SELDOM:
        for other in dictionary.sounding_like(pair):
            first, _, second = other.partition("_")
            changed = {syllable: 1.0 for syllable, typed in ((first, left), (second, right)) if syllable != typed}
            found.append(Alternative({other: OF_A_PAIR, **changed}, A_GUESS))
    return tuple(found)
