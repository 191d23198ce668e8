"""What somebody says of a device, as it is checked before it is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tinhso.modules.insight.telemetry.rules.names import DEVICE

COORDINATE: Final = re.compile(r"-?\d{1,3}(?:[.,]\d{1,8})?")
LENGTHS: Final = {"name": 200, "name_en": 200, "place": 200, "owner": 200, "purpose": 300}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: the field, and what to do in two languages."""

    field: str
    vi: str
    en: str


class Refused(Exception):
    """It is not kept; carries every trouble, and says all of them in `vi` and `en`."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self.troubles = troubles
        self.vi = " ".join(each.vi for each in troubles)
        self.en = " ".join(each.en for each in troubles)
        super().__init__(self.vi)


def refuse(field: str, vi: str, en: str) -> Refused:
    """One trouble as a refusal."""
    return Refused([Trouble(field, vi, en)])


@dataclass(frozen=True, slots=True)
class Draft:
    """A device as somebody describes it; `latitude` and `longitude` in degrees, both or none."""

    code: str
    kind: str
    name: str
    unit_key: str
    name_en: str = ""
    commune_key: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    owner: str = ""
    purpose: str = ""
    thresholds: Mapping[str, Any] = field(default_factory=dict)
    is_invented: bool = False


NEEDED: Final = {
    "name": ("Hãy đặt tên thiết bị.", "Give the device a name."),
    "purpose": ("Hãy ghi mục đích: thu gì, để làm gì.", "Say what it is for: what it collects, and why."),
    "owner": ("Hãy ghi ai sở hữu thiết bị.", "Say who owns the device."),
}


def check_draft(draft: Draft) -> None:
    """:raises Refused: with everything that is wrong with it"""
    wrong = [Trouble(name, vi, en) for name, (vi, en) in NEEDED.items() if not getattr(draft, name).strip()]
    if not DEVICE.fullmatch(draft.code):
        wrong.append(Trouble("code", "Mã dài 2 đến 40 ký tự: chữ không dấu, số, gạch ngang.", "The code has 2 to 40 signs: letters without marks, digits, dashes."))  # fmt: skip
    for name, most in LENGTHS.items():
        if len(getattr(draft, name)) > most:
            wrong.append(Trouble(name, f"Dài quá {most} ký tự.", f"Longer than {most} signs."))
    if (draft.latitude is None) != (draft.longitude is None):
        wrong.append(Trouble("longitude", "Hãy ghi cả vĩ độ và kinh độ, hoặc bỏ trống cả hai.", "Give both latitude and longitude, or neither."))  # fmt: skip
    if wrong:
        raise Refused(wrong)


def read_coordinate(text: str, name: str, most: float) -> float | None:
    """Degrees as somebody typed them; None for nothing. :raises Refused: it is no number, or nowhere on earth"""
    said = text.strip()
    if not said:
        return None
    number = float(said.replace(",", ".")) if COORDINATE.fullmatch(said) else most + 1
    if abs(number) > most:
        raise refuse(name, "Hãy ghi độ thập phân, ví dụ 21,8521.", "Write decimal degrees, such as 21.8521.")
    return number
