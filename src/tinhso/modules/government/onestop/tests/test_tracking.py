"""Following a dossier: its applicant sees everything, whoever holds the tracking id sees states and days."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tinhso.modules.government.onestop.actions.documents import keep_case_document
from tinhso.modules.government.onestop.models import Miss, Rating
from tinhso.modules.government.onestop.tests.conftest import ONE_PIXEL, Commune
from tinhso.modules.government.onestop.tests.portal import Portal, photograph
from tinhso.modules.government.onestop.tests.test_filing import another
from tinhso.platform.cases import queries
from tinhso.platform.cases.models import Case, Paper
from tinhso.platform.clock import now
from tinhso.platform.ledger.actions import seal_facts
from tinhso.platform.ledger.queries import check_document, list_facts
from tinhso.platform.people.rules import SYSTEM

pytestmark = pytest.mark.django_db
MISSING = {
    "reasons": "Ảnh chụp bị mờ, không đọc được tên mẹ.",
    "papers": [{"code": "birth_proof", "why": "Chụp lại cho rõ."}],
}


@pytest.fixture
def mai(commune: Commune) -> Portal:
    return Portal(commune.client_of(commune.mai))


def steps(text: str) -> list[tuple[str, str]]:
    found = re.findall(r'timeline__step--(\w+)".*?timeline__title">.*?</span>(.*?)</p>', text, re.DOTALL)
    return [(state, title.strip()) for state, title in found]


def test_a_dossier_reads_like_a_parcel(commune, mai):
    public_id = commune.files()
    commune.does(public_id, "accept")
    mai.get(f"/dossiers/{public_id}/")

    assert steps(mai.text) == [
        ("done", "Đã nộp"), ("done", "Tiếp nhận"), ("now", "Đã tiếp nhận"),
        ("next", "Trình ký"), ("next", "Ký Giấy khai sinh"), ("next", "Trả kết quả"),
    ]  # fmt: skip
    for words in ("Hẹn trả trước", "Vì sao hẹn ngày này?", "Lộc Thị Hoa", "Xã Thử", "Bạn không phải làm gì lúc này"):
        assert words in mai.words


def test_the_public_page_tells_states_and_days_and_nothing_of_anybody(commune, client):
    public_id = commune.files()
    commune.does(public_id, "accept")
    stranger = Portal(client).get("/track/")
    stranger.get(f"/track/?tracking={public_id.lower().replace('-', ' ')}")

    assert ("done", "Tiếp nhận") in steps(stranger.text)
    for words in ("Hoàng", "Lộc Thị Hoa", "020195004817", "Bảo"):
        assert words not in stranger.words
    assert "Hẹn trả trước" in stranger.words


def test_a_dossier_code_needs_the_last_four_signs(commune, client):
    public_id = commune.files()
    code = commune.does(public_id, "accept").code
    last = public_id.replace("-", "")[-4:]

    assert Portal(client).get(f"/track/?code={code}&last={last}").status == 200
    assert Portal(client).get(f"/track/?code={code}&last=2222").status == 404
    assert Portal(client).get(f"/track/?code={code}&last=").status == 404


def test_guessing_is_slowed_down_and_the_address_is_not_kept(commune, client):
    code = commune.does(commune.files(), "accept").code
    answers = [client.get(f"/track/?code={code}&last=222{sign}").status_code for sign in "23456789ABC"]
    assert answers == [404] * 10 + [429]
    assert client.get("/track/TS-2222-2222-22/").status_code == 404
    assert not Miss.objects.filter(key__contains="127.0.0.1").exists()

    Miss.objects.update(started_at=now() - timedelta(minutes=16))
    assert client.get(f"/track/?code={code}&last=2222").status_code == 404


def test_the_applicant_who_follows_the_code_on_paper_comes_to_the_whole_page(commune, mai):
    public_id = commune.files()
    assert mai.get(f"/track/{public_id}/").url == f"/dossiers/{public_id}/"


def test_missing_papers_are_named_and_handed_in_at_once(commune, mai):
    public_id = commune.files(paper=True)
    commune.does(public_id, "request_supplement", **MISSING)
    mai.get(f"/dossiers/{public_id}/")
    assert "Bạn cần bổ sung giấy tờ" in mai.words
    assert MISSING["reasons"] in mai.words

    mai.get(f"/dossiers/{public_id}/supplement/")
    assert "Chụp lại cho rõ." in mai.words
    mai.send()
    assert mai.status == 422
    mai.send(**{"paper-birth_proof": photograph("ro.png", ONE_PIXEL + b" ")})

    assert mai.url == f"/dossiers/{public_id}/"
    assert Case.objects.get().state == "resubmitted"
    assert [paper.name for paper in queries.list_papers(Case.objects.get().pk)] == ["ro.png"]
    assert Paper.objects.count() == 2
    facts = [fact.kind for fact in list_facts(public_id)]
    mai.send(f"/dossiers/{public_id}/supplement/", keep=False, **{"paper-birth_proof": photograph()})
    assert [fact.kind for fact in list_facts(public_id)] == facts


def test_a_file_that_was_taken_is_not_asked_for_again(commune, mai):
    public_id = commune.files()
    two = MISSING | {"papers": [*MISSING["papers"], {"code": "residence_proof", "why": "Chưa có."}]}
    commune.does(public_id, "request_supplement", **two)
    mai.get(f"/dossiers/{public_id}/supplement/").send(**{"paper-birth_proof": photograph("sinh.png")})
    assert mai.status == 422
    assert "sinh.png" in mai.words
    mai.send(**{"paper-residence_proof": photograph("o.png", ONE_PIXEL + b"  ")})
    assert {paper.name for paper in Paper.objects.all()} == {"sinh.png", "o.png"}


def test_what_was_handed_in_by_another_is_not_taken_by_its_hash(commune, mai):
    public_id = commune.files()
    commune.does(public_id, "request_supplement", **MISSING)
    mai.send(f"/dossiers/{public_id}/supplement/", keep=False, held=f"birth_proof:{'0' * 64}:x.png")
    assert Case.objects.get().state == "completing"


def test_a_bad_file_leaves_the_dossier_waiting(commune, mai):
    public_id = commune.files()
    commune.does(public_id, "request_supplement", **MISSING)
    mai.get(f"/dossiers/{public_id}/supplement/").send(**{"paper-birth_proof": photograph("x.png", b"MZ" + b"\0" * 99)})
    assert mai.status == 422
    assert Case.objects.get().state == "completing"


def test_words_may_stand_for_a_paper_that_cannot_be_had(commune, mai):
    public_id = commune.files()
    commune.does(public_id, "request_supplement", **MISSING)
    mai.get(f"/dossiers/{public_id}/supplement/").send(note="Bệnh viện hẹn thứ Hai mới cấp.")
    assert Case.objects.get().state == "resubmitted"


def test_an_applicant_takes_a_dossier_back_after_being_asked_once_more(commune, mai):
    public_id = commune.files()
    mai.get(f"/dossiers/{public_id}/withdraw/")
    assert Case.objects.get().state == "registered"
    mai.send()
    assert Case.objects.get().state == "withdrawn"
    assert steps(mai.text)[-1] == ("stopped", "Đã rút hồ sơ")
    assert mai.get(f"/dossiers/{public_id}/withdraw/").url == f"/dossiers/{public_id}/"


def test_words_between_officers_stay_between_them(commune, mai):
    public_id = commune.files()
    commune.does(public_id, "accept")
    commune.does(public_id, "propose_refusal", reasons="Nghi giấy giả")
    assert "Nghi giấy giả" not in mai.get(f"/dossiers/{public_id}/").words
    commune.does(public_id, "send_back", reasons="Xem lại chỗ này")
    assert "Xem lại chỗ này" not in mai.get(f"/dossiers/{public_id}/").words


def test_late_says_so_and_a_new_day_comes_with_reason_and_apology(commune, mai):
    past = now() - timedelta(days=20)
    public_id = commune.files(now=past)
    commune.does(public_id, "accept", now=past)
    mai.get(f"/dossiers/{public_id}/")
    assert "Chúng tôi xin lỗi" in mai.words
    assert "trễ" in mai.words
    assert ("late", "Đã tiếp nhận") in steps(mai.text)


def test_a_result_and_letters_are_downloaded_by_the_applicant_alone(commune, mai):
    public_id = commune.files()
    commune.does(public_id, "accept")
    letter = keep_case_document(
        case_public_id=public_id, kind="receipt", fact_id=1, pdf=b"%PDF-1.7 x", actor=SYSTEM, now=now()
    )
    address = f"/dossiers/{public_id}/files/{letter.sha256}/"
    assert address in mai.get(f"/dossiers/{public_id}/").text
    assert mai.get(address).content == b"%PDF-1.7 x"
    assert another(commune).get(address).status == 404
    assert mai.get(f"/dossiers/{public_id}/files/{'0' * 64}/").status == 404


def test_the_proof_of_filing_is_ready_after_the_seal_and_convinces_a_stranger(commune, mai):
    public_id = mai.files()
    assert "Đang niêm phong" in mai.get(f"/dossiers/{public_id}/proof.json").words
    seal_facts(now=now())

    document = json.loads(mai.get(f"/dossiers/{public_id}/proof.json").content)
    assert document["content"]["data"]["child_name"] == "Hoàng Gia Bảo"
    assert all(each.holds for each in check_document(document))
    document["content"]["data"]["child_name"] = "Hoàng Gia Bảo2"
    assert not all(each.holds for each in check_document(document))
    assert mai.get(f"/dossiers/{public_id}/proof.pdf").content.startswith(b"%PDF")


def test_who_has_the_result_rates_once_and_the_fact_has_no_words(commune, mai):
    public_id = commune.files()
    commune.does(public_id, "accept", "propose", "sign", "hand_over")
    mai.get(f"/dossiers/{public_id}/rate/").send(score="4", comment="Nhanh, dễ hiểu.", **{"index-7": "2"})
    mai.send(f"/dossiers/{public_id}/rate/", keep=False, score="1")

    assert [(each.score, each.comment) for each in Rating.objects.all()] == [(4, "Nhanh, dễ hiểu.")]
    fact = list_facts(public_id)[-1]
    assert (fact.kind, fact.body) == (
        "onestop.dossier.rated",
        {"score": 4, "occasion": "result", "points": {"7": 2}},
    )
    assert "Bạn đã đánh giá" in mai.words


def test_a_dossier_that_nobody_has_looked_at_cannot_be_rated(commune, mai):
    public_id = commune.files()
    mai.send(f"/dossiers/{public_id}/rate/", keep=False, score="5")
    assert not Rating.objects.exists()


def test_one_s_own_dossiers_are_listed_with_where_they_stand(commune, mai):
    assert "Chưa có hồ sơ nào" in mai.get("/my/dossiers/").words
    waiting, done = commune.files(), commune.files(child_name="Hoàng Gia An")
    commune.does(waiting, "request_supplement", **MISSING)
    commune.does(done, "accept", "propose", "sign")
    mai.get("/my/dossiers/")
    for words in ("Hoàng Gia An", "Đã có kết quả", "Chờ bổ sung trước khi tiếp nhận"):
        assert words in mai.words
    assert "Hoàng Gia" not in another(commune).get("/my/dossiers/").words


def test_pages_of_a_dossier_ask_the_database_little(commune, mai, django_assert_max_num_queries):
    public_id = commune.files()
    commune.does(public_id, "accept", "propose")
    mai.get(f"/dossiers/{public_id}/")
    with django_assert_max_num_queries(24):
        mai.client.get(f"/dossiers/{public_id}/")
    for number in range(6):
        commune.files(child_name=f"Hoàng Gia {'ABCDEF'[number]}")
    with django_assert_max_num_queries(8):
        mai.client.get("/my/dossiers/")


def test_every_page_of_the_portal_stays_within_its_weight(commune, mai):
    static = Path(settings.STATICFILES_DIRS[0]) / "tinhso"
    shared = sum(len(gzip.compress((static / name).read_bytes())) for name in ("tinhso.css", "tinhso.js"))
    shared += sum(path.stat().st_size for path in (static / "fonts").glob("*.woff2"))
    public_id = commune.files(paper=True)
    commune.does(public_id, "request_supplement", **MISSING)
    mai.begins()
    draft = mai.url
    pages = [
        "/",
        "/find/",
        "/procedures/1.001193/",
        "/procedures/1.001193/start/",
        draft,
        f"{draft}../check/",
        "/track/",
    ]
    pages += ["/my/dossiers/", f"/dossiers/{public_id}/", f"/dossiers/{public_id}/supplement/"]
    weights = {page: shared + len(gzip.compress(mai.get(page).content)) for page in pages}
    assert {page: weight for page, weight in weights.items() if weight > 100_000} == {}
