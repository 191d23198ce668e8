"""One answer at a time: from what was typed or sent to what is kept, or what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from tinhso.kernel.identifiers import NotReadable, parse_personal_number
from tinhso.kernel.money import format_dong, parse_dong
from tinhso.kernel.packs import Field
from tinhso.platform.forms.rules.dates import LooseDate, NoDate, parse_date

LONGEST = {
    "text": 200,
    "long_text": 2000,
    "person_name": 60,
    "email": 254,
    "phone": 30,
    "personal_number": 30,
    "unit": 40,
}
MOST = 10**15
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}")
_UNIT = re.compile(r"[\w.\-]{1,24}@\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?|-?\d+\.\d+", re.ASCII)
_DOMESTIC_PHONE = re.compile(r"0[1-9]\d{8,9}", re.ASCII)
_FOREIGN_PHONE = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


class Wrong(ValueError):
    """The answer cannot be kept; `code` names the problem, `named` fills its sentence."""

    def __init__(self, code: str, **named: object) -> None:
        self.code, self.named = code, named
        super().__init__(code)


def tidy(text: str, *, lines: bool = False) -> str:
    """The text composed (NFC), without signs that do not show, without blanks around it; with `lines` its lines stay."""
    if text.isprintable():  # nothing hidden, no line but one: nearly every answer
        composed = unicodedata.normalize("NFC", text)
        return composed.strip() if lines else " ".join(composed.split())
    ended = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(sign if not _is_hidden(sign, lines) else _in_place_of(sign) for sign in ended)
    composed = unicodedata.normalize("NFC", shown)
    if lines:
        return "\n".join(line.rstrip() for line in composed.split("\n")).strip()
    return " ".join(composed.split())


def _is_hidden(sign: str, lines: bool) -> bool:  # noqa: FBT001 - two places use it
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and not (lines and sign == "\n")


def _in_place_of(sign: str) -> str:
    return " " if sign in "\n\t\v\f" else ""


def is_blank(answer: Any) -> bool:
    """Whether nothing was answered: nothing, blanks only, an empty list, three empty boxes of a date."""
    if isinstance(answer, str):
        return not tidy(answer)
    if isinstance(answer, Mapping):
        return all(is_blank(part) for part in answer.values())
    return answer is None or answer == []


def clean(field: Field, answer: Any, *, on: date) -> Any:
    """
    What is kept for an answer that is not blank: text, number, bool, ISO date.

    :param on: today where the applicant is, from which a date's bounds are counted
    :raises Wrong: it is not an answer to this field
    """
    return _CLEANERS[field.kind](field, answer, on)


def _text_of(field: Field, answer: Any, *, lines: bool = False) -> str:
    if not isinstance(answer, str):
        raise Wrong("not_text")
    text = tidy(answer, lines=lines)
    limit = min(field.max_length or LONGEST[field.kind], 20_000)
    if len(text) > limit:
        raise Wrong("too_long", limit=limit)
    return text


def _clean_text(field: Field, answer: Any, _: date) -> str:
    return _text_of(field, answer, lines=field.kind == "long_text")


def _clean_name(field: Field, answer: Any, _: date) -> str:
    name = _text_of(field, answer).replace("’", "'")
    if not all(sign in " '-." or unicodedata.category(sign)[0] in "LM" for sign in name):
        raise Wrong("not_a_name")
    if not any(unicodedata.category(sign)[0] == "L" for sign in name):
        raise Wrong("not_a_name")
    return name


def _clean_personal_number(field: Field, answer: Any, _: date) -> str:
    try:
        return parse_personal_number(_text_of(field, answer)).digits
    except NotReadable:
        raise Wrong("not_a_personal_number") from None


def _clean_date(field: Field, answer: Any, on: date) -> str:
    try:
        found = parse_date(answer)
    except NoDate as trouble:
        is_loose = field.partial and trouble.code == "incomplete_date"
        raise Wrong("incomplete_partial_date" if is_loose else trouble.code) from None
    if not (found.is_whole or field.partial):
        raise Wrong("incomplete_date")
    _check_bounds_of_date(field, found, on)
    return found.kept


def _check_bounds_of_date(field: Field, found: LooseDate, on: date) -> None:
    if field.min is not None and found.last < (earliest := on + timedelta(days=field.min)):
        raise Wrong("too_early", limit=f"{earliest:%d/%m/%Y}")
    if field.max is not None and found.first > (latest := on + timedelta(days=field.max)):
        raise Wrong("too_late", limit=f"{latest:%d/%m/%Y}")


def _clean_choice(field: Field, answer: Any, _: date) -> str:
    if not isinstance(answer, str) or answer not in {option.code for option in field.options}:
        raise Wrong("not_an_option")
    return answer


def _clean_yes_no(_: Field, answer: Any, __: date) -> bool:
    if isinstance(answer, bool):
        return answer
    if answer in ("yes", "no"):
        return bool(answer == "yes")
    raise Wrong("not_yes_or_no")


def _clean_phone(field: Field, answer: Any, _: date) -> str:
    digits = re.sub(r"[\s.\-()]", "", _text_of(field, answer))
    if re.match(r"(\+|00)84", digits):
        digits = "0" + re.sub(r"^(\+|00)840?", "", digits)
    if _DOMESTIC_PHONE.fullmatch(digits) or _FOREIGN_PHONE.fullmatch(digits):
        return digits
    raise Wrong("not_a_phone")


def _clean_email(field: Field, answer: Any, _: date) -> str:
    address = _text_of(field, answer)
    if not _EMAIL.fullmatch(address):
        raise Wrong("not_an_email")
    return address


def _clean_number(field: Field, answer: Any, _: date) -> int | float:
    number = _number_of(answer)
    if field.min is not None and number < field.min:
        raise Wrong("too_small", limit=field.min)
    if field.max is not None and number > field.max:
        raise Wrong("too_large", limit=field.max)
    return number


def _number_of(answer: Any) -> int | float:
    """A whole number wherever it is one; "1.500" is fifteen hundred, "1,5" and "1.5" are one and a half."""
    if isinstance(answer, str):
        text = re.sub(r"\s", "", tidy(answer))
        if len(text) > 24 or not _NUMBER.fullmatch(text):
            raise Wrong("not_a_number")
        grouped = "," in text or re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text)
        answer = float(text.replace(".", "").replace(",", ".") if grouped else text)
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not -MOST < answer < MOST:
        raise Wrong("not_a_number")
    return int(answer) if answer == int(answer) else answer


def _clean_money(field: Field, answer: Any, _: date) -> int:
    if isinstance(answer, str):
        try:
            answer = parse_dong(tidy(answer)) if len(answer) < 40 else None
        except ValueError:
            answer = None
    if isinstance(answer, bool) or not isinstance(answer, int) or abs(answer) >= MOST:
        raise Wrong("not_money")
    if answer < (least := field.min or 0):
        raise Wrong("too_small", limit=format_dong(least))
    if field.max is not None and answer > field.max:
        raise Wrong("too_large", limit=format_dong(field.max))
    return answer


def _clean_unit(field: Field, answer: Any, _: date) -> str:
    key = _text_of(field, answer)
    if not _UNIT.fullmatch(key):
        raise Wrong("not_a_unit")
    return key


_CLEANERS: dict[str, Callable[[Field, Any, date], Any]] = {
    "text": _clean_text,
    "long_text": _clean_text,
    "person_name": _clean_name,
    "personal_number": _clean_personal_number,
    "date": _clean_date,
    "choice": _clean_choice,
    "yes_no": _clean_yes_no,
    "phone": _clean_phone,
    "email": _clean_email,
    "number": _clean_number,
    "money": _clean_money,
    "unit": _clean_unit,
}
