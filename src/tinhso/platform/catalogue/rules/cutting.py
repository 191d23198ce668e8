"""Which papers the province already holds: names of papers that hold the name of a result some procedure here issues."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tinhso.kernel.vietnamese import syllables

LEAST, MOST = 3, 14
# Results that are every procedure's own, or paper of no particular kind: holding one says nothing.
GENERAL = re.compile(
    r"^(van ban|quyet dinh$|thong bao|cong van|phieu (tiep nhan|hen)|ho so|bien ban|to trinh|ket qua|giay (xac nhan|chung nhan|phep|to)$"
    r"|giay gioi thieu|uy nhiem chi|ban sao duoc chung thuc)"
)
# What the applicant writes for this very procedure is no paper that anybody holds.
WRITTEN_NOW = re.compile(
    r"^(\d+ |[a-z] )*(don|to khai|giay de nghi|van ban de nghi|phieu de nghi|ban cam ket|nguoi yeu cau)\b"
)
LEADING = re.compile(r"^(cap |ban sao |ban chinh |01 |mot |the |[-+] )+")


@dataclass(frozen=True, slots=True)
class Issued:
    """A result that a procedure issues."""

    code: str
    procedure: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that a procedure asks for."""

    code: str
    procedure: str
    paper: str


@dataclass(frozen=True, slots=True)
class Held:
    """A paper that is asked for although the province issued it: what in its name says so, and who issues it."""

    asked: Asked
    because: str
    issuers: tuple[Issued, ...]


def find_held(asked: Iterable[Asked], issued: Iterable[Issued]) -> list[Held]:
    """The papers whose name holds the name of a result, longest first; a procedure's own result does not count."""
    phrases = _phrases(issued)
    lengths = sorted({len(phrase) for phrase in phrases}, reverse=True)
    found = []
    for paper in asked:
        words = tuple(syllables(paper.paper))
        phrase = () if WRITTEN_NOW.match(" ".join(words)) else _longest(words, phrases, lengths)
        issuers = tuple(each for each in phrases.get(phrase, ()) if each.code != paper.code)
        if issuers:
            found.append(Held(paper, issuers[0].name, issuers[:5]))
    return found


def _phrases(issued: Iterable[Issued]) -> dict[tuple[str, ...], list[Issued]]:
    phrases: dict[tuple[str, ...], list[Issued]] = {}
    for each in issued:
        folded = LEADING.sub("", " ".join(syllables(each.name)))
        words = tuple(folded.split())
        if LEAST <= len(words) <= MOST and not GENERAL.match(folded):
            phrases.setdefault(words, []).append(each)
    return phrases


def _longest(
    words: tuple[str, ...], phrases: dict[tuple[str, ...], list[Issued]], lengths: Sequence[int]
) -> tuple[str, ...]:
    for length in lengths:
        for start in range(len(words) - length + 1):
            phrase = words[start : start + length]
            if phrase in phrases:
                return phrase
    return ()
