"""Working calendars: weekly patterns by version, public holidays, and the days decided otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Literal, NamedTuple

import holidays

from tinhso.kernel.worktime.days import FIRST_YEAR, LAST_YEAR, VIETNAM, Day, DayKind, Session, Week, out_of_years
from tinhso.kernel.worktime.texts import CalendarError, Text, date_text

EVERY_CALENDAR = "*"

_WEEKEND = Text("nghỉ cuối tuần", "weekend")
_RECEPTION = Text("mở cửa tiếp nhận, không tính vào thời hạn", "open for reception, not counted in a limit")


class Override(NamedTuple):
    """
    One decided day: off, or worked although the week or a holiday says otherwise.

    A worked day keeps the hours of the weekday it is worked `instead_of`, or its own `sessions`.
    """

    on: date
    kind: Literal["off", "worked"]
    calendar: str
    reason: Text
    source: str
    instead_of: date | None = None
    sessions: tuple[Session, ...] = ()


class Calendar:
    """
    The working days of one kind of desk, through all its versions. Treat it as unchangeable: it keeps what it computed.

    :raises CalendarError: it has no weekly pattern, or a worked day has neither hours nor a day to take them from
    """

    def __init__(
        self,
        code: str,
        name: Text,
        weeks: Sequence[Week],
        overrides: Iterable[Override] = (),
        *,
        decided_until: date | None = None,
    ) -> None:
        if not weeks:
            raise CalendarError(f"Lịch “{code}” chưa có tuần làm việc.", f"The calendar “{code}” has no week.")
        self.code = code
        self.name = name
        self.weeks = tuple(sorted(weeks, key=lambda week: week.takes_effect_on))
        self.decided_until = decided_until
        self._overrides = _own_overrides(code, overrides)
        self._days: dict[int, Day] = {}
        for override in self._overrides.values():
            self._check(override)

    def __repr__(self) -> str:
        return f"Calendar({self.code!r}, version={self.weeks[-1].takes_effect_on.isoformat()})"

    def version_on(self, on: date) -> date:
        """The day the pattern that rules `on` took effect; before the first version the first one rules."""
        return self._week(on).takes_effect_on

    def day(self, on: date) -> Day:
        """
        What the calendar says of one day.

        :raises CalendarError: the day lies outside the years a calendar can compute
        """
        return self.at(on.toordinal())

    def at(self, ordinal: int) -> Day:
        """The same as `day`, by the day's proleptic ordinal: the form in which deadlines walk."""
        day = self._days.get(ordinal)
        if day is None:
            on = date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else date.max
            if not FIRST_YEAR <= on.year <= LAST_YEAR:
                raise out_of_years(on.year)
            day = self._days[ordinal] = self._make(on)
        return day

    def next_open(self, on: date) -> Day:
        """The first day after `on` on which the desk opens, be it only to take dossiers in."""
        ordinal = on.toordinal() + 1
        while not self.at(ordinal).sessions:
            ordinal += 1
        return self.at(ordinal)

    def next_working(self, on: date) -> Day:
        """The first working day after `on`."""
        ordinal = on.toordinal() + 1
        while not self.at(ordinal).counted:
            ordinal += 1
        return self.at(ordinal)

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at that moment; the moment a session ends is outside it."""
        local = at.astimezone(VIETNAM)
        clock = local.time()
        return any(session.opens <= clock < session.closes for session in self.day(local.date()).sessions)

    def _week(self, on: date) -> Week:
        ruling = self.weeks[0]
        for week in self.weeks[1:]:
            if week.takes_effect_on <= on:
                ruling = week
        return ruling

    def _make(self, on: date) -> Day:
        week = self._week(on)
        decided = self._overrides.get(on)
        if decided is not None:
            return self._decided(on, decided)
        holiday = _national_holidays(on.year).get(on)
        if holiday is not None:
            return Day(on, (), "holiday", holiday, counted=False)
        sessions = week.sessions[on.weekday()]
        if not sessions:
            return Day(on, (), "weekend", _WEEKEND, counted=False)
        if on.weekday() in week.reception_only:
            return Day(on, sessions, "reception", _RECEPTION, counted=False)
        return Day(on, sessions, "working", None, counted=True)

    def _decided(self, on: date, decided: Override) -> Day:
        if decided.kind == "off":
            kind: DayKind = "holiday" if decided.calendar == EVERY_CALENDAR else "closure"
            return Day(on, (), kind, decided.reason, counted=False)
        if decided.sessions or decided.instead_of is None:
            return Day(on, decided.sessions, "worked", decided.reason, counted=True)
        sessions = self._week(on).sessions[decided.instead_of.weekday()]
        return Day(on, sessions, "swapped", decided.reason, counted=True)

    def _check(self, override: Override) -> None:
        day = self.day(override.on)
        written = date_text(override.on)
        if override.kind == "worked" and not day.sessions:
            raise CalendarError(
                f"Lịch “{self.code}”: {written.vi} ghi là ngày làm việc nhưng không rõ giờ nào; thêm cột sessions.",
                f"Calendar “{self.code}”: {written.en} is said to be worked, but at what hours? Fill in sessions.",
            )
        if override.instead_of is not None and self.day(override.instead_of).counted:
            swapped = date_text(override.instead_of)
            raise CalendarError(
                f"Lịch “{self.code}”: {written.vi} làm bù cho {swapped.vi}, nhưng ngày đó vẫn là ngày làm việc.",
                f"Calendar “{self.code}”: {written.en} is worked for {swapped.en}, but that day is still worked.",
            )


def _own_overrides(code: str, overrides: Iterable[Override]) -> Mapping[date, Override]:
    # A row for this calendar outweighs a row for every calendar; among equals the later one does.
    general: dict[date, Override] = {}
    own: dict[date, Override] = {}
    for override in overrides:
        if override.calendar == EVERY_CALENDAR:
            general[override.on] = override
        elif override.calendar == code:
            own[override.on] = override
    return general | own


@cache
def _national_holidays(year: int) -> Mapping[date, Text]:
    # Labour Code 45/2019/QH14, articles 111 and 112, and Resolution 28/2026/QH16, as the library computes them.
    vi = holidays.country_holidays("VN", years=year, language="vi")
    en = holidays.country_holidays("VN", years=year, language="en_US")
    return {on: Text(name, en[on]) for on, name in vi.items() if on.year == year}
