"""Documents laid out by typst from a template of a pack: PDF/A-2b, with our own typefaces only."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.conf import settings

STANDARD: Final = "a-2b"
EMPTY_BOX = "\N{WHITE SQUARE}"
_QUOTED = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class DocumentError(Exception):
    """A template could not be laid out; the text says where in the template and why."""


def render_document(template: Path, fields: Mapping[str, Any], *, now: datetime) -> bytes:
    """
    The document as PDF/A-2b; the same fields at the same moment give the same bytes.

    A sign that none of our typefaces has (a Chinese name, a smiley) is printed as an empty box, as PDF/A forbids gaps.

    :param template: a `.typ` file; it may read what lies below its pack's `documents`, or else below its own folder
    :param fields: what JSON can hold; the template reads it with `json(bytes(sys.inputs.fields))`. A picture goes as
        SVG text, read with `image(bytes(fields.qr), format: "svg")`
    :param now: the moment written into the document, aware
    :raises DocumentError: the template is missing or wrong, or asks for a field that is not there
    """
    written = json.dumps(fields, ensure_ascii=False)
    try:
        try:
            return _lay_out(template, written, now)
        except typst.TypstError as trouble:
            unknown = _signs_without_glyph(trouble.diagnostic)
            if not unknown:
                raise
            return _lay_out(template, written.translate(dict.fromkeys(unknown, EMPTY_BOX)), now)
    except (typst.TypstError, RuntimeError, OSError) as trouble:
        raise DocumentError(f"{template.name}: {getattr(trouble, 'diagnostic', '') or trouble}") from trouble


def _lay_out(template: Path, written: str, now: datetime) -> bytes:
    compiler = typst.Compiler(root=_root_of(template), font_paths=_typefaces())
    made = compiler.compile(
        input=template,
        format="pdf",
        sys_inputs={"fields": written},
        pdf_standards=[STANDARD],
        timestamp=now.astimezone(UTC).replace(microsecond=0),  # a fixed offset is asked for
    )
    if not isinstance(made, bytes):
        raise DocumentError(f"{template.name}: no document came out")
    return made


def _root_of(template: Path) -> Path:
    """Templates of a pack share parts; nothing outside the pack's `documents` is theirs to read."""
    return next((folder for folder in template.parents if folder.name == "documents"), template.parent)


def qr_svg(words: str) -> str:
    """A QR code as SVG text, for a template's `qr` field; a seventh of it may be stained or torn."""
    drawn = BytesIO()
    segno.make(words, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def _signs_without_glyph(diagnostic: str) -> set[int]:
    """The code points that typst says it could not display; it quotes them, unusual ones as \\u{200d}."""
    quoted = "".join(_QUOTED.findall(diagnostic))
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), quoted)
    return {ord(sign) for sign in plain if ord(sign) > 127}


@lru_cache(maxsize=1)
def _typefaces() -> typst.Fonts:
    """The faces of the national pack, read once."""
    folder = Path(settings.PACKS_ROOT) / "national" / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
