"""PDF papers: whether they open without a key, are whole, and hold nothing that runs."""

import zlib
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf.settings import set_qpdf_limits

from tinhso.platform.files import rules
from tinhso.platform.files.rules.kinds import HEAD_BYTES

MOST_OBJECTS = 200_000
MOST_UNPACKED = 256 * rules.MEGABYTE
TAIL_BYTES = 2048
RUNS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"})
PROGRAM_ENDINGS = (
    *(".exe", ".dll", ".scr", ".com", ".pif", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh"),
    *(".hta", ".msi", ".lnk", ".jar", ".apk", ".sh", ".py", ".reg", ".cpl"),
)

set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED, png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED, doc_max_warnings=1000,
)  # fmt: skip


def count_safe_pages(content: bytes, name: str, limits: rules.Limits) -> int:
    """
    How many pages the paper has.

    :raises Refusal: it needs a key or is locked, is cut off or broken, runs commands, carries a program, is too long
    """
    if b"%%EOF" not in content[-TAIL_BYTES:]:
        raise rules.refuse("broken", name=name)
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if document.is_encrypted:
                raise rules.refuse("encrypted", name=name)
            pages = _count_pages(document, name, limits)
            _check_contents(document, name)
            return pages
    except pikepdf.PasswordError:
        raise rules.refuse("encrypted", name=name) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        raise rules.refuse("broken", name=name) from None


def _count_pages(document: pikepdf.Pdf, name: str, limits: rules.Limits) -> int:
    """The number of pages; a file that had to be mended must still have something on each."""
    pages = len(document.pages)
    if pages == 0:
        raise rules.refuse("broken", name=name)
    if pages > limits.max_pages:
        raise rules.refuse("too_many_pages", name=name, pages=pages, limit=limits.max_pages)
    mended = bool(document.get_warnings())
    if mended and any("/Contents" not in page.obj for page in document.pages):
        raise rules.refuse("broken", name=name)
    return pages


def _check_contents(document: pikepdf.Pdf, name: str) -> None:
    if bool(document.Root.get("/NeedsRendering", False)):
        raise rules.refuse("active", name=name)
    seen = 0
    for each in document.objects:
        for table in _tables(each):
            seen += 1
            if seen > MOST_OBJECTS:
                raise rules.refuse("bomb", name=name)
            if "/JS" in table or _word(table, "/S") in RUNS:
                raise rules.refuse("active", name=name)
            if "/EF" in table and _carries_program(table):
                raise rules.refuse("carries_program", name=name)


def _tables(top: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The object and all dictionaries written inside it; what it refers to comes by itself."""
    waiting = [top]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += [part for part in each if _is_inside(part)]
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            waiting += [part for _, part in each.items() if _is_inside(part)]


def _is_inside(part: object) -> bool:
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _word(table: pikepdf.Object, key: str) -> str:
    value = table.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _carries_program(table: pikepdf.Object) -> bool:
    names = [str(table.get(key, "")).strip().lower() for key in ("/F", "/UF", "/DOS", "/Unix")]
    if any(name.endswith(PROGRAM_ENDINGS) for name in names):
        return True
    streams = [part for _, part in table["/EF"].items() if isinstance(part, pikepdf.Stream)]
    return any(rules.is_dangerous(_head_of(stream)) for stream in streams)


def _head_of(stream: pikepdf.Stream) -> bytes:
    """The first bytes of an attachment, unpacked no further than needed."""
    raw = stream.read_raw_bytes()
    if _is_flate(stream):
        try:
            return zlib.decompressobj().decompress(raw, HEAD_BYTES)
        except zlib.error:
            return b""
    return raw[:HEAD_BYTES]


def _is_flate(stream: pikepdf.Stream) -> bool:
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        return len(filters) > 0 and str(filters[0]) == "/FlateDecode"
    return str(filters) == "/FlateDecode"
