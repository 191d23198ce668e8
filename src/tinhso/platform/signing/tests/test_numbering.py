"""Number and date between the leader's signature and the seal: both stay valid, and nothing can be changed afterwards."""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pytest
import typst
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader

from tinhso.platform.signing import actions, queries
from tinhso.platform.signing.adapters.areas import text_fields
from tinhso.platform.signing.rules import CannotSign
from tinhso.platform.signing.tests.conftest import COMMUNE, LEADER, NOW

pytestmark = pytest.mark.django_db
WORDS = {"number": "212/2026", "date": "ngày 23 tháng 11 năm 2026"}
DOCUMENT = """
#set page(width: 148mm, height: 210mm)
= Giấy khai sinh
Số: #box(link("tinhso:field/number", box(width: 30mm, height: 5mm)))
#link("tinhso:field/date", box(width: 60mm, height: 5mm))
#link("tinhso:field/leader", box(width: 60mm, height: 25mm))
#link("tinhso:field/seal", box(width: 30mm, height: 30mm))
"""


@dataclass(frozen=True)
class Officer:
    code: str


CLERK, CHAIRMAN = Officer("officer:van-thu"), Officer(LEADER.code)


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path


@pytest.fixture
def signed():
    pdf = typst.compile(DOCUMENT.encode(), format="pdf", pdf_standards=["a-2b"])
    return actions.sign_pdf(pdf=pdf, signer=LEADER, unit=COMMUNE, reason="Ký", actor=CHAIRMAN, now=NOW).pdf


def finish(pdf, words=WORDS):
    return actions.number_and_seal_pdf(pdf=pdf, words=words, unit=COMMUNE, reason="Dấu", actor=CLERK, now=NOW).pdf


def rewrite(pdf: bytes, **words: str) -> bytes:
    """What somebody with a PDF editor would do: other words in the fields, in one more revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    for name, field in text_fields(writer.root).items():
        if name in words:
            field[generic.pdf_name("/V")] = generic.TextStringObject(words[name])
            writer.update_container(field)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_signature_and_seal_both_hold_after_number_and_date_were_written(signed):
    sealed = finish(signed)
    verdict = queries.verify_pdf(sealed)

    assert verdict.valid, verdict.problems
    assert [each.area for each in verdict.signatures] == ["leader", "seal"]
    assert queries.read_number_and_date(sealed) == WORDS


def test_a_number_changed_after_the_seal_breaks_it(signed):
    forged = rewrite(finish(signed), number="213/2026")
    verdict = queries.verify_pdf(forged)

    assert queries.read_number_and_date(forged)["number"] == "213/2026"
    assert not verdict.valid
    assert {"appended", "edited_between"} & set(verdict.problems)


def test_a_number_written_by_somebody_else_before_the_seal_is_not_sealed(signed):
    with pytest.raises(CannotSign, match="Chỉ đóng dấu"):
        finish(rewrite(signed, number="1/2026"))


def test_a_flipped_byte_in_what_the_clerk_wrote_is_found(signed):
    sealed = finish(signed)
    for place in range(len(signed) + 1, len(signed) + 2000, 400):
        flipped = bytearray(sealed)
        flipped[place] ^= 1
        assert not queries.verify_pdf(bytes(flipped)).valid, place


def test_nothing_is_numbered_that_no_leader_signed():
    with pytest.raises(CannotSign, match="Chỉ đóng dấu"):
        finish(typst.compile(DOCUMENT.encode(), format="pdf"))


def test_a_document_is_numbered_once(signed):
    with pytest.raises(CannotSign):
        finish(finish(signed))


def test_a_template_without_a_place_for_the_number_is_named(unsigned):
    made = actions.sign_pdf(pdf=unsigned, signer=LEADER, unit=COMMUNE, reason="Ký", actor=CHAIRMAN, now=NOW)

    with pytest.raises(CannotSign, match="không có ô"):
        finish(made.pdf)


def test_the_number_is_seen_in_faces_that_lie_in_the_file(signed):
    page = PdfReader(BytesIO(finish(signed))).pages[0]
    looks = {
        mark.get_object()["/T"]: mark.get_object()["/AP"]["/N"]
        for mark in page["/Annots"]
        if mark.get_object().get("/FT") == "/Tx"
    }

    for look in looks.values():
        for face in look["/Resources"]["/Font"].values():
            descriptor = face.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    assert set(looks) == {"number", "date"}


def test_a_sealed_document_still_claims_what_pdf_a_asks(signed):
    with pikepdf.open(BytesIO(finish(signed))) as document:
        assert document.open_metadata().pdfa_status == "2B"
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert not document.is_encrypted
        assert not document.Root.AcroForm.get("/NeedAppearances", False)
        assert all("/AP" in mark for mark in document.pages[0].Annots if mark.Subtype == "/Widget" and mark.FT == "/Tx")
