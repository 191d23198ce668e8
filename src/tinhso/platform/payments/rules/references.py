"""Payment references: what a payer writes in the transfer, made to survive what banks do to it."""

import re
from random import Random

from tinhso.kernel.identifiers.tracking_ids import ALPHABET

MARK = "TSPAY"
_PAYLOAD = 9
LENGTH = len(MARK) + _PAYLOAD + 1
_HEARD_AS = str.maketrans("SUO", "5VQ")


def new_reference(random: Random) -> str:
    """A new reference such as "TSPAY7K3M9QXD46": capitals and figures only, 15 signs, the last one checks the others."""
    payload = "".join(random.choice(ALPHABET) for _ in range(_PAYLOAD))
    return f"{MARK}{payload}{_check_sign(payload)}"


def read_references(content: str) -> tuple[str, ...]:
    """
    The references in the content of a transfer, each once, whatever stands around them.

    Small letters, spaces, dots and dashes that apps and banks put in are taken out; a wrong check sign is no reference.
    Signs that are misheard (S for 5, U for V) are mended only where nothing reads right as it stands.
    """
    signs = re.sub(r"[^A-Z0-9]", "", content.upper())
    places = [match.end() for match in re.finditer(f"(?={MARK})", signs)]
    tails = [signs[place + len(MARK) :][: _PAYLOAD + 1] for place in places]
    for heard in (tails, [tail.translate(_HEARD_AS) for tail in tails]):
        if found := [f"{MARK}{tail}" for tail in heard if is_reference(f"{MARK}{tail}")]:
            return tuple(dict.fromkeys(found))
    return ()


def is_reference(text: str) -> bool:
    """Whether the text is a reference as `new_reference` writes it."""
    signs = text.removeprefix(MARK)
    right = len(text) == LENGTH and text.startswith(MARK) and set(signs) <= set(ALPHABET)
    return right and _check_sign(signs[:_PAYLOAD]) == signs[_PAYLOAD]


def _check_sign(payload: str) -> str:
    """A sum weighted by place, modulo a prime: every single wrong sign and every swap of neighbours changes it."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(payload, start=3))
    return ALPHABET[total % len(ALPHABET)]
