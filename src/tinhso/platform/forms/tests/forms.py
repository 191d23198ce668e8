"""Forms to try, small and whole, and answers of every kind that fit them."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from tinhso.kernel.packs import Field, Form, read_form, read_packs

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PACKS = Path(__file__).resolve().parents[5] / "packs"


def form_of(*fields: str) -> Form:
    """A form of one page "only" with these fields, each written as a line of TOML."""
    rows = "\n".join(f"[[page.field]]\n{field}" for field in fields)
    head = 'code = "trial"\nversion = "2025-07-01"\nname = { vi = "Thử", en = "Trial" }\n'
    return read_form(tomllib.loads(f'{head}[[page]]\ncode = "only"\ntitle = {{ vi = "Trang", en = "Page" }}\n{rows}'))


def field_of(kind: str, more: str = "", code: str = "it") -> str:
    return f'code = "{code}"\nkind = "{kind}"\nlabel = {{ vi = "Mục", en = "Entry" }}\n{more}'


FAMILY = """
code = "family"
version = "2025-07-01"
name = { vi = "Gia đình", en = "Family" }
[[page]]
code = "parents"
title = { vi = "Cha mẹ", en = "Parents" }
[[page.field]]
code = "mother_name"
kind = "person_name"
label = { vi = "Tên mẹ", en = "Mother's name" }
required = true
prefill = "relation.mother.name"
[[page.field]]
code = "mother_number"
kind = "personal_number"
label = { vi = "Số định danh của mẹ", en = "Mother's number" }
prefill = "relation.mother.number"
[[page.field]]
code = "mother_birth_date"
kind = "date"
label = { vi = "Ngày sinh của mẹ", en = "Mother's birth date" }
partial = true
max = 0
prefill = "relation.mother.birth_date"
[[page.field]]
code = "has_father"
kind = "yes_no"
label = { vi = "Có ghi tên cha không?", en = "Name the father?" }
required = true
[[page.field]]
code = "father_name"
kind = "person_name"
label = { vi = "Tên cha", en = "Father's name" }
required = true
when = { field = "has_father", equals = true }
[[page.field]]
code = "mother_phones"
kind = "group"
label = { vi = "Điện thoại của mẹ", en = "Mother's telephones" }
min = 1
max = 3
  [[page.field.field]]
  code = "phone_use"
  kind = "choice"
  label = { vi = "Loại", en = "Kind" }
  required = true
  options = [ { code = "home", name = { vi = "Nhà", en = "Home" } }, { code = "other", name = { vi = "Khác", en = "Other" } } ]
  [[page.field.field]]
  code = "phone_number"
  kind = "phone"
  label = { vi = "Số máy", en = "Number" }
  required = true
  prefill = "relation.mother.phone"
  [[page.field.field]]
  code = "phone_note"
  kind = "text"
  label = { vi = "Máy của ai", en = "Whose" }
  required = true
  when = { field = "phone_use", equals = "other" }
[[page]]
code = "household"
title = { vi = "Hộ", en = "Household" }
when = { field = "has_father", equals = true }
[[page.field]]
code = "income_dong"
kind = "money"
label = { vi = "Thu nhập", en = "Income" }
max = 1000000000
[[page.field]]
code = "people"
kind = "number"
label = { vi = "Số người", en = "People" }
required = true
min = 1
max = 30
[[page.field]]
code = "commune"
kind = "unit"
label = { vi = "Xã", en = "Commune" }
[[page.field]]
code = "remarks"
kind = "long_text"
label = { vi = "Ghi chú", en = "Remarks" }
"""


def family() -> Form:
    return read_form(tomllib.loads(FAMILY))


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Every form of the packs in this repository."""
    packs = read_packs(PACKS, [path.parent.name for path in PACKS.glob("*/pack.toml")])
    return tuple(packs.forms[key] for key in sorted(packs.forms))


def examples(count: int) -> settings:
    """That many examples, shared among the shipped forms: their fields are of the same few kinds."""
    return settings(max_examples=max(5, count // len(shipped_forms())), deadline=None)


_WORD = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐỆẶỮ"), min_size=1, max_size=7)
_NAMES = st.lists(_WORD, min_size=1, max_size=5).map(" ".join)
_PHONES = st.integers(10**8, 10**9 - 1).map(lambda number: f"0{number}")
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.lists(_WORD, min_size=1, max_size=4).map(" ".join),
    "long_text": st.lists(_WORD, min_size=1, max_size=4).map("\n".join),
    "person_name": _NAMES,
    "personal_number": st.integers(0, 10**12 - 1).map(lambda number: f"{number:012d}"),
    "yes_no": st.booleans(),
    "phone": _PHONES,
    "email": st.just("mai@vidu.vn"),
    "unit": st.just("06211@2025-07-01"),
}


def _days_within(field: Field) -> st.SearchStrategy[str]:
    """Days that a field takes; its bounds are counted from today."""
    first = date(1900, 1, 1) if field.min is None else TODAY + timedelta(field.min)
    last = TODAY + timedelta(field.max or 0)
    return st.dates(first, max(first, last)).map(date.isoformat)


def answers_to(field: Field) -> st.SearchStrategy[Any]:
    """Answers to a field that fit it, in the form in which they are kept."""
    if field.kind == "group":
        row = st.fixed_dictionaries({child.code: answers_to(child) for child in field.fields})
        return st.lists(row, min_size=max(field.min or 0, 1), max_size=field.max or 4)
    if field.kind == "choice":
        return st.sampled_from([option.code for option in field.options])
    if field.kind in {"number", "money"}:
        return st.integers(field.min or 0, field.max or 10**9)
    if field.kind == "date":
        days = _days_within(field)
        return st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4])) if field.partial else days
    values = _VALUES[field.kind]
    return values.filter(lambda text: len(text) <= field.max_length) if field.max_length else values


def answers_of(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to all fields of a form, asked or not."""
    return st.fixed_dictionaries({field.code: answers_to(field) for field in form.fields()})


def posted(page: dict[str, Any]) -> dict[str, str]:
    """What a browser sends of a page as it was drawn."""
    sent = {"shown": page["shown"]}
    for question in page["questions"]:
        if question["kind"] == "group":
            sent[question["rows_name"]] = question["rows_count"]
            for row in question["rows_shown"]:
                sent |= posted({"shown": page["shown"], "questions": row["questions"]})
        elif question["kind"] == "date_parts":
            sent |= {f"{question['name']}-{part}": value for part, value in question["value"].items()}
        elif question["kind"] != "radios" or question["value"]:
            sent[question["name"]] = question["value"].replace("\n", "\r\n")
    return sent
