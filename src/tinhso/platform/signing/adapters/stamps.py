"""What the eye sees of a signature: a block of text, drawn by the pack's template in the size of its area."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from tinhso.platform.signing.rules import CannotSign, SigningRequest

FLUSH = layout.SimpleBoxLayoutRule(
    x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID, margins=layout.Margins.uniform(0)
)
_one_at_a_time = Lock()


class _Drawing(content.PdfContent):
    """A page of another PDF, held in memory."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)))
        self.resources.xobject["/Stamp"] = page
        left, low, right, high = (float(corner) for corner in page.get_object()["/BBox"])
        self.box = layout.BoxConstraints(width=right - left, height=high - low)
        return b"/Stamp Do"


def stamp_style(request: SigningRequest, size: tuple[int, int]) -> StaticStampStyle:
    """The stamp of that request, `size` points wide and high."""
    return StaticStampStyle(
        background=_Drawing(_draw(request, size)), background_opacity=1.0, background_layout=FLUSH, border_width=0
    )


def _draw(request: SigningRequest, size: tuple[int, int]) -> bytes:
    fields = {
        "name": request.signer.name,
        "title": request.signer.title,
        "unit": request.unit.name,
        "reason": request.reason,
        "signed_at": _local(request.at),
        "width": size[0],
        "height": size[1],
    }
    return _compiled(request.capacity, fields)


def draw_words(words: str, size: tuple[int, int]) -> bytes:
    """A page of that size, in points, with these words: what the eye sees of a filled field."""
    return _compiled("written", {"words": words, "width": size[0], "height": size[1]})


def _compiled(name: str, fields: Mapping[str, Any]) -> bytes:
    with _one_at_a_time:
        compiler = _compiler(settings.PACKS_ROOT / "national", name)
        drawn = compiler.compile(sys_inputs={"fields": json.dumps(fields)}, format="pdf", pdf_tags=False)
    if not isinstance(drawn, bytes):
        raise CannotSign(_("Mẫu khối chữ ký {name} không vẽ được.").format(name=name))
    return drawn


@cache
def _compiler(pack: Path, name: str) -> typst.Compiler:
    template = pack / "documents" / "stamps" / f"{name}.typ"
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[pack / "fonts"])
    return typst.Compiler(template, root=pack, font_paths=faces)


def _local(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{here:%d/%m/%Y %H:%M:%S} {here.isoformat()[-6:]}"
