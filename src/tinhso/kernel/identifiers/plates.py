"""Vehicle plates: Vietnamese civil and military ones taken apart, any other kept as it was read."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from tinhso.kernel.identifiers.errors import NotReadable

PlateKind = Literal["car", "trailer", "special", "motorcycle", "diplomatic", "military", "foreign"]

# I, J, O, Q and W are never used; R is kept for trailers. A place is two figures from 11 on.
_LETTER = "[A-HK-NPS-VX-Z]"
_PLACE = "(?P<place>[1-9][1-9]|[2-9]0)"
_SPECIAL = "(?P<series>LD|KT|DA|MK|TĐ|TD|HC|CD|MĐ)"
_NUMBER = r"(?P<number>\d{4,5})"
_FORMS: tuple[tuple[PlateKind, str], ...] = (
    ("diplomatic", rf"{_PLACE}(?P<country>\d{{3}})(?P<series>NG|QT|CV|NN)(?P<number>\d{{2}})"),
    ("trailer", rf"{_PLACE}(?P<series>RM?){_NUMBER}"),
    ("special", rf"{_PLACE}{_SPECIAL}{_NUMBER}"),
    ("car", rf"{_PLACE}(?P<series>{_LETTER}){_NUMBER}"),
    ("motorcycle", rf"{_PLACE}(?P<series>{_LETTER}[1-9]){_NUMBER}"),
    ("motorcycle", rf"{_PLACE}(?P<series>{_LETTER}{{2}})(?P<number>\d{{5}})"),
    ("military", rf"(?P<place>)(?P<series>{_LETTER}{{2}})(?P<number>\d{{4}})"),
)
# Where the series ends is written, "12-B1 1234" and "12B-112.34" are two vehicles with the same letters and figures.
_WRITTEN_SERIES = re.compile(r"\d{2}\W?(?P<series>[A-Z]\d?)\W+\d.*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate; `compact` is what is stored and compared, `raw` what was read or typed."""

    compact: str
    kind: PlateKind
    raw: str
    place: str = ""
    series: str = ""
    number: str = ""
    country: str = ""

    def __str__(self) -> str:
        """The plate as people read it: "12C-123.45", "12-B1 123.45", "80-123-NG-45"; a foreign one as it came."""
        number = f"{self.number[:3]}.{self.number[3:]}" if len(self.number) == 5 else self.number
        written = {
            "diplomatic": f"{self.place}-{self.country}-{self.series}-{self.number}",
            "motorcycle": f"{self.place}-{self.series} {number}",
            "military": f"{self.series}-{self.number[:2]}-{self.number[2:]}",
            "foreign": self.raw,
        }
        return written.get(self.kind, f"{self.place}{self.series}-{number}")


def compact_plate(text: str) -> str:
    """Letters and figures only, in capitals: Latin, Đ, and the signs of other scripts ("桂F·12345" to "桂F12345")."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text).upper() if sign.isalnum())


def parse_plate(text: str, nationality: str = "VN") -> Plate:
    """
    Read a plate. Those of other countries are kept and never pressed into the Vietnamese forms.

    A motorcycle's short number without dashes cannot be told from a car's ("12B11234"): it is read as a car's.

    :param nationality: country of registration in two letters
    :raises NotReadable: it is empty, or a Vietnamese plate of no known form
    """
    compact, raw = compact_plate(text), " ".join(text.split())
    if not compact:
        raise NotReadable("Chưa có biển số xe.", "There is no plate number.")
    if nationality.upper() != "VN":
        return Plate(compact, "foreign", raw)
    written = _WRITTEN_SERIES.fullmatch(raw.upper())
    for kind, form in _FORMS:
        match = re.fullmatch(form, compact, re.ASCII)
        if match and (written is None or written["series"] == match["series"]):
            return Plate(compact, kind, raw, **match.groupdict())
    raise NotReadable(
        "Biển số Việt Nam có dạng 12C-123.45, 12-B1 123.45, 15RM-012.34 hoặc 80-123-NG-45.",
        "A Vietnamese plate looks like 12C-123.45, 12-B1 123.45, 15RM-012.34 or 80-123-NG-45.",
    )
