"""A signature holds as long as nobody touches the file, and no longer."""

import os
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tinhso.platform.signing.rules import CannotSign
from tinhso.platform.signing.tests.conftest import COMMUNE, LEADER, NOW, make_provider, request_for

YEAR = timedelta(days=365)
MANY = settings(max_examples=100 if os.environ.get("CI") else 250, deadline=None)  # on CI always the same ones
PLACE = st.floats(min_value=0, max_value=1, exclude_max=True)


def flipped(content: bytes, place: float, bit: int) -> bytes:
    changed = bytearray(content)
    changed[int(place * len(changed))] ^= 1 << bit
    return bytes(changed)


def edited(pdf: bytes) -> bytes:
    """Another content on the first page, as an update appended to the file."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=b"0 0 100 100 re f")))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_leaders_signature_names_person_post_agency_and_moment(provider, signed):
    verdict = provider.verify(signed)

    assert verdict.valid
    assert verdict.problems == ()
    assert verdict.signer == LEADER
    assert verdict.signatures[0].unit == COMMUNE
    assert verdict.signed_at == NOW
    assert verdict.whole_file
    assert verdict.time_stamp_valid


def test_the_rendered_document_stays_whole_under_the_signature(unsigned, signed):
    assert signed.startswith(unsigned)


def test_marks_become_fields_and_other_links_stay(signed):
    page = IncrementalPdfFileWriter(BytesIO(signed)).prev.root["/Pages"]["/Kids"][0]
    kinds = [annotation.get_object()["/Subtype"] for annotation in page["/Annots"]]

    assert sorted(kinds) == ["/Link", "/Widget", "/Widget"]
    assert b"tinhso:field" not in signed[-len(signed) // 2 :]


@MANY
@given(place=PLACE, bit=st.integers(0, 7))
@example(place=0.0, bit=0)
@example(place=0.9999999, bit=0)
def test_flipping_any_bit_of_the_file_is_refused(provider, signed, place, bit):
    assert not provider.verify(flipped(signed, place, bit)).valid


@MANY
@given(place=PLACE, bit=st.integers(0, 7))
def test_flipping_any_bit_of_the_signature_itself_is_refused(provider, signed, place, bit):
    start, end = signed.rindex(b"/Contents <") + 10, signed.rindex(b"/ByteRange")

    assert not provider.verify(signed[:start] + flipped(signed[start:end], place, bit) + signed[end:]).valid


@pytest.mark.slow
@MANY
@given(place=PLACE, bit=st.integers(0, 7))
def test_flipping_any_bit_under_a_seal_is_refused(provider, sealed, place, bit):
    assert not provider.verify(flipped(sealed, place, bit)).valid


@pytest.mark.parametrize("more", [b"\n", b" ", b"%%EOF\n", b"\x00" * 100])
def test_a_single_byte_after_the_end_is_refused(provider, signed, more):
    assert set(provider.verify(signed + more).problems) & {"appended", "unreadable"}


def test_a_later_revision_is_refused(provider, signed):
    verdict = provider.verify(edited(signed))

    assert not verdict.valid
    assert {"appended", "edited_between"} <= set(verdict.problems)


def test_a_seal_over_a_document_edited_after_the_leader_signed_is_refused(provider, signed):
    sealed_over = provider.sign(request_for(edited(signed), capacity="seal"))

    assert "edited_between" in provider.verify(sealed_over).problems


def test_leader_and_seal_together_are_valid_and_in_order(provider, sealed):
    verdict = provider.verify(sealed)

    assert verdict.valid
    assert [found.area for found in verdict.signatures] == ["leader", "seal"]
    assert verdict.signer == LEADER


def test_a_signature_under_another_root_is_refused(tmp_path, signed):
    stranger = make_provider(tmp_path)
    stranger.store.root(NOW)

    assert stranger.verify(signed).problems[-1] == "untrusted"


def test_where_nothing_was_ever_signed_nothing_is_trusted(tmp_path, signed):
    assert not make_provider(tmp_path).verify(signed).valid


@pytest.mark.parametrize("at", [NOW + 6 * YEAR, NOW - 4 * YEAR])
def test_nobody_signs_with_a_certificate_out_of_force(provider, signed, unsigned, at):
    with pytest.raises(CannotSign, match="không có hiệu lực"):
        provider.sign(request_for(unsigned, at=at))


@pytest.mark.parametrize(("key_made", "problem"), [(NOW - 6 * YEAR, "expired"), (NOW + 4 * YEAR, "not_yet_valid")])
def test_a_signature_made_nevertheless_is_refused(tmp_path, unsigned, monkeypatch, key_made, problem):
    careless = make_provider(tmp_path)
    careless.store.time_stamp_key(NOW)
    key = careless.store.signing_key(_name(), key_made)

    assert careless.verify(careless._add_signature(request_for(unsigned), key)).problems == (problem,)


def test_a_signature_without_a_time_stamp_is_refused(provider, unsigned, monkeypatch):
    monkeypatch.setattr("tinhso.platform.signing.adapters.pades.LocalTimeStamper", lambda *_: None)

    assert "no_time_stamp" in provider.verify(provider.sign(request_for(unsigned))).problems


def test_a_signed_file_is_not_signed_again(provider, signed):
    with pytest.raises(CannotSign, match="đã có chữ ký"):
        provider.sign(request_for(signed))


def test_a_file_without_an_area_is_signed_unseen(provider):
    import typst

    plain = typst.compile(b"Scan", format="pdf")

    assert provider.verify(provider.sign(request_for(plain))).valid


@pytest.mark.parametrize("content", [b"", b"no pdf at all", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_neither_signed_nor_believed(provider, content):
    assert provider.verify(content).problems == ("unreadable",)
    with pytest.raises(CannotSign):
        provider.sign(request_for(content))


def test_an_unsigned_file_is_said_to_be_unsigned(provider, unsigned):
    assert provider.verify(unsigned).problems == ("unsigned",)


def _name():
    from tinhso.platform.signing.adapters.certificates import signer_name

    return signer_name(LEADER, COMMUNE)
