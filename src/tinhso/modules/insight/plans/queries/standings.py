"""Where the targets of resolutions stand on a day: figure, path, state, forecast, who answers for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tinhso.modules.insight.plans.models import Responsibility
from tinhso.modules.insight.plans.queries.courses import Course, Wanted, read_courses
from tinhso.modules.insight.plans.queries.definitions import get_definitions
from tinhso.modules.insight.plans.queries.subjects import Subject, get_subject
from tinhso.modules.insight.plans.rules.courses import readings_of
from tinhso.modules.insight.plans.rules.definitions import Measure, Resolution, Target
from tinhso.modules.insight.plans.rules.forecasts import Forecast, Outlook, forecast, outlook_of
from tinhso.modules.insight.plans.rules.states import Aim, Standing, count_states, judge


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for a target: a unit, perhaps a post there; `by_text` when the resolution itself says so."""

    unit_key: str
    post: str = ""
    note: str = ""
    by_text: bool = False


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target with everything that is told of it."""

    target: Target
    measure: Measure
    subject: Subject
    course: Course
    standing: Standing
    forecast: Forecast | None = None
    outlook: Outlook | None = None
    responsible: Responsible | None = None


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """One resolution with its targets and how many stand where."""

    resolution: Resolution
    subject: Subject
    rows: tuple[TargetRow, ...]
    counts: Mapping[str, int]


def list_resolutions(today: date, *, public: bool) -> list[ResolutionRow]:
    """Every resolution of the packs, the latest first, with its counts by state."""
    texts = list(get_definitions().resolutions.values())
    found = _rows(texts, today, public=public)
    return sorted(found, key=lambda row: (row.resolution.issued_on or date.min, row.resolution.code), reverse=True)


def find_resolution(code: str, today: date, *, public: bool) -> ResolutionRow | None:
    """The resolution of that code, or None."""
    text = get_definitions().resolutions.get(code)
    return next(iter(_rows([text], today, public=public)), None) if text else None


def list_targets_of(measure: str, today: date, *, public: bool) -> list[TargetRow]:
    """The targets that any resolution sets for a measure, by deadline."""
    texts = [
        text for text in get_definitions().resolutions.values() if any(one.measure == measure for one in text.targets)
    ]
    rows = [row for found in _rows(texts, today, public=public) for row in found.rows if row.measure.code == measure]
    return sorted(rows, key=lambda row: (row.target.due_on, row.target.code))


def list_levels_aimed_at(measure: str, unit_key: str, today: date) -> list[str]:
    """The levels at which targets are set for a measure of that land; empty where none are set."""
    newest = get_subject(unit_key, today).newest
    texts = get_definitions().resolutions.values()
    aims = [each for text in texts for each in text.targets if each.measure == measure]
    return list(dict.fromkeys(each.level for each in aims if get_subject(each.unit_key, today).newest == newest))


def find_target(code: str) -> Target | None:
    """The target of that code, or None."""
    text = get_definitions().resolutions.get(code.partition(".")[0])
    return next((one for one in text.targets if one.code == code), None) if text else None


def _rows(texts: Sequence[Resolution], today: date, *, public: bool) -> list[ResolutionRow]:
    measures = get_definitions().measures
    wanted: dict[str, Wanted] = {}
    for text in texts:
        first_year = (text.issued_on or date(today.year, 1, 1)).year
        for each in text.targets:
            wanted[each.code] = Wanted(
                measures[each.measure], get_subject(each.unit_key, today), each.level, first_year
            )
    courses = read_courses(list(wanted.values()), today, public=public)
    assigned = _responsible(wanted)
    found = []
    for text in texts:
        rows = tuple(
            _row(each, wanted[each.code], courses[wanted[each.code].key], assigned.get(each.code), today)
            for each in text.targets
        )
        counts = count_states(row.standing.state for row in rows)
        found.append(ResolutionRow(text, get_subject(text.unit_key, today), rows, counts))
    return found


def _row(target: Target, wanted: Wanted, course: Course, assigned: Responsible | None, today: date) -> TargetRow:
    measure = wanted.measure
    aim = Aim(
        target.quantity, measure.better, target.due_on, target.baseline, target.given, target.flat, target.ends_on
    )
    readings = readings_of(course.cells)
    ahead, outlook = None, None
    if today <= target.due_on and not target.flat and not (target.ends_on and target.ends_on <= today):
        points = [(each.on, each.quantity.bound(measure.better)) for each in readings]
        if ahead := forecast(points, target.due_on, *measure.ends):
            outlook = outlook_of(ahead, target.quantity, measure.better)
    named = assigned or (Responsible(target.responsible, by_text=True) if target.responsible else None)
    return TargetRow(target, measure, wanted.subject, course, judge(aim, readings, today), ahead, outlook, named)


def _responsible(codes: Iterable[str]) -> dict[str, Responsible]:
    rows = Responsibility.objects.filter(target__in=list(codes)).order_by("pk")
    return {row.target: Responsible(row.unit_key, row.post, row.note) for row in rows}
