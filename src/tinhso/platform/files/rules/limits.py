"""How many files, of which kinds, how large; and what becomes of a name that came with a file."""

import unicodedata
from dataclasses import dataclass

from tinhso.platform.files.rules.kinds import MEDIA_TYPES

MEGABYTE = 1024 * 1024
CHUNK_BYTES = 512 * 1024
LARGEST_CHUNK_BYTES = 8 * MEGABYTE
MOST_OPEN_UPLOADS = 40
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Limits:
    """What one place that takes files allows; a paper of a procedure may allow less."""

    max_bytes: int = 10 * MEGABYTE
    max_files: int = 20
    max_pixels: int = 50_000_000
    max_pages: int = 1000
    media_types: frozenset[str] = frozenset(MEDIA_TYPES)

    def told(self) -> tuple[str, str]:
        """The limits as a sentence to stand beside the button, in Vietnamese and English."""
        kinds = [name for media_type, name in MEDIA_TYPES.items() if media_type in self.media_types]
        size = in_megabytes(self.max_bytes)
        return (
            f"Nhận tệp {', '.join(kinds)}; mỗi tệp không quá {size} MB; tối đa {self.max_files} tệp.",
            f"{', '.join(kinds)} files; up to {size.replace(',', '.')} MB each; at most {self.max_files} files.",
        )


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Quota:
    """What one person may hand in within 24 hours, however often the limits of single places would allow more."""

    max_files: int
    max_bytes: int


QUOTAS = {"citizen": Quota(200, 500 * MEGABYTE), "officer": Quota(5_000, 20_000 * MEGABYTE)}  # by the kind of actor


def in_megabytes(size: int) -> str:
    """Bytes as megabytes with one figure after a Vietnamese comma, rounded up: "10" or "10,1"."""
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def clean_name(name: str) -> str:
    """The last part of the name, without signs that do not show, at most 120 letters; its ending stays."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    composed = unicodedata.normalize("NFC", last)
    shown = "".join(sign for sign in composed if unicodedata.category(sign)[0] != "C").strip(" .")
    if len(shown) > LONGEST_NAME:
        stem, dot, ending = shown.rpartition(".")
        kept = dot + ending if stem and len(ending) <= 8 else ""
        shown = shown[: LONGEST_NAME - len(kept)].rstrip(" .") + kept
    return shown or "tep"
