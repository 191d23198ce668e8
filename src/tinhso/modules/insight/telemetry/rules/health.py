"""How much of its time a device was there: stretches as long as its patience, counted as up where it said anything."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)


def up_share(hours: Mapping[datetime, int], since: datetime, until: datetime, patience: timedelta) -> float | None:
    """
    The share (0 to 1) of stretches of `patience` in which the device reported; None where not one has passed.

    :param hours: for the start of each hour the minutes in which it reported, as bits
    """
    start = since.replace(minute=0, second=0, microsecond=0)
    whole = 0
    for hour, minutes in hours.items():
        if hour >= start:
            whole |= minutes << (60 * int((hour - start) / HOUR))
    whole >>= int((since - start) / MINUTE)
    length = max(1, int(patience / MINUTE))
    stretches = int((until - since) / MINUTE) // length
    if stretches < 1:
        return None
    mask = (1 << length) - 1
    return sum(bool(whole >> (length * place) & mask) for place in range(stretches)) / stretches
