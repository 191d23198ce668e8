"""An indicator as its SQL file tells it: the card in the head of the file, and the select below it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from hashlib import sha256
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.flow import NO_TEXT, Problem, Text
from tinhso.kernel.flow.problem import Wording, worded
from tinhso.modules.insight.indicators.rules.selects import counts_row_by_row


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure is told in: numerator / denominator × `factor`; `text` follows the number."""

    factor: Fraction
    text: str | Promise
    is_share: bool = False


MEASURES: Final[Mapping[str, Measure]] = {
    "percent": Measure(Fraction(100), "%", is_share=True),
    "day": Measure(Fraction(1, 86_400), _("ngày")),  # times are counted in seconds
    "hour": Measure(Fraction(1, 3_600), _("giờ")),
    "minute": Measure(Fraction(1, 60), _("phút")),
}
GROUPS: Final[Mapping[str, str | Promise]] = {
    "main": _("Những con số chính"),
    "time": _("Thời gian và đúng hạn"),
    "online": _("Trực tuyến và số hóa"),
    "quality": _("Chất lượng xử lý"),
    "people": _("Người dân đánh giá"),
    "once": _("Chỉ hỏi một lần"),
}
KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": tuple(MEASURES),
    "better": ("higher", "lower"),
    "level": ("country", "province", "commune", "agency", "department", "office"),
    "group": tuple(GROUPS),
    "drill": ("case", "none"),
}
BILINGUAL = ("title", "definition", "numerator", "denominator")
REQUIRED = (*BILINGUAL, *(f"{key}_en" for key in BILINGUAL), *KNOWN, "source")
OPTIONAL = ("target", "order", "note", "note_en")
NUMBERS = ("target", "order")
SEVERAL_ON_A_LINE = re.compile(r"\s{2,}(?=[a-z_]+:\s)")

WORDING: Wording = {
    "indicator_key_missing": ("Thẻ chỉ số thiếu mục “{key}”.", "The indicator's card lacks “{key}”."),
    "indicator_key_unknown": (
        "Thẻ chỉ số không có mục “{key}”; dùng được: {known}.",
        "An indicator's card has no “{key}”; there are: {known}.",
    ),
    "indicator_key_twice": ("Mục “{key}” viết hai lần.", "“{key}” is written twice."),
    "indicator_value_unknown": (
        "{key}: không có “{value}”; dùng được: {known}.",
        "{key}: there is no “{value}”; there are: {known}.",
    ),
    "indicator_no_number": ("{key}: “{value}” không phải là số.", "{key}: “{value}” is no number."),
    "indicator_line_unread": (
        "Dòng này không phải “mục: nội dung”.",
        "This line is not “key: value”.",
    ),
    "indicator_no_select": (
        "Sau thẻ phải là đúng một câu select (hoặc with … select).",
        "Below the card there must be exactly one select (or with … select).",
    ),
    "indicator_wrong_name": (
        "Tên tệp chỉ được có chữ thường không dấu, số và gạch dưới.",
        "The file's name may have small letters, digits and underscores only.",
    ),
    "indicator_wrong_sql": ("Câu SQL không chạy được: {said}.", "The SQL cannot run: {said}."),
    "indicator_fleeting": (
        "{name}() cho kết quả khác mỗi lần chạy; con số phải tính lại được từ cùng dữ liệu.",
        "{name}() gives something else each time; a figure must come out again from the same rows.",
    ),
    "indicator_wrong_columns": (
        "Câu select phải cho đúng các cột {expected}, nhưng cho {found}.",
        "The select must give the columns {expected}, but gives {found}.",
    ),
}


@dataclass(frozen=True, slots=True)
class Card:
    """
    What people are told about an indicator; `drill` "none" keeps its dossiers closed even to officers.

    The board shows the indicators of group "main" large, the others below their group's head; within a group by `order`,
    those that do not say one last.
    """

    code: str
    title: Text
    definition: Text
    numerator: Text
    denominator: Text
    unit: str
    better: str
    level: str
    drill: str
    source: str
    group: str
    note: Text = NO_TEXT
    target: Decimal | None = None
    order: Decimal = Decimal(100)

    @property
    def measure(self) -> Measure:
        """What its figures are told in."""
        return MEASURES[self.unit]


@dataclass(frozen=True, slots=True)
class Definition:
    """
    One indicator: its card and its select, which gives one row for each thing counted.

    Columns of the select: `month` (its first day), `unit` (key), `public_id` (of the case), `value`: true or false where
    the unit is percent, else a whole number (seconds for times). Numerator is the sum of `value`, denominator the count
    of rows, so a figure and the list behind it cannot disagree.
    """

    card: Card
    sql: str

    @property
    def code(self) -> str:
        """The indicator's code, the stem of its file."""
        return self.card.code

    @property
    def sha256(self) -> str:
        """What tells this text from every other (hex)."""
        return sha256(self.sql.encode()).hexdigest()

    @property
    def adds_up(self) -> bool:
        """Whether each row counts by itself, so that the sums over some files can be taken off and others added."""
        return counts_row_by_row(self.sql)


class BadIndicators(ValueError):
    """Indicators that cannot be used; `problems` holds every reason with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{each.path}:{each.line}: {each.vi}" for each in problems))


def read_definition(path: str, text: str) -> Definition:
    """
    The indicator in a file.

    :param path: the file's name; its stem is the indicator's code
    :raises BadIndicators: the card is incomplete or wrong; carries every problem
    """
    code = path.rsplit("/", 1)[-1].removesuffix(".sql")
    found, problems = _read_head(text, path)
    problems += _judge(found, path)
    select = _select(text)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
        problems.append(problem("indicator_wrong_name", path, 1))
    if not re.match(r"(select|with)\b", select, re.IGNORECASE) or ";" in select:
        problems.append(problem("indicator_no_select", path, _first_line_below(text)))
    if problems:
        raise BadIndicators(sorted(problems, key=lambda each: each.line))
    return Definition(_card(code, {key: value for key, (value, _) in found.items()}), text)


def _select(text: str) -> str:
    """The select below the card."""
    return re.sub(r"--[^\n]*", "", text).strip()


def problem(code: str, path: str, line: int, **named: object) -> Problem:
    """The problem of that code in a file of an indicator."""
    said = worded(WORDING, code, (), **named)
    return Problem(said.code, said.vi, said.en, (), path, line)


def _first_line_below(text: str) -> int:
    """The first line that is no comment; the last where all are."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip() and line[:2] != "--"), len(lines) or 1)


Found = dict[str, tuple[str, int]]


def _read_head(text: str, path: str) -> tuple[Found, list[Problem]]:
    """What the comment at the head says by key, each with its line; a line indented by three goes on with the one before."""
    found: Found = {}
    problems: list[Problem] = []
    last = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("--"):
            break
        if line.startswith("--   ") and last:
            found[last] = (f"{found[last][0]} {line[2:].strip()}", found[last][1])
            continue
        for part in SEVERAL_ON_A_LINE.split(line[2:].strip()):
            key, colon, value = part.partition(":")
            if not colon:
                problems.append(problem("indicator_line_unread", path, number))
                continue
            if key in found:
                problems.append(problem("indicator_key_twice", path, number, key=key))
            last = key
            found[key] = (value.strip(), number)
    return found, problems


def _judge(found: Found, path: str) -> Iterator[Problem]:
    for key in REQUIRED:
        if not found.get(key, ("", 0))[0]:
            yield problem("indicator_key_missing", path, found.get(key, ("", 1))[1], key=key)
    for key, (value, line) in found.items():
        known = KNOWN.get(key, ())
        if key not in (*REQUIRED, *OPTIONAL):
            yield problem("indicator_key_unknown", path, line, key=key, known=", ".join((*REQUIRED, *OPTIONAL)))
        elif known and value and value not in known:
            yield problem("indicator_value_unknown", path, line, key=key, value=value, known=", ".join(known))
        elif key in NUMBERS and _number(value) is None:
            yield problem("indicator_no_number", path, line, key=key, value=value)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _card(code: str, said: Mapping[str, str]) -> Card:
    def text(key: str) -> Text:
        return Text(said.get(key, ""), said.get(f"{key}_en", ""))

    return Card(
        code=code,
        title=text("title"),
        definition=text("definition"),
        numerator=text("numerator"),
        denominator=text("denominator"),
        note=text("note"),
        unit=said["unit"],
        better=said["better"],
        level=said["level"],
        drill=said["drill"],
        source=said["source"],
        group=said["group"],
        target=_number(said["target"]) if "target" in said else None,
        order=_number(said.get("order", "")) or Decimal(100),
    )
