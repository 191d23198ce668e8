"""What boards show of plans: figures that others announced, each with its source; and how many targets stand where."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.pages.measures import tell
from tinhso.modules.insight.plans.pages.strips import ORDER, strip_of
from tinhso.modules.insight.plans.pages.words import counted, name_of, sees_published_only
from tinhso.modules.insight.plans.rules.courses import Cell
from tinhso.modules.insight.plans.rules.definitions import LEVELS, Measure
from tinhso.modules.insight.plans.rules.periods import NoPeriod, read_period
from tinhso.modules.insight.plans.rules.states import STATES, count_states
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.people.rules import day_of
from tinhso.platform.wording import day, language


def draw_stated(asked: PanelAsked) -> Panel | None:
    """
    The latest figures that are known of some measures up to the period's end, source beside source where several told it.

    Options: `measures` (codes), `level` (of the figures; province when not said), `unit` (its key, where the board is of
    none), `title` ({ vi, en }).
    """
    known = queries.get_definitions().measures
    measures = [known[code] for code in asked.options.get("measures", ()) if code in known]
    unit_key = asked.unit_key or asked.options.get("unit", "")
    if not measures or not unit_key:
        return None
    today = day_of(asked.now)
    subject, level = queries.get_subject(unit_key, today), asked.options.get("level", "province")
    wanted = [queries.Wanted(measure, subject, level, today.year - 10) for measure in measures]
    courses = queries.read_courses(wanted, today, public=sees_published_only(asked.actor))
    last = _last_day(asked)
    figures: list[dict[str, Any]] = []
    for each in wanted:
        cells = [cell for cell in courses[each.key].cells if cell.as_of_on <= last]
        figures += _figures(each.measure, (subject.newest, level), cells[-1] if cells else None)
    shown = {each["title"]: each for each in figures}
    return Panel(
        title=asked.options.get("title", {}).get(language()) or _("Số liệu đã công bố"),
        template="plans/panel_stated.html",
        context={"figures": figures, "about": f"{subject.name_in(language())}, {LEVELS[level]}"},
        table=[[_("Chỉ tiêu đo"), _("Giá trị"), _("Kỳ"), _("Nguồn")], *([one["title"], one["value"], one["period"], one["basis"]] for one in figures)],
        lines=[f"{title}: {one['value']} ({one['period']}, {one['basis']})" for title, one in shown.items()],
    )  # fmt: skip


def _figures(measure: Measure, wish: tuple[str, str], cell: Cell | None) -> Iterator[dict[str, Any]]:
    """A measure's figure as its component takes it, one for each source."""
    address = (
        f"{reverse('plans:measure', args=[measure.code])}?{urlencode(dict(zip(('unit', 'level'), wish, strict=True)))}"
    )
    shared = {"title": measure.title.in_language(language()), "definition_url": address}
    if cell is None:
        yield {**shared, "value": "–", "basis": _("chưa có số liệu"), "period": ""}
        return
    for line in cell.lines:
        told = tell(measure, line.latest)
        source = " · ".join(part for part in (told["publisher"], told["title"]) if part)
        yield {**shared, "value": told["value"], "basis": source, "period": cell.period, "as_of": day(line.latest.announced_on)}  # fmt: skip


def draw_states(asked: PanelAsked) -> Panel | None:
    """How many targets of the unit's resolutions (of all, where the board is of none) stand where; those without figures too."""
    today = day_of(asked.now)
    rows = [
        row
        for row in queries.list_resolutions(today, public=sees_published_only(asked.actor))
        if row.rows and not row.subject.ended_on and asked.unit_key in {"", *row.subject.keys}
    ]
    counts = count_states(each.standing.state for row in rows for each in row.rows)
    if not rows:
        return None
    missed = counts["missed"] + counts["behind"]
    return Panel(
        title=_("Chỉ tiêu của nghị quyết, kế hoạch"),
        template="plans/panel_states.html",
        context={"strip": strip_of(counts), "said": counted(counts), "rows": _links(rows)},
        table=[
            [_("Văn bản"), *(str(STATES[state]) for state in ORDER)],
            *([name_of(row.resolution), *(row.counts[state] for state in ORDER)] for row in rows),
        ],
        state="warning" if missed else "unknown" if counts["no_data"] == sum(counts.values()) else "well",
        lines=[f"{STATES[state]}: {counts[state]}" for state in ORDER if counts[state]],
        address=reverse("plans:list"),
    )


def _links(rows: Sequence[queries.ResolutionRow]) -> list[dict[str, str]]:
    return [
        {"text": name_of(row.resolution), "url": reverse("plans:resolution", args=[row.resolution.code])}
        for row in rows
    ]


def _last_day(asked: PanelAsked) -> Any:
    """The last day of the period asked for, of a run of months that of its last; today where it is none."""
    try:
        return read_period(asked.period.rpartition("..")[2]).last
    except NoPeriod:
        return day_of(asked.now)
