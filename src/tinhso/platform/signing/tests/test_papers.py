"""The documents of the national pack: the right sheet, everything said, room for signature and seal."""

from copy import deepcopy
from io import BytesIO

import pytest
from django.conf import settings
from pypdf import PdfReader

from tinhso.platform.files.adapters import DocumentError, render_document
from tinhso.platform.signing.rules import Signer
from tinhso.platform.signing.tests.conftest import COMMUNE, NOW, request_for
from tinhso.platform.signing.tests.papers import BIRTH, FORM_SETS, FORMS, OTHERS, TEMPLATES

MILLIMETRE = 72 / 25.4
A5, A4, A4_LYING = (148, 210), (210, 297), (297, 210)
SHEETS = dict.fromkeys(OTHERS, A4) | {
    name: A5 if form["size"] == "a5" else A4_LYING for name, (_p, _f, form) in FORMS.items()
}


RECEIPT = TEMPLATES["tt03-2025/receipt"]


def rendered(name, fields=None):
    folder, path = settings.PACKS_ROOT / "national" / "documents", FORMS[name][0] if name in FORMS else name
    return render_document(folder / f"{path}.typ", TEMPLATES[name] if fields is None else fields, now=NOW)


def words_of(document):
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)
    return " ".join(text.split())


def leaves(value):
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_document_is_one_sheet_of_the_official_size(name):
    pages = PdfReader(BytesIO(rendered(name))).pages
    sheet = SHEETS[name]

    assert len(pages) == 1
    size = (pages[0].mediabox.width / MILLIMETRE, pages[0].mediabox.height / MILLIMETRE)
    assert size == pytest.approx(sheet, abs=0.5)


def test_number_five_of_one_set_is_not_number_five_of_the_other():
    fifth = {each["code"]: next(form["kind"] for form in each["form"] if form["number"] == "05") for each in FORM_SETS}

    assert fifth == {"tt01-2018": "control_slip", "tt03-2025": "stop_notice"}
    assert "Mẫu số 05, TT 01/2018/TT-VPCP" in words_of(rendered("tt01-2018/control_slip"))
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH" in words_of(rendered("tt01-2018/control_slip")).upper()
    assert "Mẫu số 05, TT 03/2025/TT-VPCP" in words_of(rendered("tt03-2025/stop_notice"))
    assert "THÔNG BÁO DỪNG" in words_of(rendered("tt03-2025/stop_notice")).upper()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_document_bears_motto_agency_and_code(name):
    words = words_of(rendered(name))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert "Độc lập - Tự do - Hạnh phúc" in words
    assert "H37.85-261123-0042" in words
    assert "ỦY BAN NHÂN DÂN XÃ TÂN VĂN" in words.upper()


@pytest.mark.parametrize("name", [name for name in FORMS if name.split("/")[1] in {"receipt", "supplement", "refusal"}])
def test_every_name_reason_and_number_given_is_printed(name):
    fields = {
        key: value for key, value in TEMPLATES[name].items() if key not in {"qr", "agency"} and not key.endswith("_at")
    }
    given = [leaf for leaf in leaves(fields) if isinstance(leaf, str) and not leaf.startswith("2026-")]
    words = words_of(rendered(name))

    assert [leaf for leaf in given if leaf not in words and leaf.upper() not in words] == []


def test_moments_are_written_as_on_official_paper():
    words = words_of(rendered("tt03-2025/receipt"))

    assert "15 giờ 28 phút, ngày 23 tháng 11 năm 2026" in words
    assert "Tân Văn, ngày 23 tháng 11 năm 2026" in words


def test_a_certificate_holds_what_the_law_on_civil_status_asks_for():
    words = words_of(rendered("birth_certificate"))

    for part in (
        "HOÀNG GIA BẢO",
        "ngày 12 tháng 11 năm 2026",
        "Nam",
        "Tày",
        "020226004817",
        "HOÀNG VĂN ĐỨC",
        "212/2026",
    ):
        assert part in words


def test_leader_and_seal_find_their_areas_on_the_certificate(provider):
    signed = provider.sign(request_for(rendered("birth_certificate")))
    sealed = provider.sign(request_for(signed, capacity="seal", signer=Signer(COMMUNE.key, COMMUNE.name)))
    boxes = {
        str(mark.get_object()["/T"]): [float(corner) for corner in mark.get_object()["/Rect"]]
        for mark in PdfReader(BytesIO(sealed)).pages[0]["/Annots"]
    }

    assert provider.verify(sealed).valid
    assert set(boxes) == {"leader", "seal"}
    assert boxes["leader"][2] - boxes["leader"][0] == pytest.approx(62 * MILLIMETRE, abs=1)
    assert boxes["seal"][0] < boxes["leader"][0] < boxes["seal"][2]


def test_what_is_not_known_leaves_no_empty_label():
    bare = {
        key: RECEIPT[key]
        for key in ("form", "agency", "issued_at", "code", "applicant", "procedure", "received_at", "due_at")
    }
    words = words_of(rendered("tt03-2025/receipt", bare))

    assert "Phí, lệ phí" not in words
    assert "Thành phần hồ sơ" not in words
    assert "Vào sổ" not in words


def test_a_father_who_is_not_known_is_a_dash_not_a_gap():
    fields = deepcopy(BIRTH)
    del fields["father"]

    assert "Họ, chữ đệm, tên: –" in words_of(rendered("birth_certificate", fields))


def test_many_papers_go_on_to_a_second_sheet_and_none_is_lost():
    papers = [
        {"name": f"Giấy tờ số {number} với một cái tên khá dài để chiếm hai dòng trên tờ giấy", "copies": 1}
        for number in range(40)
    ]
    document = rendered("tt03-2025/receipt", RECEIPT | {"papers": papers})

    assert len(PdfReader(BytesIO(document)).pages) > 1
    assert all(f"Giấy tờ số {number} " in words_of(document) for number in range(40))


def test_a_receipt_without_a_promised_day_has_no_empty_promise():
    assert "Hẹn trả kết quả:" not in words_of(rendered("tt03-2025/receipt", RECEIPT | {"due_at": ""}))


@pytest.mark.parametrize("name", FORMS)
def test_long_names_and_texts_stay_on_the_sheet(name):
    long = "Công ty trách nhiệm hữu hạn một thành viên Xuất nhập khẩu Thương mại và Dịch vụ Vận tải Quốc tế Hữu Nghị"
    fields = TEMPLATES[name] | {
        "agency": {"parent": "Ủy ban nhân dân tỉnh Lạng Sơn", "name": long, "desk": long},
        "applicant": TEMPLATES[name]["applicant"] | {"name": long, "address": long},
        "procedure": f"{long}, {long}, {long}",
    }
    words = words_of(rendered(name, fields))

    assert long in words or name.endswith("register")


def test_a_missing_code_is_an_error_not_a_blank_paper():
    with pytest.raises(DocumentError, match="code"):
        rendered("tt03-2025/receipt", {key: value for key, value in RECEIPT.items() if key != "code"})
