"""How the desk says moments, deadlines and troubles: short words with a colour, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.worktime import VIETNAM
from tinhso.kernel.worktime.texts import WEEKDAYS_EN, WEEKDAYS_VI

Colour = Literal["", "ok", "soon", "late"]
SHORT_WEEKDAYS: Final = (lazy("T2"), lazy("T3"), lazy("T4"), lazy("T5"), lazy("T6"), lazy("T7"), lazy("CN"))
HOUR, WEEK, SOON_DAYS = 3600, 7, 3

TROUBLES: Final[Mapping[str, tuple[Promise, Promise]]] = {
    "nobody holds it": (
        lazy("Không ai giữ và cũng không chờ ai."),
        lazy("Giao lại cho một vai trò của đơn vị, hoặc báo người quản trị quy trình."),
    ),
    "its wait is over": (
        lazy("Đã hết hạn chờ nhưng bước tiếp theo chưa được làm."),
        lazy("Máy tự làm bước này mỗi phút; nếu còn ở đây sau 15 phút thì tiến trình nền đang dừng."),
    ),
    "its sub-cases are over": (
        lazy("Các cơ quan được hỏi đã trả lời đủ nhưng hồ sơ chưa đi tiếp."),
        lazy("Báo người quản trị hệ thống: việc nhập ý kiến bị đứt giữa chừng."),
    ),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A few words in a colour."""

    kind: Colour = ""
    text: str = ""


class HasClock(Protocol):
    """What of a case its badge needs; rows and views of the engine have it."""

    @property
    def due_at(self) -> datetime | None:
        """The promised moment."""
        ...

    @property
    def paused_at(self) -> datetime | None:
        """Since when the clock rests."""
        ...

    @property
    def resolved_at(self) -> datetime | None:
        """When the work was done."""
        ...


class Bilingual(Protocol):
    """Words in both languages, as packs and calendars have them."""

    @property
    def vi(self) -> str:
        """In Vietnamese."""
        ...

    @property
    def en(self) -> str:
        """In English; may be empty."""
        ...


def in_words(text: Bilingual) -> str:
    """The text in the reader's language, in Vietnamese where the other is missing."""
    return (text.en if (get_language() or "vi").startswith("en") else text.vi) or text.vi


def said(refusal: Exception) -> str:
    """Why something was refused, in the reader's language where the refusal knows it."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return str(getattr(refusal, language, "") or refusal)


def moment(at: datetime, now: datetime) -> str:
    """A moment as one says it: `15:30 thứ Sáu 20/11`, with the year when it is another one than now."""
    local = at.astimezone(VIETNAM)
    names = WEEKDAYS_EN if (get_language() or "vi").startswith("en") else WEEKDAYS_VI
    year = "" if local.year == now.astimezone(VIETNAM).year else f"/{local.year}"
    return f"{local:%H:%M} {names[local.weekday()]} {local:%d/%m}{year}"


def brief_moment(at: datetime) -> str:
    """A moment as a narrow column shows it: `18/11 09:32`."""
    return f"{at.astimezone(VIETNAM):%d/%m %H:%M}"


def due_badge(due_at: datetime | None, now: datetime) -> Badge:
    """How near a deadline is: `trễ 1 ngày`, `hôm nay 17:00`, `mai 11:30`, `T4 25/11`; nothing without a deadline."""
    if due_at is None:
        return Badge()
    if due_at < now:
        return Badge("late", lateness(due_at, now))
    local, today = due_at.astimezone(VIETNAM), now.astimezone(VIETNAM).date()
    clock, days = f"{local:%H:%M}", (local.date() - today).days
    if days == 0:
        return Badge("soon", _("hôm nay %(clock)s") % {"clock": clock})
    if days == 1:
        return Badge("ok", _("mai %(clock)s") % {"clock": clock})
    if days < WEEK:
        return Badge("ok", f"{SHORT_WEEKDAYS[local.weekday()]} {local:%d/%m}")
    return Badge("ok", f"{local:%d/%m}" if local.year == today.year else f"{local:%d/%m/%Y}")


def lateness(due_at: datetime, until: datetime) -> str:
    """By how much a deadline was missed: in days as a calendar counts them, on the same day in hours or minutes."""
    days = (until.astimezone(VIETNAM).date() - due_at.astimezone(VIETNAM).date()).days
    if days:
        return ngettext("trễ %(count)s ngày", "trễ %(count)s ngày", days) % {"count": days}
    seconds = (until - due_at).total_seconds()
    if seconds >= HOUR:
        hours = int(seconds // HOUR)
        return ngettext("trễ %(count)s giờ", "trễ %(count)s giờ", hours) % {"count": hours}
    minutes = max(1, int(seconds // 60))
    return ngettext("trễ %(count)s phút", "trễ %(count)s phút", minutes) % {"count": minutes}


def waiting_since(since: datetime, now: datetime) -> str:
    """For work without a deadline: since when it lies there, `chờ từ 09:12 hôm nay` or `chờ từ T4 18/11`."""
    local, today = since.astimezone(VIETNAM), now.astimezone(VIETNAM).date()
    if local.date() == today:
        return _("chờ từ %(clock)s hôm nay") % {"clock": f"{local:%H:%M}"}
    weekday = f"{SHORT_WEEKDAYS[local.weekday()]} " if local.date() > today - timedelta(WEEK) else ""
    return _("chờ từ %(day)s") % {"day": f"{weekday}{local:%d/%m}"}


def urgency(due_at: datetime | None, now: datetime) -> Literal["late", "today", "undated", "soon", "later"]:
    """The group of an inbox that a piece of work belongs to; soon is within three days after today."""
    if due_at is None:
        return "undated"
    if due_at < now:
        return "late"
    if due_at < tonight(now):
        return "today"
    return "soon" if due_at < tonight(now) + timedelta(days=SOON_DAYS) else "later"


def case_badge(case: HasClock, now: datetime) -> Badge:
    """How a whole case stands against its promised moment: running, resting, finished in time or late."""
    if case.due_at is None:
        return Badge("", _("chưa có hạn"))
    if case.resolved_at:
        late = case.resolved_at > case.due_at
        return (
            Badge("late", _("xong, %(late)s") % {"late": lateness(case.due_at, case.resolved_at)})
            if late
            else Badge("ok", _("xong đúng hạn"))
        )
    if case.paused_at:
        return Badge("", _("đồng hồ đang dừng"))
    return due_badge(case.due_at, now)


def tonight(now: datetime) -> datetime:
    """The Vietnamese midnight that ends the day of `now`."""
    start = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)
