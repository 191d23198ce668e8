"""Vietnamese text: folded for search, compared wherever the tone mark stands, sorted by alphabet; people's names."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

# Marks that carry a tone, in the order of Vietnamese dictionaries after the level tone:
# huyền, hỏi, ngã, sắc, nặng. The other marks (circumflex, breve, horn) make letters of their own.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_TONE_RANK = {mark: str(rank) for rank, mark in enumerate(_TONES, start=1)}
# The Icelandic eth looks like đ and stands in many old texts typed with other fonts.
_ETH = str.maketrans("\u00d0\u00f0", "\u0110\u0111")
_STROKE = str.maketrans("đ", "d")

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Letters shifted to consecutive code points, so that comparing strings compares places in the alphabet.
_PLACE = {ord(letter): 0x100 + place for place, letter in enumerate(ALPHABET)}
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+")
# A syllable that ends in oa, oe or uy with the tone on its last vowel; in "quý" the u belongs to the consonant.
_LATE_TONE = re.compile(r"(?<![qQ])(?:[oO][àảãáạèẻẽéẹÀẢÃÁẠÈẺẼÉẸ]|[uU][ỳỷỹýỵỲỶỸÝỴ])(?![^\W_])")

CollationKey = tuple[tuple[int, int, str, str], ...]


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name as Vietnamese lists take it apart: first word family, last word given, the rest middle."""

    family: str
    middle: str
    given: str


def fold(text: str) -> str:
    """Lower case without any mark, đ as d: "Đường Hoà Bình" becomes "duong hoa binh"."""
    lowered = unicodedata.normalize("NFC", text).translate(_ETH).lower()
    bare = "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare.translate(_STROKE))


def syllables(text: str) -> list[str]:
    """The folded syllables and numbers of a text in their order; punctuation falls away."""
    return _WORDS.findall(fold(text))


def bigrams(text: str) -> list[str]:
    """Neighbouring folded syllables joined by an underscore: a word of Vietnamese is mostly two of them."""
    parts = syllables(text)
    return [f"{left}_{right}" for left, right in pairwise(parts)]


def compare_key(text: str) -> str:
    """
    What stays the same however a text was typed: case, spaces, composed or not, and the place of the tone mark.

    "hoà" and "hòa", "Thuý" and "Thúy", even "lựơng" and "lượng" have one key; "hoa" and "hoà" have two.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).translate(_ETH).lower().split())
    return _RUNS.sub(lambda run: "".join(_without_tone(run[0])), unicodedata.normalize("NFC", spaced))


def modern_tones(text: str) -> str:
    """The text as decrees are spelt today: "khoá", "uỷ quyền" and "khoẻ" become "khóa", "ủy quyền" and "khỏe"."""
    return _LATE_TONE.sub(_tone_first, unicodedata.normalize("NFC", text))


def same_name(left: str, right: str) -> bool:
    """Whether two names are the same but for typing habits."""
    return compare_key(left) == compare_key(right)


def collation_key(text: str) -> CollationKey:
    """
    Key that sorts in the order of Vietnamese dictionaries.

    Syllable by syllable: first the letters (a ă â b c d đ e ê ...), then the tone (level, huyền, hỏi, ngã, sắc,
    nặng), so every "Hoa ..." stands before every "Hoà ...". Numbers sort as numbers: "Phường 2" before "Phường 10".
    """
    runs = _RUNS.findall(unicodedata.normalize("NFC", text).translate(_ETH).lower())
    return tuple(_collate(run) for run in runs)


def split_name(full_name: str) -> NameParts:
    """Family, middle and given name; a single word is a given name. Names of other cultures are cut the same way."""
    words = unicodedata.normalize("NFC", full_name).split()
    if len(words) < 2:
        return NameParts(family="", middle="", given=" ".join(words))
    return NameParts(family=words[0], middle=" ".join(words[1:-1]), given=words[-1])


def name_order(full_name: str) -> tuple[CollationKey, CollationKey, CollationKey]:
    """Key that sorts people as Vietnamese lists do: by given name, then family, then middle name."""
    parts = split_name(full_name)
    return collation_key(parts.given), collation_key(parts.family), collation_key(parts.middle)


def _without_tone(run: str) -> tuple[str, str]:
    """Letters with their own marks but without tones, and the tones found (ranks in order, mostly one or none)."""
    signs = unicodedata.normalize("NFD", run)
    letters = unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in _TONE_RANK))
    return letters, "".join(sorted(_TONE_RANK[sign] for sign in signs if sign in _TONE_RANK))


def _tone_first(late: re.Match[str]) -> str:
    vowel = unicodedata.normalize("NFD", late[0][1])
    return unicodedata.normalize("NFC", late[0][0] + vowel[1:]) + vowel[0]


def _collate(run: str) -> tuple[int, int, str, str]:
    """Rank of one syllable or number; numbers stand before letters."""
    if run.isdecimal():
        return 0, int(run), "", ""
    letters, tone = _without_tone(run)
    return 1, 0, letters.translate(_PLACE), tone
