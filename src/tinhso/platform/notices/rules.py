"""What a notice says on each channel, when a delivery is tried again, how addresses are hidden. No database, no clock."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import NoticeText
from tinhso.kernel.packs.notices import PLACEHOLDERS, SMS_LENGTH

Channel = Literal["email", "sms", "zalo"]
CHANNELS: tuple[Channel, ...] = ("email", "sms", "zalo")
QUEUED, SENT, FAILED = "queued", "sent", "failed"

# A try at once, then after these; a day later nobody waits for the message any more.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=20))
UNCUT = frozenset({"code", "tracking", "link", "due", "until"})
_STROKES = str.maketrans("đĐ“”‘’–—…·\u00a0", "dD\"\"''--.- ")
_VIETNAMESE_NUMBER = re.compile(r"(?:\+?84|0)(\d{9})")

Value = str | Text
Fields = Mapping[str, Value]


class TooLong(Exception):
    """A text message does not fit into 160 plain characters, whatever is shortened."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell: public code, name, and the addresses held, empty where none; `language` is "vi" or "en"."""

    code: str
    name: str
    phone: str = ""
    email: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to be, on one channel."""

    channel: Channel
    to: str
    subject: str
    body: str
    problem: str = ""


def fill(text: Text, fields: Fields) -> Text:
    """
    The words in both languages with the values in place.

    :raises KeyError: the text names a value that is not there
    """
    return Text(*(text.in_language(language).format_map(words_of(fields, language)) for language in ("vi", "en")))


def words_of(fields: Fields, language: str) -> dict[str, str]:
    """The values in one language."""
    return {name: value.in_language(language) if isinstance(value, Text) else value for name, value in fields.items()}


def plain(words: str) -> str:
    """The words in ASCII, as one text message of 160 characters needs them: "Đã nhận" becomes "Da nhan"."""
    apart = unicodedata.normalize("NFD", words.translate(_STROKES))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return "".join(sign if " " <= sign <= "~" else "?" for sign in " ".join(bare.split()))


def sms_words(text: Text, fields: Fields, language: str) -> str:
    """
    The text message: plain characters, at most 160; names and reasons are cut where they must be, codes and links never.

    :raises TooLong: even so it does not fit
    """
    words = text.in_language(language)
    values = {name: plain(value) for name, value in words_of(fields, language).items()}
    cut = {
        name: value if name in UNCUT else _shortened(value, PLACEHOLDERS.get(name, 30))
        for name, value in values.items()
    }
    message = plain(words.format_map(cut))
    if len(message) > SMS_LENGTH:
        raise TooLong(message)
    return message


def _shortened(value: str, length: int) -> str:
    return value if len(value) <= length else value[: length - 3].rstrip() + "..."


def phone_number(phone: str) -> str:
    """The number as gateways want it, 84 and nine digits; empty when it is no Vietnamese number."""
    found = _VIETNAMESE_NUMBER.fullmatch(re.sub(r"[\s.\-()]", "", phone))
    return f"84{found[1]}" if found else ""


def drafts(text: NoticeText, recipient: Recipient, fields: Fields) -> Iterator[Draft]:
    """A letter for each channel that has words and an address; one that cannot be written carries its problem."""
    phone = phone_number(recipient.phone)
    if text.email_subject and text.email_body and recipient.email:
        subject, body = (
            fill(part, fields).in_language(recipient.language) for part in (text.email_subject, text.email_body)
        )
        yield Draft("email", recipient.email, " ".join(subject.split()), body)
    if text.sms and phone:
        yield _sms_draft(text.sms, phone, recipient, fields)
    if text.zalo and phone:
        yield Draft("zalo", phone, "", fill(text.zalo, fields).in_language(recipient.language))


def _sms_draft(text: Text, phone: str, recipient: Recipient, fields: Fields) -> Draft:
    try:
        return Draft("sms", phone, "", sms_words(text, fields, recipient.language))
    except TooLong as long:
        return Draft("sms", phone, "", str(long), problem="too_long")


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts in vain; None to give up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def masked(address: str) -> str:
    """An address to be recognised by its owner only: "h***@gmail.com", "84*****4321"."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return address[:2] + "*" * max(0, len(address) - 6) + address[-4:] if len(address) > 6 else "*" * len(address)


def without(address: str, words: str) -> str:
    """A gateway's words with the address masked: servers like to repeat it, and officers read the words."""
    return re.sub(re.escape(address), lambda _found: masked(address), words, flags=re.IGNORECASE) if address else words
