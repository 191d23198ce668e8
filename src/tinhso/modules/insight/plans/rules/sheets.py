"""A workbook of figures row by row: its columns, what each row would do, and that all are kept or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.vietnamese import syllables
from tinhso.modules.insight.plans.rules.courses import Stated
from tinhso.modules.insight.plans.rules.drafts import Draft, Known, Refused, Sent, Trouble, read_draft

Outcome = Literal["new", "revision", "beside", "same", "error"]
OUTCOMES: Final[Mapping[str, Promise]] = {
    "new": _("số mới"),
    "revision": _("công bố lại, số cũ vẫn giữ"),
    "beside": _("khác nguồn đã có, để cạnh nhau"),
    "same": _("đã có, bỏ qua"),
    "error": _("lỗi"),
}
# Heading in Vietnamese and English by the name of what stands below it; a star marks what every row needs.
COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "measure": ("Mã chỉ tiêu", "Measure"),
    "unit": ("Đơn vị", "Unit"),
    "level": ("Cấp", "Level"),
    "period": ("Kỳ", "Period"),
    "comparator": ("Dấu", "Comparator"),
    "value": ("Số", "Value"),
    "to": ("Đến số", "To"),
    "source_title": ("Tên nguồn", "Source"),
    "publisher": ("Ai công bố", "Publisher"),
    "source_address": ("Địa chỉ nguồn", "Address"),
    "method": ("Cách tính", "Method"),
    "announced_on": ("Ngày công bố", "Announced on"),
    "note": ("Ghi chú", "Note"),
    "is_public": ("Công khai", "Public"),
}
NEEDED: Final = ("measure", "unit", "period", "value", "source_title", "publisher")
MOST_ROWS: Final = 2000
LOOKED_FOR_HEADINGS: Final = 6
Key = tuple[str, str, str, str, str, date | None]


class BadSheet(Exception):
    """A workbook that cannot be read as a table of figures; says why and what to do."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the workbook; `number` as the program shows it, `letters` of its columns by name."""

    number: int
    sent: Mapping[str, Sent]
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one row would do, or what is wrong with it, each trouble with the letter of its column."""

    row: Row
    outcome: Outcome
    draft: Draft | None = None
    troubles: tuple[Trouble, ...] = ()

    def places(self) -> list[tuple[str, Trouble]]:
        """Each trouble with its cell, as C7."""
        return [(f"{self.row.letters.get(each.field, '')}{self.row.number}", each) for each in self.troubles]


def column_named(heading: Sent) -> str:
    """Which column a heading names, in either language or by its name in the API; empty for another."""
    words = " ".join(syllables(str(heading or "")))
    for name, titles in COLUMNS.items():
        if words in {*(" ".join(syllables(title)) for title in titles), " ".join(syllables(name))}:
            return name
    return ""


def find_headings(rows: Sequence[Sequence[Sent]]) -> tuple[int, dict[int, str]]:
    """
    In which of the first rows the headings stand, and which column is which.

    :raises BadSheet: none of them holds all that is needed, or one stands twice
    """
    best: dict[int, str] = {}
    for at, row in enumerate(rows[:LOOKED_FOR_HEADINGS]):
        found = {place: name for place, cell in enumerate(row) if (name := column_named(cell))}
        twice = [name for name in found.values() if list(found.values()).count(name) > 1]
        if twice:
            raise BadSheet(f"Cột “{COLUMNS[twice[0]][0]}” có hai lần.", f"The column “{COLUMNS[twice[0]][1]}” stands twice.")  # fmt: skip
        if set(NEEDED) <= set(found.values()):
            return at, found
        best = found if len(found) > len(best) else best
    missing = [name for name in NEEDED if name not in best.values()]
    vi, en = (", ".join(COLUMNS[name][side] for name in missing) for side in (0, 1))
    raise BadSheet(f"Thiếu cột: {vi}. Hãy dùng tệp mẫu.", f"Missing columns: {en}. Use the template.")


def judge_rows(
    rows: Iterable[Row], known: Known, said: Mapping[tuple[str, str, str], Sequence[Stated]]
) -> list[Judged]:
    """What each row would do, in order. :param said: what every source said before, by measure, unit and level"""
    before: dict[Key, Draft] = {}
    return [_judge(row, known, said, before) for row in rows]


def _judge(
    row: Row, known: Known, said: Mapping[tuple[str, str, str], Sequence[Stated]], before: dict[Key, Draft]
) -> Judged:
    try:
        draft = read_draft(row.sent, known)
    except Refused as refused:
        return Judged(row, "error", troubles=tuple(refused.troubles))
    key = (draft.measure, draft.unit_key, draft.level, draft.period.code, draft.source_key, draft.announced_on)
    twin = before.setdefault(key, draft)
    if twin is not draft:
        if twin.quantity == draft.quantity:
            return Judged(row, "same", draft)
        vi = "Tệp đã có dòng cùng chỉ tiêu, đơn vị, kỳ, nguồn với số khác."
        return Judged(row, "error", troubles=(Trouble("value", vi, "An earlier row says something else of the same."),))
    return Judged(row, _outcome(draft, said.get((draft.measure, draft.unit_key, draft.level), ())), draft)


def _outcome(draft: Draft, said: Sequence[Stated]) -> Outcome:
    here = [one for one in said if one.period == draft.period.code]
    mine = [one for one in here if one.source_key == draft.source_key]
    if mine:
        last = max(mine, key=lambda one: one.vintage)
        is_same = (last.quantity, last.announced_on, last.source_title) == (draft.quantity, draft.announced_on, draft.source_title)  # fmt: skip
        return "same" if is_same else "revision"
    return "beside" if any(one.quantity != draft.quantity for one in here) else "new"
