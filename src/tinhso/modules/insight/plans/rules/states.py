"""Where a target stands: against its deadline, against the way there; and when there is nothing to tell it by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.modules.insight.plans.rules.numbers import HIGHER, Quantity, meets
from tinhso.modules.insight.plans.rules.paths import Path, Point, make_path

REACHED, ON_PATH, BEHIND, MISSED = "reached", "on_path", "behind", "missed"
NOT_DUE, NO_DATA, ENDED = "not_due", "no_data", "ended"
STATES: Final[Mapping[str, Promise]] = {
    MISSED: _("không đạt"),
    BEHIND: _("chậm"),
    ON_PATH: _("đúng tiến độ"),
    REACHED: _("đã đạt"),
    NOT_DUE: _("chưa đến hạn"),
    NO_DATA: _("chưa có số liệu"),
    ENDED: _("đã dừng"),
}
# What 18 months mean: the figures of a year come out 6 to 14 months after its end.
FRESH: Final = timedelta(days=548)


@dataclass(frozen=True, slots=True)
class Reading:
    """One dated figure that counts for a target."""

    on: date
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Aim:
    """
    What is to be met and by when. `ends_on`: from that day there is nothing more that could meet it (districts).

    `given` and `baseline` are points that the plan names; `flat` holds for each year the same.
    """

    quantity: Quantity
    better: str
    due_on: date
    baseline: Point | None = None
    given: tuple[Point, ...] = ()
    flat: bool = False
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a target stands and what says so: the figure it is judged by, what was expected on that figure's day.

    `is_old`: the figure is older than 18 months; an old one can still show that a target was reached, nothing else.
    """

    state: str
    reading: Reading | None = None
    expected: Decimal | None = None
    path: Path | None = None
    is_old: bool = False


def judge(aim: Aim, readings: Sequence[Reading], today: date) -> Standing:
    """Where the target stands on that day. What is dated later than the day, the deadline or the end does not count."""
    last_day = min([today, aim.due_on, *([aim.ends_on - timedelta(days=1)] if aim.ends_on else [])])
    known = sorted((each for each in readings if each.on <= last_day), key=lambda each: each.on)
    path = _path(aim, known)
    is_over = aim.ends_on is not None and aim.ends_on <= min(today, aim.due_on)
    if not known:
        return Standing(ENDED if is_over else NO_DATA, path=path)
    latest = known[-1]
    expected = path.at(latest.on) if path else None
    is_old = latest.on + FRESH < min(today, aim.due_on)
    state = _state(aim, latest, expected, today > aim.due_on, is_old)
    if is_over and state != REACHED:
        state = ENDED
    return Standing(state, latest, expected, path, is_old)


def _state(aim: Aim, latest: Reading, expected: Decimal | None, is_due: bool, is_old: bool) -> str:  # noqa: FBT001 - said once
    if meets(latest.quantity, aim.quantity, aim.better):
        return REACHED
    if is_old:
        return NO_DATA
    if is_due:
        return MISSED
    if expected is None:
        return NOT_DUE
    number = latest.quantity.bound(aim.better)
    is_well = number >= expected if aim.better == HIGHER else number <= expected
    return ON_PATH if is_well else BEHIND


def _path(aim: Aim, known: Sequence[Reading]) -> Path | None:
    end = (aim.due_on, aim.quantity.bound(aim.better))
    first = (known[0].on, known[0].quantity.bound(aim.better)) if known else None
    if first and len(known) < 2 and not aim.flat:
        first = None  # a way from the only value to the target says nothing about that value
    return make_path(end=end, given=aim.given, baseline=aim.baseline, first=first, flat=aim.flat)


def count_states(states: Iterable[str]) -> dict[str, int]:
    """How many stand where, in the order of urgency; states that nobody is in count 0."""
    found = dict.fromkeys(STATES, 0)
    for state in states:
        found[state] += 1
    return found
