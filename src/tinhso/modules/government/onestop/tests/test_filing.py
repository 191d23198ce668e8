"""Filing without JavaScript: prefilled, page by page, papers that are asked for, once and whole."""

import io
import re

import pytest
from PIL import Image

from tinhso.modules.government.onestop.actions.filing import add_files, remove_file
from tinhso.modules.government.onestop.queries.filing import get_begun
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, ONE_PIXEL, OTHER
from tinhso.modules.government.onestop.tests.portal import PAGES, Portal, photograph
from tinhso.platform.cases.models import Case, Paper
from tinhso.platform.clock import now
from tinhso.platform.forms.models import Draft
from tinhso.platform.people import actions as people
from tinhso.platform.people.queries import find_citizen_actor
from tinhso.platform.people.rules import SYSTEM, Identity

from .conftest import START

pytestmark = pytest.mark.django_db


def two_pixels() -> bytes:
    drawn = io.BytesIO()
    Image.new("L", (2, 1)).save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def mai(commune) -> Portal:
    return Portal(commune.client_of(commune.mai))


def another(commune, level: int = 2, name: str = "Nông Văn Dũng") -> Portal:
    identity = Identity(name=name, personal_number=f"02009100326{level}", level=level)
    account = people.identify_person(identity=identity, account=None, actor=SYSTEM, now=START)
    return Portal(commune.client_of(find_citizen_actor(account.code)))


def test_a_mother_files_from_start_to_receipt_without_script(commune, mai):
    mai.get("/procedures/1.001193/start/")
    assert mai.boxes()["unit"] == COMMUNE  # where she lives
    public_id = mai.files()

    assert "Đã nộp hồ sơ" in mai.words
    assert public_id in mai.words
    for said in ("Người nộp Hoàng Thị Mai", "Nơi nhận Xã Thử", "Giấy tờ đã gửi Giấy chứng sinh", f"/t/{public_id}", "Sắp tới: Tiếp nhận", "In trang này"):  # fmt: skip
        assert said in mai.words
    case = Case.objects.get(public_id=public_id)
    assert (case.title, case.unit_key, case.applicant_code) == ("Hoàng Gia Bảo", COMMUNE, commune.mai.code)
    assert (case.data["mother_name"], case.data["mother_birth_year"]) == ("Hoàng Thị Mai", 1995)
    assert case.data["child_birth_date"] == "2026-11-05"
    assert [paper.code for paper in Paper.objects.all()] == ["birth_proof"]
    assert Draft.objects.get().state == Draft.FILED


def test_the_picture_of_a_procedure_names_roles_as_people_do(mai):
    mai.get("/procedures/1.001193/")
    picture = mai.text[mai.text.index("<svg", mai.text.index("<main")) :]
    assert "Bộ phận một cửa" in picture
    assert not re.search(r"\b(receptionist|handler|leader|applicant)\b", picture[: picture.rindex("</svg>")])


def test_the_usual_answers_stand_there_and_those_of_questions_not_asked_are_not_sent(mai):
    mai.begins().fills()
    for page, field, usual in (("delivery", "copies_wanted", "0"), ("mother", "mother_nationality", "Việt Nam")):
        mai.get(re.sub(r"/[a-z_]+/$", f"/{page}/", mai.url))
        assert mai.boxes()[field] == usual
    mai.get(re.sub(r"/[a-z_]+/$", "/father/", mai.url)).send(has_father="yes")
    assert mai.boxes()["father_nationality"] == "Việt Nam"
    assert "Điền sẵn theo trường hợp thường gặp, hãy sửa nếu khác" in mai.words
    mai.send(keep=False, has_father="no")
    mai.get(re.sub(r"/[a-z_]+/$", "/papers/", mai.url)).send(**{"paper-birth_proof": photograph()})
    mai.send(declared="yes")
    assert "Đã nộp hồ sơ" in mai.words
    assert {code for code in Case.objects.get().data if code.startswith("father_")} == set()


def test_what_is_held_is_filled_in_and_says_from_where(mai):
    mai.begins()
    assert mai.boxes()["requester_name"] == "Hoàng Thị Mai"
    assert mai.boxes()["requester_number"] == "020195004817"
    assert "Theo VNeID của bạn" in mai.words
    mai.send(**PAGES["requester"])
    mai.get(mai.url.replace("/child/", "/mother/"))
    assert mai.boxes()["mother_name"] == "Hoàng Thị Mai"
    assert "Theo VNeID của bạn" in mai.words


def test_a_father_s_own_data_do_not_stay_with_the_mother(mai):
    mai.begins().send(**PAGES["requester"])
    draft = Draft.objects.get()
    assert draft.answers["mother_name"] == "Hoàng Thị Mai"

    mai.get(f"/filing/{draft.public_id}/requester/").send(**PAGES["requester"] | {"requester_relation": "father"})
    draft.refresh_from_db()
    assert "mother_name" not in draft.answers
    assert draft.answers["father_name"] == "Hoàng Thị Mai"


def test_a_wrong_answer_is_kept_and_said_at_its_field(mai):
    mai.begins().send(**PAGES["requester"])
    mai.send(**PAGES["child"] | {"child_birth_date-month": "13"})

    assert mai.status == 422
    assert 'href="#child_birth_date"' in mai.text
    assert mai.boxes()["child_birth_date-month"] == "13"
    assert mai.boxes()["child_name"] == "Hoàng Gia Bảo"


def test_only_the_papers_that_the_answers_ask_for_are_asked(mai):
    at_home = {"birth_place_kind": "elsewhere", "birth_facility": "", "birth_place": "Thôn Nà Mò", "has_witness": "no"}
    mai.begins().fills(birth_place=at_home)
    if "birth_place" in mai.url:
        mai.fills(birth_place=at_home)
    assert "Giấy cam đoan về việc sinh" in mai.words
    assert "Giấy chứng sinh" not in mai.words
    assert "mỗi tệp không quá 10 MB" in mai.words


def test_a_missing_paper_and_a_bad_file_are_refused_in_words(mai):
    mai.begins().fills()
    mai.send()
    assert mai.status == 422
    assert "Còn thiếu “Giấy chứng sinh”" in mai.words

    mai.send(**{"paper-birth_proof": photograph("anh.jpg", b"MZ" + b"\0" * 400)})
    assert mai.status == 422
    assert Draft.objects.get().papers == {}
    assert mai.url.endswith("/papers/")


def test_files_are_added_to_a_paper_seen_and_taken_out(mai):
    mai.begins().fills()
    mai.send(**{"paper-birth_proof": photograph(), "upload": "1"})
    assert "giay-chung-sinh.png" in mai.words
    (file,) = Draft.objects.get().papers["birth_proof"]
    papers = mai.url
    assert mai.get(f"{papers}{file['file_sha256']}/").content.startswith(b"\x89PNG")
    mai.get(papers)

    mai.send(remove=f"birth_proof:{file['file_sha256']}")
    assert "giay-chung-sinh.png" not in mai.words
    assert Draft.objects.get().papers == {}


def test_files_sent_from_two_windows_at_once_are_both_kept(commune, mai):
    mai.begins().fills()
    begun = get_begun(Draft.objects.get().public_id, actor=commune.mai, now=now())
    (paper,) = begun.papers_asked
    for content in (ONE_PIXEL, two_pixels()):
        add_files(begun=begun, paper=paper, pieces=[("a.png", io.BytesIO(content))], actor=commune.mai, now=now())
    first, second = Draft.objects.get().papers[paper.code]
    remove_file(begun=begun, paper_code=paper.code, sha256=first["file_sha256"], actor=commune.mai, now=now())
    assert Draft.objects.get().papers[paper.code] == [second]


def test_sending_twice_is_one_dossier_and_the_same_receipt(mai):
    public_id = mai.files()
    draft = Draft.objects.get()
    mai.send(f"/filing/{draft.public_id}/check/", keep=False, declared="yes")

    assert mai.url == f"/dossiers/{public_id}/filed/"
    assert Case.objects.count() == 1
    assert mai.get(f"/filing/{draft.public_id}/child/").url == f"/dossiers/{public_id}/filed/"


def test_without_the_declaration_nothing_is_sent(mai):
    mai.begins().fills().send(**{"paper-birth_proof": photograph()})
    mai.send()
    assert mai.status == 422
    assert Case.objects.count() == 0


def test_what_is_wrong_is_judged_again_when_it_is_sent(mai):
    mai.begins().fills().send(**{"paper-birth_proof": photograph()})
    draft = Draft.objects.get()
    Draft.objects.update(answers=draft.answers | {"child_name": "", "_unit": "99999@2025-07-01"}, papers={})

    mai.send(f"/filing/{draft.public_id}/check/", keep=False, declared="yes")
    assert mai.status == 422
    for words in ("Họ, chữ đệm và tên của con", "Hãy chọn nơi nhận hồ sơ", "Còn thiếu: Giấy chứng sinh"):
        assert words in mai.words
    assert Case.objects.count() == 0


def test_a_draft_is_gone_on_with_or_put_beside_a_new_one(mai):
    mai.begins().send(**PAGES["requester"])
    mai.send(**PAGES["child"] | {"later": "1"})
    assert mai.url == "/my/dossiers/"
    assert "bản nháp" in mai.words

    mai.get("/procedures/1.001193/start/")
    assert "Bạn đang khai dở" in mai.words
    go_on = re.search(r"/filing/\w+/", mai.text)[0]
    assert mai.get(go_on).boxes()["child_name"] == "Hoàng Gia Bảo"

    mai.get("/procedures/1.001193/start/").send(unit=OTHER)
    assert Draft.objects.filter(state=Draft.OPEN).count() == 2


def test_a_discarded_draft_can_be_had_back(mai):
    mai.begins()
    draft = Draft.objects.get().public_id
    mai.send(f"/drafts/{draft}/discard/", keep=False, next="/my/dossiers/")
    assert "còn lấy lại được" in mai.words
    mai.send(f"/drafts/{draft}/restore/", keep=False, next="/my/dossiers/")
    assert "Khai tiếp" in mai.words


def test_another_place_can_be_chosen_later(mai):
    mai.begins()
    draft = Draft.objects.get().public_id
    mai.get(f"/filing/{draft}/where/?back=check").send(unit=OTHER)
    assert mai.url.endswith("/check/")
    assert "Xã Khác" in mai.words
    mai.get(f"/filing/{draft}/where/").send(unit="90@2025-07-01")
    assert mai.status == 422


def test_nobody_else_reaches_a_draft_its_files_or_a_dossier(commune, mai):
    mai.begins().fills().send(**{"paper-birth_proof": photograph(), "upload": "1"})
    draft = Draft.objects.get()
    sha256 = draft.papers["birth_proof"][0]["file_sha256"]
    dung = another(commune)
    pages = ["", "child/", "where/", "papers/", "check/", f"papers/{sha256}/"]
    assert [dung.get(f"/filing/{draft.public_id}/{page}").status for page in pages] == [404] * len(pages)

    public_id = mai.get(f"/filing/{draft.public_id}/papers/").send().send(declared="yes").url.split("/")[2]
    pages = ["", "filed/", "proof/", "proof.json", "proof.pdf", "withdraw/", "supplement/", f"files/{sha256}/"]
    assert [dung.get(f"/dossiers/{public_id}/{page}").status for page in pages] == [404] * len(pages)
    assert dung.send(f"/dossiers/{public_id}/rate/", keep=False, score="1").status == 404


def test_level_one_reads_what_to_do_and_a_stranger_signs_in_first(commune, client):
    lan = another(commune, level=1)
    lan.get("/procedures/1.001193/start/")
    assert lan.status == 403
    assert "Cần định danh mức 2" in lan.words
    assert client.get("/procedures/1.001193/start/")["Location"].startswith("/sign-in/")
    assert commune.client_of(commune.desk).get("/procedures/1.001193/start/").status_code == 403


def test_what_is_no_procedure_is_not_there(mai):
    assert mai.get("/procedures/9.999999/start/").status == 404
    assert mai.get("/filing/00000000000000000000000000000000/child/").status == 404


def test_a_page_asks_the_database_little(commune, mai, django_assert_max_num_queries):
    mai.begins()
    draft = Draft.objects.get().public_id
    mai.get(f"/filing/{draft}/child/")
    with django_assert_max_num_queries(8):
        mai.client.get(f"/filing/{draft}/child/")
    with django_assert_max_num_queries(10):
        mai.client.get(f"/filing/{draft}/check/")
