"""How much a workbook that somebody sent would become once it is opened; looked at before anything of it is."""

import re
from typing import Final
from xml.parsers import expat
from zipfile import ZipFile
from zlib import error as broken_stream

from openpyxl.utils import range_boundaries

MOST_UNPACKED: Final = 16 * 1024 * 1024  # ours are below one; what unpacks to more is none of ours
MOST_CELLS: Final = 50_000  # a report has some hundreds
MOST_SHEETS: Final = 40
SPREAD: Final = frozenset({"mergeCell", "hyperlink"})  # what names a range of which each cell is made
RANGE: Final = re.compile(r"[$A-Za-z0-9]{1,12}(:[$A-Za-z0-9]{1,12})?")
READ_AT_ONCE: Final = 64 * 1024


class TooMuch(Exception):
    """The file unpacks to more than a report can be."""


class SpreadTooWide(Exception):
    """A range of merged or linked cells goes far beyond any table of ours; `found` names it."""

    def __init__(self, found: str) -> None:
        self.found = found[:30]
        super().__init__(self.found)


def must_be_small(packed: ZipFile) -> None:
    """
    Promise that the workbook becomes no more cells than a report can have.

    :raises TooMuch, SpreadTooWide: it would
    :raises ValueError: a part of it cannot be read
    """
    parts = packed.infolist()
    if sum(each.file_size for each in parts) > MOST_UNPACKED:
        raise TooMuch
    counted = _Counted()
    for part in parts:
        parser = expat.ParserCreate()
        parser.StartElementHandler = counted.take
        try:
            with packed.open(part) as stream:
                while piece := stream.read(READ_AT_ONCE):
                    parser.Parse(piece)
        except expat.ExpatError:
            continue  # a picture, or broken: whoever reads it stops at the same place
        except (LookupError, RuntimeError, broken_stream) as unreadable:  # an unknown writing, locked, cut off
            raise ValueError(part.filename) from unreadable


class _Counted:
    """The cells and sheets of a workbook so far."""

    def __init__(self) -> None:
        self.cells = self.sheets = 0

    def take(self, tag: str, named: dict[str, str]) -> None:
        """Count one tag. :raises TooMuch, SpreadTooWide: it is one too many"""
        name = tag.rpartition(":")[2]
        if name == "c":
            self.cells += 1
        elif name == "sheet":
            self.sheets += 1
        elif name in SPREAD and (wide := _area(named.get("ref", ""))):
            self.cells += wide
            if self.cells > MOST_CELLS:
                raise SpreadTooWide(named["ref"])
        if self.cells > MOST_CELLS or self.sheets > MOST_SHEETS:
            raise TooMuch


def _area(ref: str) -> int:
    """How many cells a range names; a single one is counted as such, what is no range as too many."""
    if not ref:
        return 0
    if not RANGE.fullmatch(ref):
        return MOST_CELLS + 1
    left, top, right, bottom = range_boundaries(ref)
    if None in (left, top, right, bottom):  # whole rows or columns
        return MOST_CELLS + 1
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)
