"""What is kept for a while only: hours of presence, counts, answers to repeated requests."""

from datetime import datetime, timedelta
from typing import Final

from tinhso.modules.insight.telemetry.models import Count, Presence, Repeat
from tinhso.platform.people.rules import day_of

PRESENCE_LASTS: Final = timedelta(days=35)
COUNTS_LAST: Final = timedelta(days=400)
REPEATS_LAST: Final = timedelta(days=2)


def forget_past(*, now: datetime) -> None:
    """Let go what is past its time."""
    Presence.objects.filter(hour_at__lt=now - PRESENCE_LASTS).delete()
    Count.objects.filter(on__lt=day_of(now - COUNTS_LAST)).delete()
    Repeat.objects.filter(at__lt=now - REPEATS_LAST).delete()
