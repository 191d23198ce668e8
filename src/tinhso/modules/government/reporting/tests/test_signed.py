"""A report that a leader hands in is a signed paper with the file of its content; what changes afterwards is found or is a new version."""

import io
import json

import pytest
from pypdf import PdfReader

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.models import SignedFile, Version
from tinhso.modules.government.reporting.queries.parcels import Altered, read_signed
from tinhso.modules.government.reporting.queries.printing import draw_report
from tinhso.modules.government.reporting.tests.conftest import COMMUNE, OTHER, later
from tinhso.platform.files.adapters import content_store
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.signing.queries import verify_pdf
from tinhso.platform.signing.rules import CannotSign


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def handed_in(province):
    province.opens()
    return province.hands_in()


def test_the_paper_is_signed_by_the_leader_and_verifies(province, handed_in):
    content, pdf = read_signed(handed_in, 1)
    verdict = verify_pdf(pdf)

    assert verdict.valid
    assert verdict.is_signed_in("leader")
    assert verdict.signer.code == province.leader.code
    words = words_of(pdf)
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "UBND XÃ 1",
        "UBND TỈNH THỬ",
        "TM. ỦY BAN NHÂN DÂN",
        "tháng 11/2026",
        "1.000",
        "25,0",
        "Khanh",
    ):
        assert said in words
    assert "BẢN XEM TRƯỚC" not in words
    assert content["cells"]["households.value"]["value"] == "1000"
    assert content["cells"]["guided_share.value"]["provenance"] == "worked_out"
    signed = SignedFile.objects.get(report=handed_in)
    assert signed.content_sha256 in words.replace(" ", "")
    assert signed.signer_title == "Chủ tịch"


def test_no_byte_of_the_paper_can_be_changed(handed_in):
    _content, pdf = read_signed(handed_in, 1)
    for place in (200, len(pdf) // 2, len(pdf) - 40):
        spoilt = bytearray(pdf)
        spoilt[place] ^= 1
        assert not verify_pdf(bytes(spoilt)).valid, place


def test_a_value_changed_behind_the_signature_is_found(handed_in):
    version = Version.objects.get(report=handed_in, number=1)
    content = {**version.content, "households.value": {"typed": {"number": "9999"}, "provenance": "typed"}}
    Version.objects.filter(pk=version.pk).update(content=content)
    with pytest.raises(Altered):
        read_signed(handed_in, 1)


def test_a_value_changed_with_its_hash_is_found_by_the_signed_file(handed_in):
    from hashlib import sha256

    from tinhso.platform.ledger.rules import canonical

    version = Version.objects.get(report=handed_in, number=1)
    content = {**version.content, "households.value": {"typed": {"number": "9999"}, "provenance": "typed"}}
    digest = sha256(canonical(content).encode()).hexdigest()
    Version.objects.filter(pk=version.pk).update(content=content, content_sha256=digest)
    with pytest.raises(Altered):
        read_signed(handed_in, 1)


def test_a_file_that_is_gone_is_told(handed_in):
    content_store().forget(SignedFile.objects.get(report=handed_in).pdf_sha256)
    with pytest.raises(Altered):
        read_signed(handed_in, 1)


def test_a_correction_is_a_new_version_with_a_paper_of_its_own(province, handed_in):
    actions.return_report(
        public_id=handed_in.public_id, reasons="Sai số hộ", actor=province.receiver, now=later(hours=1)
    )
    province.types(handed_in, households="1.100", now=later(hours=2))
    actions.submit_report(public_id=handed_in.public_id, actor=province.leader, now=later(hours=3))

    first, second = (read_signed(handed_in, number) for number in (1, 2))
    assert [each[0]["cells"]["households.value"]["value"] for each in (first, second)] == ["1000", "1100"]
    assert "Bản 2, thay cho bản 1" in words_of(second[1])
    assert all(verify_pdf(pdf).valid for _content, pdf in (first, second))


def test_the_file_of_content_is_json_that_says_it_all(handed_in):
    content, _pdf = read_signed(handed_in, 1)
    again = json.loads(json.dumps(content))
    assert again["unit"]["key"] == COMMUNE
    assert again["period"] == {"code": "2026-11", "from": "2026-10-15", "to": "2026-11-14"}
    assert {cell["provenance"] for cell in again["cells"].values()} <= {"typed", "derived", "worked_out", "imported"}


def test_where_nothing_can_be_signed_nothing_is_handed_in(province, monkeypatch):
    province.opens()
    row = province.report(OTHER)
    from tinhso.modules.government.reporting.actions import signing
    from tinhso.modules.government.reporting.tests.conftest import FIGURES

    def refuses(**_asked):
        raise CannotSign("Chứng thư đã hết hạn.")

    monkeypatch.setattr(signing, "sign_pdf", refuses)
    province.types(row, province.other_filler, **FIGURES)
    with pytest.raises(actions.Forbidden, match="Chứng thư đã hết hạn"):
        actions.submit_report(public_id=row.public_id, actor=province.other_leader, now=later(hours=1))
    row.refresh_from_db()
    assert (row.state, row.version) == ("drafting", 0)
    assert not SignedFile.objects.exists()
    assert "reporting.version.made" not in {fact.kind for fact in list_facts(row.public_id)}


def test_a_draft_says_that_it_is_one(province):
    province.opens()
    view = queries.read_report(province.report().public_id)
    pdf = draw_report(view, view.content, now=later())
    assert "BẢN XEM TRƯỚC" in words_of(pdf)
    assert not verify_pdf(pdf).signatures
