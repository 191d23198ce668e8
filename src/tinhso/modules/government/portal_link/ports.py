"""What this module needs of the national portal, and how the portal may fail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tinhso.modules.government.portal_link.rules.wire import Agency, Listed, Progress, Seen, Whole


class Unreachable(Exception):
    """No usable answer came: whether the call had an effect is unknown, and it may be made again with its key."""


class Refused(Exception):
    """The portal answered that it does not take this, with its code and words; sending the same again helps nobody."""

    def __init__(self, code: str, words: str = "") -> None:
        self.code, self.words = code, words
        super().__init__(f"{code} {words}".strip())


@dataclass(frozen=True, slots=True)
class Key:
    """What tells one message from every other: the dossier and the number of the message; the same key is one effect."""

    portal_code: str
    sequence: int

    def __str__(self) -> str:
        return f"{self.portal_code}#{self.sequence}"


class NationalPortal(Protocol):
    """The six calls. Each raises Unreachable or Refused; sessions are opened and renewed behind them."""

    def put_dossier(self, whole: Whole, *, key: Key, is_new: bool) -> None:
        """DongBoHoSoMC: the whole dossier; one that the portal knows already is replaced."""
        ...

    def put_progress(self, progress: Progress, *, key: Key) -> None:
        """CapNhatTienDoHoSoMC: one step of a dossier."""
        ...

    def find_dossier(self, portal_code: str) -> Seen | None:
        """TraCuuHoSo: what the portal believes of a dossier, None when it knows none."""
        ...

    def list_dossiers(self, since: date, until: date) -> Sequence[Seen] | None:
        """TraCuuHoSo for all dossiers changed on these days, both included; None where the portal offers no list."""
        ...

    def get_procedure(self, code: str) -> Listed | None:
        """LayThuTuc: a procedure as the portal has it, None when it has none."""
        ...

    def list_procedures(self) -> Sequence[Listed]:
        """LayDanhSachTTHC: all procedures of the portal."""
        ...

    def list_agencies(self) -> Sequence[Agency]:
        """LayDanhMucCoQuan: all agencies of the portal."""
        ...

    def fetch_paper(self, address: str, most: int) -> bytes:
        """The file at an address that a filing named, at most so many bytes; only addresses of the portal's own host."""
        ...
