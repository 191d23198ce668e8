"""In what form somebody signs (NĐ 30/2020/NĐ-CP Art 13): as head, KT., TL., TUQ., on behalf of a collective TM."""

from collections.abc import Mapping
from dataclasses import dataclass

BY_DELEGATION, FOR_COLLECTIVE = "TUQ.", "TM."


@dataclass(frozen=True, slots=True)
class Title:
    """A title as the packs name it; `form` and `of` say how and for whom it signs (KT. of the chairman)."""

    name: str
    form: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """In whose place somebody signs: own title, the head's title, whether by a delegation, in the name of whom."""

    title: str
    head: str
    is_delegated: bool = False
    in_the_name_of: str = ""


def signature_lines(authority: Authority, titles: Mapping[str, Title]) -> tuple[str, ...]:
    """
    The lines above a signature, from the top: ("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch").

    A title of the packs may be given by its code or in words; who signs by a delegation signs TUQ. the head.
    """
    head = titles.get(authority.head, Title(authority.head)).name
    lines = [f"{FOR_COLLECTIVE} {authority.in_the_name_of}"] if authority.in_the_name_of else []
    own = titles.get(authority.title, Title(authority.title))
    if authority.is_delegated:
        lines.append(f"{BY_DELEGATION} {head}")
        return (*lines, own.name) if own.name and own.name != head else tuple(lines)
    if own.form:
        lines.append(f"{own.form} {titles[own.of].name if own.of in titles else head}")
    return (*lines, own.name or head)


def signer_title(lines: tuple[str, ...]) -> str:
    """The lines in one, as they stand in a certificate and in lists: "KT. Chủ tịch, Phó Chủ tịch"."""
    return ", ".join(line for line in lines if not line.startswith(FOR_COLLECTIVE))
