"""JPEG without its notes, and without touching the picture: segments are copied or left out."""

import re
from collections.abc import Iterator

START, END, SCAN = 0xD8, 0xD9, 0xDA
APP0, APP2, APP14, APP15, COMMENT = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
PROFILE = b"ICC_PROFILE\x00"
_SCAN_ENDS = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def without_notes(content: bytes) -> bytes:
    """
    The same picture, coded by the same bytes, without place, device, comment, preview, or anything behind its end.

    Kept are the frame, the tables, the scans, the colour profile, and the two segments that say how colours are coded.

    :raises ValueError: the segments do not follow each other as they should
    """
    kept = [b"\xff\xd8"]
    for marker, segment in _segments(content):
        if _belongs_to_picture(marker, segment):
            kept.append(segment)
    return b"".join(kept) + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment up to the end marker, with its marker; that of a scan includes the coded points."""
    place = 2
    while True:
        while content[place : place + 2] == b"\xff\xff":
            place += 1
        if place + 4 > len(content) or content[place] != 0xFF:
            if content[place : place + 2] == b"\xff\xd9":
                return
            raise ValueError(f"no marker at byte {place}")
        marker = content[place + 1]
        if marker == END:
            return
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[place:end]
        place = end


def _end_of_scan(content: bytes, start: int) -> int:
    found = _SCAN_ENDS.search(content, start)
    if found is None:
        raise ValueError("the picture does not end")
    return found.start()


def _belongs_to_picture(marker: int, segment: bytes) -> bool:
    if marker == APP2:
        return segment[4:].startswith(PROFILE)
    return marker in {APP0, APP14} or not (marker == COMMENT or APP0 <= marker <= APP15)
