"""What was typed, made ready for the index: mended syllables, synonyms, and for each stretch the terms that may answer it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tinhso.kernel.vietnamese import syllables
from tinhso.platform.catalogue.rules.spelling import Dictionary
from tinhso.platform.catalogue.rules.synonyms import Span, Thesaurus
from tinhso.platform.catalogue.rules.terms import OF_A_PAIR, POLITE, pairs, terms_of, weight_of

Terms = dict[str, float]
MOST_SYLLABLES = 40
A_GUESS = 0.75
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question: its syllables after mending, and its stretches.

    Each stretch is a list of alternatives, each a set of terms with weights; the best one counts.
    """

    words: tuple[str, ...]
    stretches: tuple[tuple[Terms, ...], ...]
    meant: frozenset[str]
    mended: bool = False


def read_question(text: str, dictionary: Dictionary, thesaurus: Thesaurus) -> Asked:
    """What the words ask for."""
    typed = syllables(text)[:MOST_SYLLABLES]
    words, guesses = _mend(typed, dictionary, thesaurus.syllables)
    spans = thesaurus.spans_in(words, _as_typed(text) if words == typed else ())
    inside = {at for span in spans for at in range(span.start, span.end)}
    stretches = [_of_span(words, span) for span in spans]
    stretches += [_of_word(words[at], guesses.get(at, ())) for at in range(len(words)) if at not in inside]
    stretches += [_of_pair(left, right, dictionary) for left, right in _open_pairs(words, spans)]
    meant = {word for stretch in stretches for terms in stretch for term in terms for word in term.split("_")}
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
        guesses[len(words)] = tuple(reading[0] for reading in readings[1:] if len(reading) == 1)
        words.extend(readings[0])
    return words, guesses


def _of_span(words: Sequence[str], span: Span) -> tuple[Terms, ...]:
    literal = terms_of(words[span.start : span.end])
    return (literal, *(terms_of(meaning) for meaning in span.meanings if meaning))


def _of_word(word: str, guesses: Iterable[str]) -> tuple[Terms, ...]:
    return ({word: weight_of(word)}, *({guess: A_GUESS * weight_of(guess)} for guess in guesses))


def _open_pairs(words: Sequence[str], spans: Sequence[Span]) -> list[tuple[str, str]]:
    """The neighbours that do not lie within one synonym."""
    closed = {(at, at + 1) for span in spans for at in range(span.start, span.end - 1)}
    return [pair for at, pair in enumerate(pairwise(words)) if (at, at + 1) not in closed]


def _of_pair(left: str, right: str, dictionary: Dictionary) -> tuple[Terms, ...]:
    pair = pairs((left, right))[0]
    weight = OF_A_PAIR * max(weight_of(left), weight_of(right))
    heard: list[Terms] = []
    if weight >= OF_A_PAIR and min(weight_of(left), weight_of(right)) == 1:
        for other in dictionary.sounding_like(pair):
            first, _, second = other.partition("_")
            heard.append(
                {other: A_GUESS * weight, first: A_GUESS * (first != left), second: A_GUESS * (second != right)}
            )
    return ({pair: weight}, *heard)
