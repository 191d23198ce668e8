"""What is not taken, and that the sentence says why."""

import struct
import zlib
from io import BytesIO

import pikepdf
import pytest
from openpyxl import Workbook

from tinhso.platform.files.adapters import inspect
from tinhso.platform.files.rules import DOCX, MEGABYTE, XLSX, Limits, Refusal
from tinhso.platform.files.tests.papers import docx, pdf, picture, written, zipped


def refusal_of(content: bytes, name: str = "giay.pdf", limits: Limits | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        inspect(content, name=name, limits=limits or Limits())
    assert name in caught.value.vi
    assert name in caught.value.en
    return caught.value


def encrypted(user: str, owner: str) -> bytes:
    return written(pdf(), encryption=pikepdf.Encryption(user=user, owner=owner))


def with_script() -> bytes:
    document = pdf()
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    return written(document)


def with_script_deep_inside() -> bytes:
    document = pdf()
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].obj.Annots = pikepdf.Array([note])
    return written(document)


def with_attachment(name: str, content: bytes) -> bytes:
    document = pdf()
    document.attachments[name] = content
    return written(document, compress_streams=True)


def huge_png(side: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


UNSOUND = {
    "nothing at all": (b"", "empty"),
    "a program called pdf": (b"MZ\x90\x00" + b"\x00" * 500, "dangerous"),
    "a Linux program": (b"\x7fELF\x02\x01\x01" + b"\x00" * 500, "dangerous"),
    "a shell script": (b"#!/bin/sh\nrm -rf ~\n", "dangerous"),
    "a page with a script": (b"\n<!DOCTYPE html><script>1</script>", "dangerous"),
    "a drawing that may run": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "dangerous"),
    "a locked PDF": (encrypted("bí mật", "chủ"), "encrypted"),
    "a PDF that may be read but not changed": (encrypted("", "chủ"), "encrypted"),
    "half a PDF": (written(pdf())[:-300], "broken"),
    "a PDF in name only": (b"%PDF-1.7\nnothing here\n%%EOF\n", "broken"),
    "a PDF that runs a script": (with_script(), "active"),
    "a PDF that starts a program": (with_script_deep_inside(), "active"),
    "a PDF with a program inside": (with_attachment("hóa đơn.xml", b"MZ\x90\x00" + b"\x00" * 64), "carries_program"),
    "a PDF with a script inside": (with_attachment("mo_di.vbs", b"MsgBox 1"), "carries_program"),
    "half a photo": (picture(size=(600, 400))[:1500], "broken"),
    "a photo in name only": (b"\xff\xd8\xff\xe0" + b"\x00" * 64, "broken"),
    "half a PNG": (picture("PNG", (300, 200))[:-30], "broken"),
    "a picture of too many points": (huge_png(8000), "too_many_pixels"),
    "a picture of absurdly many points": (huge_png(60_000), "too_many_pixels"),
    "a plain zip": (zipped({"a.pdf": b"%PDF-1.4"}), "wrong_type"),
    "a locked zip": (
        zipped({"a.txt": b"a" * 50}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        "encrypted",
    ),
    "half a zip": (zipped({"a.txt": b"a" * 500})[:-40], "broken"),
    "a zip that bursts": (zipped({"word/document.xml": b"\0" * (201 * MEGABYTE)}), "bomb"),
    "a paper with macros": (docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "active"),
    "a paper with an object inside": (docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}), "carries_program"),
    "an old Word paper": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "wrong_type"),
    "a phone's HEIC": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
    "a GIF": (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "wrong_type"),
    "plain words": ("chỉ là chữ".encode(), "wrong_type"),
}


@pytest.mark.parametrize(("content", "code"), UNSOUND.values(), ids=UNSOUND)
def test_an_unsound_file_is_refused_in_words(content, code):
    assert refusal_of(content).code == code


def test_a_zip_that_lies_about_its_size_is_refused():
    honest = docx({"word/media/a.bin": b"\0" * (3 * MEGABYTE)})
    size = struct.pack("<I", 3 * MEGABYTE)
    assert honest.count(size) == 2

    assert refusal_of(honest.replace(size, struct.pack("<I", 10))).code == "broken"


def test_one_byte_over_the_limit_is_too_much_and_the_limit_itself_is_not():
    sound = written(pdf())
    padded = sound + b"\n" * (2000 - len(sound) % 2000)

    assert inspect(padded, name="a.pdf", limits=Limits(max_bytes=len(padded))).pages == 1
    refusal = refusal_of(padded, limits=Limits(max_bytes=len(padded) - 1))
    assert refusal.code == "too_big"
    assert "0,1 MB" in refusal.vi


def test_a_paper_longer_than_the_limit_is_refused():
    refusal = refusal_of(written(pdf(3)), limits=Limits(max_pages=2))

    assert refusal.code == "too_many_pages"
    assert "3 trang" in refusal.vi


def test_a_place_may_take_fewer_kinds_and_says_which():
    refusal = refusal_of(picture(), "anh.jpg", Limits(media_types=frozenset({"application/pdf"})))

    assert refusal.code == "wrong_type"
    assert "JPEG" in refusal.vi
    assert refusal.vi.endswith("Hãy gửi tệp PDF.")


def test_a_refusal_speaks_the_language_asked_for():
    refusal = refusal_of(b"")

    assert refusal.in_language("vi") == refusal.vi == str(refusal)
    assert refusal.in_language("en-gb") == refusal.en


def test_word_and_excel_are_told_by_their_contents():
    sheet = BytesIO()
    Workbook().save(sheet)

    assert inspect(docx(), name="don.pdf").media_type == DOCX
    assert inspect(sheet.getvalue(), name="bang").media_type == XLSX


def test_a_harmless_attachment_is_no_reason_to_refuse():
    assert inspect(with_attachment("hóa đơn.xml", b"<invoice/>"), name="hd.pdf").pages == 1


def test_a_pdf_is_kept_byte_for_byte():
    content = written(pdf(2))

    inspected = inspect(content, name="a")

    assert inspected.content == content
    assert inspected.pages == 2
