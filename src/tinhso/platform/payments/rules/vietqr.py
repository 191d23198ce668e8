"""
VietQR: the merchant-presented QR code of EMVCo as NAPAS uses it, for a transfer to a bank account.

A code is a row of fields, each an id and a length of two figures and a value; the last is a CRC over all before it.
Banks read fewer signs than EMVCo allows, so names are folded to ASCII and cut (name 25, city 15, purpose 25).
"""

import re
from dataclasses import dataclass

from tinhso.kernel.vietnamese import fold

NAPAS = "A000000727"
TRANSFER_TO_ACCOUNT = "QRIBFTTA"
DONG, COUNTRY, DYNAMIC = "704", "VN", "12"
MOST_DONG = 10**12
NAME_LENGTH, CITY_LENGTH, PURPOSE_LENGTH, ACCOUNT_LENGTH = 25, 15, 25, 19
_ODD = re.compile(r"[^ A-Za-z0-9_@./#&+-]")


@dataclass(frozen=True, slots=True)
class Payee:
    """The bank account that receives: the bank's six-figure BIN, account number, holder, city."""

    bank_bin: str
    account: str
    holder: str = ""
    city: str = ""


class NotPayable(ValueError):
    """No code can be made of these values; the message says which is wrong."""


def write_vietqr(payee: Payee, amount_dong: int, purpose: str) -> str:
    """
    The text of a QR code that fills in account, amount and purpose in a bank's app.

    :param purpose: 1 to 25 signs that banks carry unchanged, as a payment reference is
    :raises NotPayable: the amount is not 1 to 10^12 đồng, or a value is missing, too long, or has odd signs
    """
    if not 1 <= amount_dong <= MOST_DONG:
        raise NotPayable(f"{amount_dong} đ")
    if not re.fullmatch(r"\d{6}", payee.bank_bin) or not re.fullmatch(r"[A-Za-z0-9]{4,19}", payee.account):
        raise NotPayable(f"{payee.bank_bin} {payee.account}")
    if not 1 <= len(purpose) <= PURPOSE_LENGTH or _ODD.search(purpose):
        raise NotPayable(purpose)
    account = _field("00", payee.bank_bin) + _field("01", payee.account)
    merchant = _field("00", NAPAS) + _field("01", account) + _field("02", TRANSFER_TO_ACCOUNT)
    fields = [("00", "01"), ("01", DYNAMIC), ("38", merchant), ("53", DONG), ("54", str(amount_dong)), ("58", COUNTRY)]
    fields += [("59", plain(payee.holder, NAME_LENGTH)), ("60", plain(payee.city, CITY_LENGTH))]
    fields += [("62", _field("08", purpose))]
    body = "".join(_field(code, value) for code, value in fields if value) + "6304"
    return body + crc16(body)


def plain(words: str, length: int) -> str:
    """Words as banks print them: capitals without diacritics, odd signs left out, cut to a length."""
    folded = _ODD.sub("", fold(words).upper())
    return re.sub(r" +", " ", folded)[:length].strip()


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE of ASCII text as four hexadecimal figures, leading noughts kept."""
    register = 0xFFFF
    for byte in text.encode("ascii"):
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1) ^ 0x1021 if register & 0x8000 else register << 1
            register &= 0xFFFF
    return f"{register:04X}"


def _field(code: str, value: str) -> str:
    return f"{code}{len(value):02d}{value}"
