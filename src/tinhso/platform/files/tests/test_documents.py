"""Documents laid out from templates: PDF/A, the same each time, whatever the names in them."""

from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from tinhso.platform.files.adapters import DocumentError, render_document
from tinhso.platform.files.tests.papers import NOW

LETTER = """
#let fields = json(bytes(sys.inputs.fields))
#set document(title: fields.title)
#set text(font: "Tinos", size: 13pt, lang: "vi")
*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* _Độc lập_

Họ và tên: #fields.name
#text(font: "Be Vietnam Pro", weight: 600)[Xứ Lạng ẵỡửỹỵẶỪ]
#image(bytes(fields.mark), format: "svg", width: 1cm)
"""
MARK = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def letter(tmp_path):
    template = tmp_path / "letter.typ"
    template.write_text(LETTER)
    return template


def words_of(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


def rendered(template, name="Hoàng Thị Mai"):
    return render_document(template, {"title": "Giấy biên nhận", "name": name, "mark": MARK}, now=NOW)


def test_a_letter_is_a_pdf_for_the_archive_with_its_typefaces_inside(letter):
    with pikepdf.open(BytesIO(rendered(letter))) as document:
        assert document.open_metadata().pdfa_status == "2B"
        assert str(document.docinfo["/Title"]) == "Giấy biên nhận"
        assert str(document.docinfo["/CreationDate"]) == "D:20261121020000Z"
        fonts = {str(each.FontName) for each in document.objects if _is_face(each)}
        assert {name.split("+")[1].split("-")[0] for name in fonts} == {"Tinos", "BeVietnamPro"}
        assert all("/FontFile2" in each for each in document.objects if _is_face(each))


def _is_face(each) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"


def test_every_vietnamese_letter_can_be_printed_and_read_back(letter):
    vowels = "aăâeêioôơuưy"
    marked = {"a": "àảãáạ", "ă": "ằẳẵắặ", "â": "ầẩẫấậ", "e": "èẻẽéẹ", "ê": "ềểễếệ", "i": "ìỉĩíị", "o": "òỏõóọ"}
    marked |= {"ô": "ồổỗốộ", "ơ": "ờởỡớợ", "u": "ùủũúụ", "ư": "ừửữứự", "y": "ỳỷỹýỵ"}
    name = "".join(vowel + marked[vowel] for vowel in vowels) + "đ"

    words = words_of(rendered(letter, name + " " + name.upper()))

    assert name in words
    assert name.upper() in words
    assert "□" not in words


def test_the_same_letter_at_the_same_moment_is_the_same_bytes(letter):
    assert rendered(letter) == rendered(letter)


def test_a_sign_without_glyph_becomes_a_box_and_the_letter_is_still_made(letter):
    words = words_of(rendered(letter, "李明 🙂\u200d Lý Minh"))

    assert "□□ □" in words
    assert "Lý Minh" in words


def test_a_template_that_changed_is_read_anew(letter):
    rendered(letter)
    letter.write_text(LETTER.replace("Họ và tên", "Ông hoặc bà"))

    assert "Ông hoặc bà" in words_of(rendered(letter))


@pytest.mark.parametrize("text", ["#let fields = json(bytes(sys.inputs.fields))\n#fields.nobody", "#("])
def test_a_wrong_template_is_named(tmp_path, text):
    template = tmp_path / "broken.typ"
    template.write_text(text)

    with pytest.raises(DocumentError, match=r"broken\.typ"):
        rendered(template)


def test_a_missing_template_is_named(tmp_path):
    with pytest.raises(DocumentError, match=r"none\.typ"):
        rendered(tmp_path / "none.typ")
