"""When a subscriber's next letter goes out, for which period it is, and what changed since the last."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from tinhso.kernel.worktime import VIETNAM

DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
RHYTHMS: Final = (DAILY, WEEKLY, MONTHLY)
HOURS: Final = range(6, 21)
NextWorking = Callable[[date], date]  # the first working day from that day on, the day itself where it is one


def next_moment(rhythm: str, hour: int, after: datetime, next_working: NextWorking) -> datetime:
    """
    The first moment after `after` at which a letter goes out: at that hour of Vietnam of each working day, of the first
    working day from Monday on, of the first working day of a month.
    """
    day = after.astimezone(VIETNAM).date()
    start = _start_of(rhythm, day)
    for _turn in range(60):
        moment = datetime.combine(next_working(start), time(hour), tzinfo=VIETNAM)
        if moment > after:
            return moment
        start = _following(rhythm, start)
    raise ValueError("a calendar without working days")


def _start_of(rhythm: str, day: date) -> date:
    if rhythm == WEEKLY:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if rhythm == MONTHLY else day


def _following(rhythm: str, start: date) -> date:
    if rhythm == WEEKLY:
        return start + timedelta(days=7)
    if rhythm == MONTHLY:
        return (start + timedelta(days=32)).replace(day=1)
    return start + timedelta(days=1)


def period_of(rhythm: str, at: datetime) -> str:
    """For which day, week or month a letter due at that moment is: there is one letter for each."""
    on = at.astimezone(VIETNAM).date()
    if rhythm == DAILY:
        return on.isoformat()
    year, week, _weekday = on.isocalendar()
    return f"{year}-W{week:02}" if rhythm == WEEKLY else f"{on:%Y-%m}"


def figures_period(rhythm: str, at: datetime) -> str:
    """Of which period the letter tells figures: the month so far; once a month, the month before."""
    on = at.astimezone(VIETNAM).date()
    told = on.replace(day=1) - timedelta(days=1) if rhythm == MONTHLY else on
    return f"{told:%Y-%m}"


def mark_changes(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """The lines of now; behind one whose words before the last colon stood in the last letter with other figures, those figures."""
    known = {head: rest for head, colon, rest in (line.rpartition(": ") for line in before) if colon}
    marked = []
    for line in now:
        head, colon, rest = line.rpartition(": ")
        old = known.get(head) if colon else None
        marked.append(f"{line} ← {old}" if old is not None and old != rest else line)
    return marked
