"""Number and date: written into the form fields that the first signature made, and read from them."""

from collections.abc import Mapping
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from tinhso.platform.signing.adapters.areas import area_of, text_fields
from tinhso.platform.signing.adapters.stamps import draw_words
from tinhso.platform.signing.rules import CannotSign


def write_fields(pdf: bytes, words: Mapping[str, str]) -> bytes:
    """
    The PDF with these words in its fields ("number", "date"), as one more revision; what was signed stays signed.

    :raises CannotSign: the file has no such field, one of them is filled already, or the file cannot be read
    """
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        found = text_fields(writer.root)
        for name, value in words.items():
            if name not in found:
                raise CannotSign(
                    _("Mẫu giấy không có ô để ghi số và ngày sau khi ký. Hãy báo người quản trị quy trình.")
                )
            if found[name].get("/V"):
                raise CannotSign(_("Giấy này đã có số."))
            _write(writer, found[name], value)
        out = BytesIO()
        writer.write(out)
    except PdfError as problem:
        raise CannotSign(_("Tệp này không ký được: {reason}").format(reason=problem)) from problem
    return out.getvalue()


def read_fields(pdf: bytes) -> dict[str, str]:
    """What stands in the fields for number and date; empty where there are none, or where the file cannot be read."""
    try:
        found = text_fields(PdfFileReader(BytesIO(pdf)).root)
        return {name: str(field.get("/V") or "") for name, field in found.items()}
    except Exception:  # noqa: BLE001 - whatever such a file makes the reader raise, nothing can be read from it
        return {}


def _write(writer: IncrementalPdfFileWriter, field: generic.DictionaryObject, words: str) -> None:
    field[pdf_name("/V")] = generic.TextStringObject(words)
    if area := area_of(str(field["/T"]), field):
        drawn = PdfFileReader(BytesIO(draw_words(words, area.size)))
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.import_page_as_xobject(drawn)})
    writer.update_container(field)
