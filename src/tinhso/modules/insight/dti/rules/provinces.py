"""Which province is meant by a name as people write it, and what became of it in the reform."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tinhso.kernel.flow import Problem
from tinhso.kernel.vietnamese import fold
from tinhso.modules.insight.dti.rules.scoring import Row
from tinhso.modules.insight.dti.rules.wording import Said

DESIGNATIONS = ("thanh pho ", "tinh ", "tp. ", "tp.", "tp ")


def name_key(name: str) -> str:
    """What is the same in "TP. Đà Nẵng" and "Thành phố Đà Nẵng", in "Thừa Thiên - Huế" and "Thừa Thiên Huế"."""
    folded = fold(name).strip()
    for words in DESIGNATIONS:
        folded = folded.removeprefix(words)
    return "".join(sign for sign in folded if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Succession:
    """One former province and what it became: keys and official names."""

    former_key: str
    former_name: str
    key: str
    name: str


def heirs_of(successions: Iterable[Succession]) -> dict[str, Succession]:
    """The last successor of each former province by the plain form of its former name; a change of name is followed."""
    rows = list(successions)
    further = {row.former_key: row for row in rows}
    found = {}
    for row in rows:
        last = row
        while (after := further.get(last.key)) and after.key != last.key:
            last = after
        found[name_key(row.former_name)] = Succession(row.former_key, row.former_name, last.key, last.name)
    return found


def group_rows(rows: Sequence[Row], successions: Iterable[Succession]) -> dict[str, list[Row]]:
    """
    The rows of former provinces by the name of what they became, in the order in which these first come.

    :raises Said: a name is not known, or a new province lacks one of those it was made of
    """
    heirs = heirs_of(successions)
    problems, groups = [], dict[str, list[Row]]()
    for row in rows:
        heir = heirs.get(name_key(row.name))
        if heir is None:
            vi = f"Dòng {row.line}: không nhận ra tỉnh cũ “{row.name}”. Ghi tên tỉnh như trước ngày 01/07/2025."
            en = f"Row {row.line}: no former province is called “{row.name}”. Write its name as before 1 July 2025."
            problems.append(Problem("dti_unknown_province", vi, en))
            continue
        groups.setdefault(heir.name, []).append(row)
    problems += _incomplete(groups, heirs)
    if problems:
        raise Said(*problems)
    return groups


def _incomplete(groups: Mapping[str, Sequence[Row]], heirs: Mapping[str, Succession]) -> list[Problem]:
    wanted: dict[str, dict[str, str]] = {}
    renamed = {heir.former_key.partition("@")[0]: heir.former_name for heir in heirs.values()}  # the latest name
    for heir in heirs.values():
        code = heir.former_key.partition("@")[0]
        wanted.setdefault(heir.name, {})[code] = renamed[code]
    found = []
    for name, rows in groups.items():
        codes = {heirs[name_key(row.name)].former_key.partition("@")[0] for row in rows}
        missing = [former for code, former in wanted[name].items() if code not in codes]
        if missing:
            who = ", ".join(missing)
            vi = f"Gộp thành “{name}”: thiếu {who}. Thêm dòng của tỉnh đó, hoặc bỏ các tỉnh cùng nhóm."
            en = f"Merging into “{name}”: {who} is missing. Add its row, or leave out those of its group."
            found.append(Problem("dti_incomplete_merger", vi, en))
    return found
