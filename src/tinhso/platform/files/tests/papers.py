"""Papers to hand in, as they come from scanners, phones and offices."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from PIL import Image

from tinhso.platform.files import queries

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def written(document: pikepdf.Pdf, **options) -> bytes:
    target = BytesIO()
    document.save(target, **options)
    return target.getvalue()


def pdf(pages: int = 1) -> pikepdf.Pdf:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    return document


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """Left half red, right half blue, so that turning shows."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(extra: dict[str, bytes] | None = None) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>", **(extra or {})})


def content_of(sha256: str) -> bytes:
    """What lies under that hash."""
    with queries.open_file(sha256) as kept:
        return kept.read()
