"""From typed words to terms: folded syllables, pairs of neighbours, left-overs of typing methods, words that say little."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tinhso.kernel.vietnamese import syllables

# What people wrap around their question; such a syllable still counts a little, so that "giấy tờ" finds something.
POLITE = frozenset(
    syllables(
        "làm thủ tục xin giấy tờ cho của ở đâu thế nào như cần gì tôi muốn để và thì là có được không bị đi này nọ em anh chị ạ ơi à nhé"
        " nhỉ hỏi giúp với bao nhiêu tiền lâu khi nào mình ra sao hồ sơ về tại theo từ trong các những một việc phải nộp mấy ngày bây giờ"
        " giờ rồi mà chưa đã đang sẽ hay ai nhà dùm giùm hộ vậy nha hả cách hướng dẫn mới lại nữa thêm các do bởi người"
        " the to of a an for how i my is do what where need want get"
    )
)
SAYS_LITTLE = 0.15
OF_A_PAIR = 0.6
_TELEX = (
    (re.compile(r"dd"), "d"),
    (re.compile(r"([aeo])\1"), r"\1"),
    (re.compile(r"uow|uwo|wo"), "uo"),
    (re.compile(r"(?<=[aou])w"), ""),
    (re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxj]$"), r"\1"),
    (re.compile(r"(?<=[aeiouy])[sfrxj](?=[a-z]+$)"), ""),
)
_VNI = re.compile(r"(?<=[a-z])[0-9](?=[a-z]|$)")
# Sounds that are written one for another, by region or by habit; only compared, never shown.
_SOUNDS = (
    (re.compile(r"^(?:ngh)"), "ng"),
    (re.compile(r"^gh"), "g"),
    (re.compile(r"^(?:gi(?=[aeouy])|gi$|r|d|v(?=[aeiouy]))"), "z"),
    (re.compile(r"^tr"), "ch"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"^(?:ph|f)"), "f"),
    (re.compile(r"^(?:k|q)"), "c"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"y"), "i"),
    (re.compile(r"ng$|nh$"), "n"),
    (re.compile(r"[ck]$|ch$"), "t"),
)
_PLAIN = re.compile(r"[a-z0-9]+")
CODE = re.compile(r"\b(\d\.\d{6})\b")


def cut(text: str) -> list[str]:
    """The folded syllables of a text; one that is folded already is only cut."""
    return _PLAIN.findall(text.lower()) if text.isascii() else syllables(text)


def weight_of(syllable: str) -> float:
    """How much a syllable says by itself: those of polite questions say little."""
    return SAYS_LITTLE if syllable in POLITE else 1.0


def pairs(words: Sequence[str]) -> list[str]:
    """Neighbours joined: a word of Vietnamese is mostly two syllables."""
    return [f"{left}_{right}" for left, right in pairwise(words)]


def terms_of(words: Sequence[str]) -> dict[str, float]:
    """The terms of a run of syllables, each with its weight: syllables, and pairs that say something."""
    found = {word: weight_of(word) for word in words}
    for (left, right), pair in zip(pairwise(words), pairs(words), strict=True):
        found[pair] = OF_A_PAIR * max(weight_of(left), weight_of(right))
    return found


def untyped(syllable: str) -> Iterable[str]:
    """What may have been meant where the marks of a typing method were left in: "giaays", "ddaats", "to72"."""
    telex = syllable
    for pattern, instead in _TELEX:
        telex = pattern.sub(instead, telex)
    return [read for read in dict.fromkeys((telex, _VNI.sub("", syllable))) if read != syllable]


def sound(syllable: str) -> str:
    """The same for syllables that people mix up when they write by ear: "xinh" and "sinh", "lí" and "lý"."""
    for pattern, instead in _SOUNDS:
        syllable = pattern.sub(instead, syllable)
    return syllable


def code_in(text: str) -> str:
    """The code of a procedure in the text ("1.001193", also within "1.001193.H37"); empty when there is none."""
    found = CODE.search(text)
    return found[1] if found else ""
