"""From the answers of a form to the fields of a printed result, as the pack's table beside the template says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tinhso.kernel.flow import Deadline, Procedure
from tinhso.kernel.money import number_in_words
from tinhso.kernel.worktime import VIETNAM, Duration

APRIL = 4


@dataclass(frozen=True, slots=True)
class Answers:
    """A form's answers in words by field, and as they are kept."""

    texts: Mapping[str, str]
    kept: Mapping[str, Any]


def fill(table: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """
    The fields that a pack's table names: each value is a field of the form, or several of which the first that is
    answered counts. `field|iso` gives a date as it is kept, `field|words` in words, `=text` the text itself.
    """
    return {
        name: fill(value, answers) if isinstance(value, Mapping) else _value(value, answers)
        for name, value in table.items()
    }


def fields_taken(table: Mapping[str, Any]) -> frozenset[str]:
    """The fields of the form that a pack's table takes answers from."""
    found: set[str] = set()
    for value in table.values():
        if isinstance(value, Mapping):
            found |= fields_taken(value)
        else:
            asked = [value] if isinstance(value, str) else value
            found |= {each.partition("|")[0] for each in asked if not each.startswith("=")}
    return frozenset(found)


def _value(asked: str | Sequence[str], answers: Answers) -> str:
    fields = [asked] if isinstance(asked, str) else asked
    return next((found for each in fields if (found := _one(each, answers))), "")


def _one(asked: str, answers: Answers) -> str:
    if asked.startswith("="):
        return asked[1:]
    field, _, way = asked.partition("|")
    kept = answers.kept.get(field)
    if way == "iso":
        return str(kept or "")
    if way == "words":
        return date_in_words(date.fromisoformat(str(kept))) if kept else ""
    return answers.texts.get(field, "")


def date_in_words(on: date) -> str:
    """A day as registers write it: "Ngày mười hai, tháng mười một, năm hai nghìn không trăm hai mươi sáu"."""
    month = "tư" if on.month == APRIL else number_in_words(on.month)
    return f"Ngày {number_in_words(on.day)}, tháng {month}, năm {number_in_words(on.year)}"


def deadline_in_words(deadline: Deadline | None) -> str:
    """A time limit as the receipt prints it, in Vietnamese; empty without one."""
    if deadline is None:
        return ""
    said = Duration(deadline.amount, deadline.unit).text.vi if deadline.amount else "Trong ngày làm việc"
    hour = f"; nhận từ {deadline.cut_off:%H:%M} thì trả trong ngày làm việc tiếp theo" if deadline.cut_off else ""
    return said + hour


def local_iso(at: datetime | None) -> str:
    """A moment on a Vietnamese clock as templates read it: "2026-11-23T15:30:00+07:00"; empty for None."""
    return at.astimezone(VIETNAM).isoformat(timespec="seconds") if at else ""


def handed_in(procedure: Procedure, codes: Sequence[str], *, is_online: bool) -> list[dict[str, Any]]:
    """The papers of a receipt: each that was handed in, as originals and copies at a desk, as a file online."""
    rules = {paper.code: paper for paper in procedure.papers}
    rows: list[dict[str, Any]] = []
    for code in dict.fromkeys(codes):
        paper = rules.get(code)
        name = paper.name.vi if paper else code
        if is_online or paper is None:
            rows.append({"name": name, "note": "bản điện tử"})
        else:
            rows.append({"name": name, "originals": paper.originals, "copies": paper.copies})
    return rows
