"""Tracking ids: what an applicant holds from the moment of filing; unguessable, and safe to read out by telephone."""

import re
from random import Random

from tinhso.kernel.identifiers.errors import NotReadable

# No 0 O, no 1 I L, no S beside 5, no U beside V: 29 signs, and 29 is prime, which the check sign below needs.
ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
EXAMPLE = "TS-7K3M-9QXD-46"
_PAYLOAD = 9
_HEARD_AS = str.maketrans("SU", "5V")


def new_tracking_id(random: Random) -> str:
    """
    A new id such as "TS-7K3M-9QXD-46": nine random signs (29^9, over 43 bits) and one that checks them.

    :param random: `random.SystemRandom()` in earnest, a seeded one in tests
    """
    payload = "".join(random.choice(ALPHABET) for _ in range(_PAYLOAD))
    return _written(payload + _check_sign(payload))


def is_tracking_id(text: str) -> bool:
    """Whether the text is a tracking id with a right check sign, however it was typed."""
    try:
        read_tracking_id(text)
    except NotReadable:
        return False
    return True


def read_tracking_id(text: str) -> str:
    """
    The id in its written form from what somebody typed: small letters, missing dashes, S for 5 and U for V are mended.

    :raises NotReadable: a sign is missing or wrong; every single wrong sign and every swap of two is noticed
    """
    signs = re.sub(r"[\s.\-–]", "", text).upper().removeprefix("TS").translate(_HEARD_AS)
    if len(signs) != _PAYLOAD + 1 or not set(signs) <= set(ALPHABET):
        raise NotReadable(
            f"Mã theo dõi có dạng {EXAMPLE}: 10 chữ và số sau TS.",
            f"A tracking id looks like {EXAMPLE}: ten letters and figures after TS.",
        )
    if _check_sign(signs[:_PAYLOAD]) != signs[_PAYLOAD]:
        raise NotReadable(
            "Mã theo dõi có một chữ hoặc số sai. Hãy xem lại trên giấy biên nhận.",
            "One letter or figure of the tracking id is wrong. Please look at the receipt again.",
        )
    return _written(signs)


def _check_sign(payload: str) -> str:
    """Weighted sum modulo a prime: each place has its own weight, so a wrong sign or a swap always changes it."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(payload, start=2))
    return ALPHABET[total % len(ALPHABET)]


def _written(signs: str) -> str:
    """Ten signs in groups, after the two letters of the platform."""
    return f"TS-{signs[:4]}-{signs[4:8]}-{signs[8:]}"
