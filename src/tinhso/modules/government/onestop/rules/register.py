"""The register of dossiers: what is asked of it, what one line says. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.flow import Procedure, State
from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.government.onestop.rules.words import Badge, lateness

STANDINGS: Final[Mapping[str, Promise]] = {
    "open": lazy("Đang giải quyết"),
    "late": lazy("Trễ hạn, xong hay chưa"),
    "in_time": lazy("Xong đúng hạn"),
    "returned": lazy("Đã trả kết quả"),
}
CHANNELS: Final[Mapping[str, Promise]] = {
    "online": lazy("Trực tuyến"),
    "counter": lazy("Tại quầy"),
    "post": lazy("Qua bưu điện"),
    "national_portal": lazy("Cổng quốc gia"),
}
DELIVERIES: Final[Mapping[str, Promise]] = {
    "counter": lazy("tại quầy"),
    "post": lazy("qua bưu chính"),
    "electronic": lazy("bản điện tử"),
    "online": lazy("bản điện tử"),
}
HANDED_OVER, RESOLVED = 10, 9
LONGEST_PERIOD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the register is wanted: of which unit, accepted from which day to which (both included), which of them."""

    unit_key: str
    first_on: date
    last_on: date
    procedure: str = ""
    standing: str = ""
    channel: str = ""

    @property
    def start(self) -> datetime:
        """The first moment of the period."""
        return datetime.combine(self.first_on, datetime.min.time(), VIETNAM)

    @property
    def end(self) -> datetime:
        """The moment after the last of the period."""
        return datetime.combine(self.last_on + timedelta(days=1), datetime.min.time(), VIETNAM)

    def as_json(self) -> dict[str, str]:
        """As an order keeps it."""
        return {
            "unit_key": self.unit_key, "first_on": self.first_on.isoformat(), "last_on": self.last_on.isoformat(),
            "procedure": self.procedure, "standing": self.standing, "channel": self.channel,
        }  # fmt: skip

    @property
    def period(self) -> str:
        """The period in words, as the register prints it."""
        return f"từ {self.first_on:%d/%m/%Y} đến {self.last_on:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register: one dossier as it stands now."""

    case_id: int
    public_id: str
    code: str
    procedure: Procedure
    state: State
    applicant: str
    phone: str
    channel: str
    delivery: str
    received_at: datetime
    due_at: datetime | None
    paused_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    applicant_code: str = ""

    @property
    def returned_at(self) -> datetime | None:
        """When the result reached the applicant; None when it has not."""
        return self.closed_at if self.state.national == HANDED_OVER else None

    @property
    def delivery_words(self) -> str:
        """How the applicant wants the result, in words."""
        return str(DELIVERIES.get(self.delivery, self.delivery))

    def badge(self, now: datetime) -> Badge:
        """How the dossier stands against its promised moment."""
        ended = self.closed_at is not None and self.state.national not in {HANDED_OVER, RESOLVED}
        if ended:
            return Badge("", self.state.name.vi)
        until = self.resolved_at or now
        if self.due_at and until > self.due_at and not (self.paused_at and not self.resolved_at):
            return Badge("late", lateness(self.due_at, until))
        if self.resolved_at:
            return Badge("ok", _("đúng hạn"))
        return Badge("", _("đồng hồ đang dừng") if self.paused_at else _("đang giải quyết"))


def read_asked(given: Mapping[str, Any], unit_key: str, today: date) -> Asked:
    """What somebody asked for in an address: this month where no day is given, a year at most, turned days turned back."""
    first, last = _day(given.get("from")) or today.replace(day=1), _day(given.get("to")) or today
    first, last = min(first, last), max(first, last)
    standing, channel = str(given.get("standing", "")), str(given.get("channel", ""))
    return Asked(
        unit_key, first, min(last, first + LONGEST_PERIOD), str(given.get("procedure", ""))[:30],
        standing if standing in STANDINGS else "", channel if channel in CHANNELS else "",
    )  # fmt: skip


def asked_from(kept: Mapping[str, str]) -> Asked:
    """What an order asked for."""
    days = {name: date.fromisoformat(kept[name]) for name in ("first_on", "last_on")}
    return Asked(
        kept["unit_key"], **days, procedure=kept["procedure"], standing=kept["standing"], channel=kept["channel"]
    )  # fmt: skip


def _day(text: object) -> date | None:
    try:
        found = date.fromisoformat(str(text))
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2100, 1, 1) else None
