"""Rules of early warning as the packs write them: what is looked at, from which measure on, who is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tinhso.kernel.flow import Invalid, Problem, Text
from tinhso.kernel.flow.tables import Table

TIME_LEFT, SHARE, LATE_AT_UNIT, LONGER, ASKED_AGAIN = (
    "time_left", "share_of_limit", "late_at_unit", "longer_than_usual", "asked_again"
)  # fmt: skip
# What each kind of look needs to be told; a key that another kind needs is refused.
LOOKS: Final[Mapping[str, tuple[str, ...]]] = {
    TIME_LEFT: ("working_hours", "states"),
    SHARE: ("percent_of_limit", "kinds"),
    LATE_AT_UNIT: ("more_than",),
    LONGER: ("at_least",),
    ASKED_AGAIN: ("times",),
}
MEASURES: Final = ("working_hours", "percent_of_limit", "more_than", "at_least", "times")
HOLDER, LEADER = "holder", "leader"
LEVELS: Final = ("soon", "late")
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "unknown_look": ("Không có cách xem “{value}”; dùng được: {known}.", "There is no look “{value}”; there are: {known}."),
    "measure_missing": ("Quy tắc “{code}” thiếu mục {key}.", "The rule “{code}” lacks {key}."),
    "measure_unused": ("Quy tắc “{code}” không dùng mục {key}.", "The rule “{code}” has no use for {key}."),
    "impossible_measure": ("Quy tắc “{code}”: {key} = {value} không bao giờ đúng.", "The rule “{code}”: {key} = {value} never holds."),
    "unknown_told": ("Không báo được cho “{value}”; dùng được: {known}.", "“{value}” cannot be told; there are: {known}."),
    "unknown_level": ("Không có mức “{value}”; dùng được: {known}.", "There is no level “{value}”; there are: {known}."),
    "never_in_force": ("Quy tắc “{code}” hết hiệu lực trước khi bắt đầu.", "The rule “{code}” ends before it begins."),
    "without_source": ("Quy tắc “{code}” chưa ghi nguồn (source).", "The rule “{code}” names no source."),
    "rule_untranslated": ("Quy tắc “{code}”: {key} phải có đủ hai thứ tiếng.", "The rule “{code}”: {key} is needed in both languages."),
}  # fmt: skip


class WrongRule(Invalid):
    """A table that is no rule of warning."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it looks at and from which measure on it warns whom, with what to do about it."""

    code: str
    looks_at: str
    name: Text
    advice: Text
    level: str
    told: tuple[str, ...]
    source: str
    valid_from: date
    valid_to: date | None = None
    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    measure: int = 0

    def is_in_force(self, on: date) -> bool:
        """Whether it speaks on that day; `valid_to` is the first day on which it no longer does."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def read_rule(table: Mapping[str, Any]) -> Rule:
    """
    The rule that a table of a pack describes.

    :raises WrongRule: carries everything that is wrong with it, each with its place in the table
    """
    problems: list[Problem] = []
    read = Table(table, problems)
    measures = {key: read.whole_or_none(key, None) for key in MEASURES}
    rule = Rule(
        code=read.code("code"), looks_at=read.code("looks_at"), name=read.text("name"), advice=read.text("advice"),
        level=read.string("level", "soon"), told=read.strings("told", [HOLDER, LEADER]), source=read.string("source", ""),
        valid_from=read.day("valid_from"), valid_to=_last_day(read), states=read.strings("states"), kinds=read.strings("kinds"),
        measure=next((value for value in measures.values() if value is not None), 0),
    )  # fmt: skip
    read.close()
    if not problems:
        problems += _faults(rule, table)
    if problems:
        raise WrongRule(problems)
    return rule


def _last_day(read: Table) -> date | None:
    read.taken.add("valid_to")
    return read.day("valid_to") if "valid_to" in read.values else None


def _faults(rule: Rule, table: Mapping[str, Any]) -> list[Problem]:
    if rule.looks_at not in LOOKS:
        return [_problem("unknown_look", "looks_at", value=rule.looks_at, known=", ".join(LOOKS))]
    needed = LOOKS[rule.looks_at]
    found = [_problem("measure_missing", key, code=rule.code, key=key) for key in needed if not table.get(key)]
    unused = [key for key in (*MEASURES, "states", "kinds") if key in table and key not in needed]
    found += [_problem("measure_unused", key, code=rule.code, key=key) for key in unused]
    found += _faults_of_measure(rule, table)
    for key, given, known in (("told", rule.told, (HOLDER, LEADER)), ("level", (rule.level,), LEVELS)):
        strange = [each for each in given if each not in known]
        found += [_problem(f"unknown_{key}", key, value=each, known=", ".join(known)) for each in strange]
    if rule.valid_to is not None and rule.valid_to <= rule.valid_from:
        found.append(_problem("never_in_force", "valid_to", code=rule.code))
    if not rule.source.strip():
        found.append(_problem("without_source", "source", code=rule.code))
    texts = (("name", rule.name), ("advice", rule.advice))
    return found + [
        _problem("rule_untranslated", key, code=rule.code, key=key) for key, text in texts if not (text.vi and text.en)
    ]


def _faults_of_measure(rule: Rule, table: Mapping[str, Any]) -> list[Problem]:
    """Measures that hold always or never: nothing left, more than the whole limit, asked for the first time."""
    key = LOOKS[rule.looks_at][0]
    least, most = {"percent_of_limit": (1, 99), "times": (2, 20), "more_than": (0, 100_000)}.get(key, (1, 10_000))
    if key in table and not least <= rule.measure <= most:
        return [_problem("impossible_measure", key, code=rule.code, key=key, value=rule.measure)]
    return []


def _problem(code: str, place: str, /, **named: object) -> Problem:
    vi, en = (sentence.format(**named) for sentence in SENTENCES[code])
    return Problem(code, vi, en, (place,))
