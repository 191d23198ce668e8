"""What an invented device would measure at a moment: a plausible day, the same whenever it is asked; and what it does wrong."""

import hashlib
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from tinhso.platform.people.rules import VIETNAM

HOUR: Final = 3600.0
WEEK: Final = 7 * 24 * HOUR
RAIN_LASTS: Final = 30 * HOUR
LAMPS: Final = 42


@lru_cache(maxsize=20_000)
def chance(*about: object) -> float:
    """A number from 0 to 1 that is always the same for the same things."""
    digest = hashlib.blake2b(repr(about).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def wobble(device: str, measure: str, seconds: float, every: float) -> float:
    """Noise from -1 to 1 that changes smoothly, a new value each `every` seconds."""
    place = seconds / every
    low, part = math.floor(place), place % 1
    one, other = (2 * chance(device, measure, step) - 1 for step in (low, low + 1))
    part = part * part * (3 - 2 * part)
    return one * (1 - part) + other * part


def _storm(seconds: float, lag: float) -> float:
    """How near a storm is, from 0 to 1: one every week, by Saturday night."""
    into = (seconds - lag) % WEEK - 2.2 * 24 * HOUR
    return math.exp(-((into / (RAIN_LASTS / 2.5)) ** 2))


def _rush(hour: float) -> float:
    """How full the streets are, from 0 to 1, by the hour of the day."""
    peaks = ((7.3, 1.1, 0.95), (11.4, 1.3, 0.55), (17.2, 1.4, 1.0), (20.0, 1.8, 0.45))
    return 0.06 + sum(height * math.exp(-(((hour - at) / width) ** 2)) for at, width, height in peaks)


def _level(hour: float) -> float:
    """How bright street lamps are: on at dusk, dimmed after 23, off after dawn."""
    if 5.7 <= hour < 17.7:
        return 0.0
    return 100.0 if 17.7 <= hour < 23 else 60.0


def _water(device: str, seconds: float, _hour: float) -> float:
    base = {"LS-SONG-01": 249.1, "LS-SONG-02": 259.4, "LS-SONG-03": 218.8, "LS-SONG-04": 187.2, "LS-SONG-05": 14.9}.get(
        device, 100
    )
    return (
        base
        + 3.2 * _storm(seconds, 9 * HOUR + 6 * HOUR * chance(device))
        + 0.12 * wobble(device, "w", seconds, 5 * HOUR)
    )


def _rain(device: str, seconds: float, _hour: float) -> float:
    near = _storm(seconds, 6 * HOUR * chance(device, "rain"))
    shower = max(0.0, wobble(device, "r", seconds, 1.5 * HOUR))
    return max(0.0, 38 * near * shower - 1.5)


def _dust(device: str, seconds: float, hour: float) -> float:
    still = 34 + 16 * math.cos((hour - 6) / 24 * 2 * math.pi) + 12 * wobble(device, "d", seconds, 9 * HOUR)
    return max(4.0, still * (1 - 0.6 * _storm(seconds, 0)))


def _warmth(device: str, seconds: float, hour: float) -> float:
    return 18.5 - 5.5 * math.cos((hour - 3) / 24 * 2 * math.pi) + 2 * wobble(device, "t", seconds, 20 * HOUR)


def _traffic(device: str, seconds: float, hour: float) -> float:
    most = 500 + 1500 * chance(device)
    return max(0.0, most * _rush(hour) * (1 + 0.12 * wobble(device, "v", seconds, 900)))


def _speed(device: str, seconds: float, hour: float) -> float:
    return max(6.0, 44 - 27 * _rush(hour) + 4 * wobble(device, "s", seconds, 900))


def _lamps_out(device: str, seconds: float, _hour: float) -> float:
    return float(int(8 * chance(device, "out", int(seconds // (48 * HOUR))) ** 2))


def _power(device: str, seconds: float, hour: float) -> float:
    return (LAMPS - _lamps_out(device, seconds, hour)) * 0.12 * _level(hour) / 100 + 0.05


def power_at(device: str, at: datetime, level: float) -> float:
    """What the lamps of a cabinet draw (kW) when they are so bright (0 to 100)."""
    return round((LAMPS - _lamps_out(device, at.timestamp(), 0)) * 0.12 * level / 100 + 0.05, 1)


def _blocked(device: str, seconds: float, _hour: float) -> float:
    attack = chance(device, "attack", int(seconds // (6 * HOUR))) > 0.93
    return max(0.0, 60 + 40 * wobble(device, "b", seconds, 1800) + (520 if attack else 0))


def _load(device: str, seconds: float, hour: float) -> float:
    return min(99.0, max(3.0, 12 + 45 * _rush(hour - 1) + 8 * wobble(device, "l", seconds, 1800)))


COURSES: Final[Mapping[str, Callable[[str, float, float], float]]] = {
    "water_level": _water,
    "rain_hour": _rain,
    "pm25": _dust,
    "pm10": lambda *about: 1.6 * _dust(*about),
    "temperature": _warmth,
    "humidity": lambda *about: min(99.0, max(35.0, 118 - 2.1 * _warmth(*about))),
    "vehicles": _traffic,
    "speed": _speed,
    "light_level": lambda _device, _seconds, hour: _level(hour),
    "power": _power,
    "lamps_out": _lamps_out,
    "blocked": _blocked,
    "link_load": _load,
}


def value_of(device: str, measure: str, at: datetime, decimals: int) -> float:
    """What the device would measure then; 0 for a measure nobody has thought of."""
    local = at.astimezone(VIETNAM)
    hour = local.hour + local.minute / 60 + local.second / 3600
    course = COURSES.get(measure)
    return round(course(device, at.timestamp(), hour), decimals) if course else 0.0


def is_silent(device: str, fault: str, at: datetime) -> bool:
    """Whether the device says nothing then: one that is broken since two days, others a quarter of an hour now and then."""
    if fault == "silent":
        return chance(device, "silent", int(at.timestamp() // (12 * HOUR))) > 0.45
    return chance(device, "pause", int(at.timestamp() // 900)) > 0.995


def what_goes_wrong(device: str, fault: str, at: datetime) -> str:
    """What it does wrong with this message: "doubled", "late", "absurd", "broken", or nothing."""
    if fault in {"", "silent"}:
        return ""
    return fault if chance(device, fault, at.timestamp()) > (0.5 if fault in {"late", "doubled"} else 0.85) else ""


def event_of(device: str, types: tuple[str, ...], at: datetime, every: timedelta) -> tuple[str, float] | None:
    """The event it tells of in the stretch of time that begins then, and how sure it is; mostly none."""
    if not types or chance(device, "event", at.timestamp()) > every.total_seconds() / (60 * HOUR):
        return None
    kind = types[int(chance(device, "type", at.timestamp()) * len(types))]
    return kind, round(0.55 + 0.44 * chance(device, "sure", at.timestamp()), 2)


def plate_of(device: str, at: datetime) -> str:
    """An invented number plate."""
    digits = f"{int(chance(device, 'plate', at.timestamp()) * 100_000):05}"
    return f"12A-{digits[:3]}.{digits[3:]}"
