"""From the tables of texts/notices.toml to notice texts, and everything that is wrong with them."""

import re
from collections.abc import Iterator
from string import Formatter

from tinhso.kernel.flow import Place, Problem, Text
from tinhso.kernel.flow.references import untranslated
from tinhso.kernel.flow.tables import Table
from tinhso.kernel.packs.contents import CHANNELS, NoticeText
from tinhso.kernel.packs.wording import problem

FACT = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")
SMS_LENGTH = 160
# What a notice may name, and how long that is at most in a text message. "{code}" is the dossier code, or the
# tracking number while there is no code yet; moments are written as "16:30 23/11/2026".
PLACEHOLDERS = {
    "code": 25,
    "tracking": 17,
    "procedure": 40,
    "name": 30,
    "unit": 30,
    "due": 16,
    "until": 16,
    "reasons": 60,
    "papers": 60,
    "result": 30,
    "link": 40,
    "amount": 15,
    "figures": 60,
    "stop": 60,
}


def read_notice(table: Table) -> NoticeText:
    """The texts that one row holds; wrong values are reported to the table."""
    notice = NoticeText(table.string("fact"), *(table.text(channel, None) for channel in CHANNELS))
    table.close()
    return notice


def find_notice_problems(notice: NoticeText, place: Place) -> Iterator[Problem]:
    """All that is wrong with one notice."""
    if not FACT.fullmatch(notice.fact):
        yield problem("wrong_fact", (*place, "fact"), fact=notice.fact)
    texts: dict[str, Text] = {channel: getattr(notice, channel) for channel in CHANNELS}
    if not any(texts.values()):
        yield problem("notice_without_text", place, fact=notice.fact)
    if bool(notice.email_subject) is not bool(notice.email_body):
        yield problem("email_without_subject", place, fact=notice.fact)
    for channel, text in texts.items():
        yield from untranslated(text, (*place, channel), required=False)
        for language in ("vi", "en"):
            words: str = getattr(text, language)
            yield from _words_problems(notice.fact, channel, words, (*place, channel, language))


def _words_problems(fact: str, channel: str, words: str, place: Place) -> Iterator[Problem]:
    named = placeholders_of(words)
    if named is None:
        yield problem("wrong_braces", place, fact=fact, channel=channel)
        return
    known = ", ".join(PLACEHOLDERS)
    for name in named:
        if name not in PLACEHOLDERS:
            yield problem("unknown_placeholder", place, fact=fact, channel=channel, placeholder=name, known=known)
    if channel == "sms":
        yield from _sms_problems(fact, words, place)


def placeholders_of(words: str) -> list[str] | None:
    """The names in {braces} that a text has filled in; None where a brace is odd."""
    try:
        return [name for _, name, _, _ in Formatter().parse(words) if name is not None]
    except ValueError:
        return None


def _sms_problems(fact: str, words: str, place: Place) -> Iterator[Problem]:
    """One text message holds 160 characters without diacritics; a single one that is not plain halves it."""
    odd = "".join(dict.fromkeys(character for character in words if not " " <= character <= "~"))
    if odd:
        yield problem("sms_with_diacritics", place, fact=fact, characters=odd)
    length = sum(len(literal) + PLACEHOLDERS.get(name or "", 0) for literal, name, _, _ in Formatter().parse(words))
    if length > SMS_LENGTH:
        yield problem("sms_too_long", place, fact=fact, length=length, most=SMS_LENGTH)
