"""When a message is tried again, when it is given to people, and when all of them rest; in words why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.utils.translation import gettext as _

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
MOST_TRIES: Final = 20  # a message that alone keeps failing while others pass is for people to look at
FAILURES_TO_REST: Final = 5
FIRST_REST, LONGEST_REST = timedelta(seconds=15), timedelta(minutes=5)
START_WITHIN: Final = 60.0  # seconds in which a sender begins the calls of a round
LEASE: Final = timedelta(
    minutes=3
)  # longer than that and any call together: no call of a lost sender is still under way
REFUSED, UNREACHABLE = "refused", "unreachable"


def next_try(tries: int, now: datetime, random: Random) -> datetime:
    """When to try again after so many failures: twice as long each time, spread so that not all come at once."""
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, 10))
    spread: timedelta = wait * (0.5 + random.random() / 2)
    return now + spread


@dataclass(frozen=True, slots=True)
class Circuit:
    """How a destination fares: failures since the last answer, rests in a row, and until when nothing is sent."""

    failures: int = 0
    rests: int = 0
    rests_until: datetime | None = None

    def allows(self, now: datetime, wanted: int) -> int:
        """How many may be under way: all that are wanted, one to try after a rest, none during it."""
        if self.rests_until is None:
            return wanted
        return 1 if now >= self.rests_until else 0

    def after(self, *, failed: int, answered: int, now: datetime) -> "Circuit":
        """The circuit after a round of calls; any answer closes it, failures alone open it, longer each time."""
        if answered or not failed:
            return Circuit() if answered else self
        failures = self.failures + failed
        if failures < FAILURES_TO_REST:
            return Circuit(failures)
        rest = min(LONGEST_REST, FIRST_REST * 2 ** min(self.rests, 10))
        return Circuit(failures, self.rests + 1, now + rest)


def reason_in_words(kind: str, code: str, words: str) -> str:
    """Why a message did not get through, for an administrator."""
    if kind == UNREACHABLE:
        return _("Cổng không trả lời (%(words)s)") % {"words": words or _("hết giờ chờ")}
    return _("Cổng từ chối, mã %(code)s: %(words)s") % {"code": code, "words": words or _("không nói lý do")}
