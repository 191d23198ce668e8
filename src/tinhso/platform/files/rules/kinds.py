"""What a file really is, told by its first bytes; the name it came with does not matter."""

import re

import puremagic

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", DOCX: "Word (docx)", XLSX: "Excel (xlsx)"}

HEAD_BYTES = 4096
ZIP = "zip"
EXECUTABLE = "executable"
SCRIPT = "script"
HEIC = "heic"
OLD_OFFICE = "old office"
ARCHIVE = "archive"
UNKNOWN = "unknown"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", EXECUTABLE),
    (b"\x7fELF", EXECUTABLE),
    (b"\xca\xfe\xba\xbe", EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", EXECUTABLE),
    (b"\xce\xfa\xed\xfe", EXECUTABLE),
    (b"\xfe\xed\xfa\xcf", EXECUTABLE),
    (b"dex\n", EXECUTABLE),
    (b"\x00asm", EXECUTABLE),
    (b"L\x00\x00\x00\x01\x14\x02\x00", EXECUTABLE),
    (b"#!", SCRIPT),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
)
_MARKUP_THAT_RUNS = re.compile(
    rb"\s*(?:<\?php|<!doctype\s+html|<html|<script|<svg|<\?xml[^>]*\?>\s*(?:<!--.*?-->\s*)*<svg|@echo\s+off|<hta:)",
    re.IGNORECASE,
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
_NAMES = {
    ZIP: ("tệp nén ZIP", "a ZIP archive"),
    ARCHIVE: ("tệp nén", "an archive"),
    EXECUTABLE: ("chương trình chạy được", "a program"),
    SCRIPT: ("mã lệnh", "a script"),
    HEIC: ("ảnh HEIC của điện thoại", "a HEIC photo"),
    OLD_OFFICE: ("tệp Office kiểu cũ hoặc có mật khẩu", "an Office file of an old kind or with a password"),
}


def kind_of(head: bytes) -> str:
    """
    The media type when it is one we know, else one of this module's words for what it is.

    :param head: the first `HEAD_BYTES` bytes at least, or all there are; a zip is told apart only by its contents
    """
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:5] == b"%PDF-":
        return PDF
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    if _MARKUP_THAT_RUNS.match(head.removeprefix(b"\xef\xbb\xbf")):
        return SCRIPT
    return UNKNOWN


def is_dangerous(head: bytes) -> bool:
    """Whether something that begins so would run when opened."""
    return kind_of(head) in {EXECUTABLE, SCRIPT}


def name_of_kind(kind: str, head: bytes = b"") -> tuple[str, str]:
    """What to call that kind in a sentence, Vietnamese and English; an unknown one is guessed from its first bytes."""
    if kind in MEDIA_TYPES:
        return MEDIA_TYPES[kind], MEDIA_TYPES[kind]
    if kind in _NAMES:
        return _NAMES[kind]
    guess = _guess(head)
    return (f"loại tệp {guess}", f"a {guess} file") if guess else ("loại tệp không rõ", "a file of unknown kind")


def _guess(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head[:HEAD_BYTES])
    except (puremagic.PureError, ValueError):
        return ""
    return next(
        (match.extension.lstrip(".").upper() for match in found if match.extension and match.confidence >= 0.6), ""
    )
