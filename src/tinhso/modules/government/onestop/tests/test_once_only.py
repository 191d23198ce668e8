"""What is held is not asked again: from the person, the registers, results in force, earlier filings; said from where."""

import io
from dataclasses import replace

import pytest

from tinhso.modules.government.onestop.actions import gathering
from tinhso.modules.government.onestop.actions.drafting import begin_filing, keep_page, look_again
from tinhso.modules.government.onestop.actions.filing import add_files, send_draft
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.queries.filing import Begun, form_of, get_begun, get_fileable
from tinhso.modules.government.onestop.rules.holding import HOUSEHOLD_CLASS
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, FRIDAY, MAI, ONE_PIXEL
from tinhso.modules.government.onestop.tests.portal import Portal
from tinhso.platform.cases.models import Case
from tinhso.platform.forms.models import Draft
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.actions import register_organisation
from tinhso.platform.people.queries import list_sights
from tinhso.platform.people.rules import SYSTEM
from tinhso.platform.registers import actions as registers
from tinhso.platform.registers.adapters.simulator import AWAY, SimulatedRegister
from tinhso.platform.registers.ports import Answer, Question

pytestmark = pytest.mark.django_db
DAY = FRIDAY.date()
HUSBAND = "020091003265"
HELD = {
    "person.ethnic_group": "Tày", "person.home_town": "Xã Thử, tỉnh Thử", "person.marital_status": "married",
    "person.residence": "Thôn Nà Mò, xã Thử, tỉnh Thử",
    "spouse.name": "Nông Văn Dũng", "spouse.number": HUSBAND, "spouse.birth_year": "1991", "spouse.ethnic_group": "Nùng",
    "spouse.nationality": "Việt Nam", "spouse.residence": "Thôn Nà Mò, xã Thử, tỉnh Thử", "spouse.birth_date": "1991-11-02",
    "spouse.sex": "male",
    "household.address": "Thôn Nà Mò, xã Thử, tỉnh Thử", "household.head_name": "Nông Văn Dũng",
    "household.head_number": HUSBAND, "household.poverty_class": "poor",
}  # fmt: skip
POPULATION = "Lấy từ Cơ sở dữ liệu quốc gia về dân cư, ngày 20/11/2026"


class Local:
    """A simulated register in this process, with the questions it was asked."""

    def __init__(self, code: str, fault: str = "") -> None:
        self.code, self.fault, self.questions = code, fault, list[Question]()

    def ask(self, question: Question) -> Answer:
        self.questions.append(question)
        body = {"personalNumber": question.number, "fields": sorted(question.fields)}
        found = SimulatedRegister(self.code, {MAI.personal_number: HELD}, self.fault).answer(body, DAY)
        return Answer(found["values"], DAY)


@pytest.fixture
def outside(monkeypatch) -> dict[str, Local]:
    """The three registers, simulated."""
    found = {code: Local(code) for code in ("population", "residence", "poverty")}
    monkeypatch.setattr(registers, "find_registers", lambda: found)
    return found


def begun(commune, code: str = "1.001193") -> Begun:
    procedure = get_fileable(code, DAY)
    draft = begin_filing(
        procedure=procedure, form=form_of(procedure, DAY), unit_key=COMMUNE, another=True, actor=commune.mai, now=FRIDAY
    )
    return get_begun(draft.public_id, actor=commune.mai, now=FRIDAY)


def answered(filing: Begun, page: str = "requester", **answers) -> Begun:
    return keep_page(begun=filing, page=page, answers=answers, actor=filing.actor, now=FRIDAY)


def sent(filing: Begun) -> str:
    for paper in filing.papers_missing:
        pieces = [("a.png", io.BytesIO(ONE_PIXEL))]
        add_files(begun=filing, paper=paper, pieces=pieces, actor=filing.actor, now=FRIDAY)
    return send_draft(draft_id=filing.draft.public_id, actor=filing.actor, now=FRIDAY).public_id


def result_of(commune, public_id: str, number: str = "12/2026") -> IssuedResult:
    case = Case.objects.get(public_id=public_id)
    return IssuedResult.objects.create(
        code="KQ-1", case_public_id=public_id, signed_in=public_id, revision=1, holder_code=commune.mai.code,
        result_code="KQ.G15", name="Giấy khai sinh", unit_key=COMMUNE, series="birth_certificate", year=2026, count=12,
        number=number, file_sha256="0" * 64, signed_by="officer:x", signer_name="X", signed_at=case.filed_at, issued_on=DAY,
    )  # fmt: skip


def test_a_mother_finds_her_own_and_her_husbands_data(commune, outside):
    filing = answered(begun(commune), requester_relation="mother", has_father=True)

    known, origins = filing.known, filing.taken.origins
    assert (known["mother_name"], known["mother_ethnic_group"]) == ("Hoàng Thị Mai", "Tày")
    assert (known["father_name"], known["father_number"], known["father_birth_year"]) == (
        "Nông Văn Dũng",
        HUSBAND,
        1991,
    )
    assert known["requester_residence"] == "Thôn Nà Mò, xã Thử, tỉnh Thử"
    assert origins["mother_name"].vi == "Theo VNeID của bạn"
    assert origins["father_name"].vi == POPULATION
    assert origins["requester_residence"].vi == "Lấy từ Cơ sở dữ liệu về cư trú, ngày 20/11/2026"


def test_registers_are_asked_only_for_what_the_answers_so_far_call_for(commune, outside):
    filing = begun(commune)
    assert outside["population"].questions == []
    assert [each.fields for each in outside["residence"].questions] == [{"person.residence"}]

    filing = answered(filing, requester_relation="mother")
    (question,) = outside["population"].questions
    assert question.purpose == "1.001193"
    assert {"person.ethnic_group", "spouse.name"} < question.fields
    assert (
        not {"person.name", "person.birth_date", "person.marital_status"} & question.fields
    )  # held here, or not wanted
    answered(filing, page="child", child_name="Hoàng Gia Bảo")
    assert len(outside["population"].questions) == 1


def test_who_only_files_for_relatives_reads_nobodys_marriage(commune, outside):
    filing = answered(begun(commune), requester_relation="relative")
    assert outside["population"].questions == []
    assert "mother_name" not in filing.known


def test_the_person_sees_which_registers_were_asked(commune, outside):
    answered(begun(commune), requester_relation="mother")
    seen = {row.who_name: row.purpose for row in list_sights(commune.mai.code).rows}
    assert seen["Cơ sở dữ liệu về cư trú"] == "Điền sẵn tờ khai Đăng ký khai sinh: nơi cư trú"
    assert "quê quán" in seen["Cơ sở dữ liệu quốc gia về dân cư"]


def test_changing_who_one_is_takes_the_others_data_along(commune, outside):
    filing = answered(begun(commune), requester_relation="mother", has_father=True)
    filing = answered(filing, requester_relation="father")
    assert (filing.known["father_name"], filing.known["mother_name"]) == ("Hoàng Thị Mai", "Nông Văn Dũng")
    filing = answered(filing, page="mother", mother_name="Vi Thị Lan")
    filing = answered(filing, requester_relation="mother")
    assert filing.known["mother_name"] == "Vi Thị Lan"  # what the person wrote stays


def test_a_register_away_is_said_on_the_page_and_asked_again_later(commune, outside):
    outside["population"].fault = AWAY
    filing = answered(begun(commune), requester_relation="mother")
    mai = Portal(commune.client_of(commune.mai)).get(f"/filing/{filing.draft.public_id}/mother/")
    assert "Cơ sở dữ liệu quốc gia về dân cư đang không trả lời" in mai.words
    assert mai.boxes()["mother_ethnic_group"] == ""

    outside["population"].fault = ""
    mai.get(f"/filing/{filing.draft.public_id}/").get(f"/filing/{filing.draft.public_id}/mother/")
    assert "đang không trả lời" not in mai.words
    assert mai.boxes()["mother_ethnic_group"] == "Tày"


def test_what_the_person_typed_meanwhile_is_not_overwritten(commune, outside):
    outside["residence"].fault = AWAY
    filing = answered(begun(commune), requester_residence="Thôn Khác, xã Thử")
    outside["residence"].fault = ""
    filing = look_again(begun=filing, actor=commune.mai, now=FRIDAY)
    assert filing.holdings.away == ()
    assert filing.known["requester_residence"] == "Thôn Khác, xã Thử"


def test_a_number_that_vneid_vouches_for_stands_and_says_where_it_is_mended(commune, outside):
    mai = Portal(commune.client_of(commune.mai)).begins()
    assert 'href="/procedures/1.004859/"' in mai.text
    filing = get_begun(Draft.objects.get().public_id, actor=commune.mai, now=FRIDAY)
    filing = answered(filing, requester_number=HUSBAND, requester_name="Hoàng Mai")

    assert filing.known["requester_number"] == MAI.personal_number
    assert filing.known["requester_name"] == "Hoàng Mai"  # this one a person may correct


def test_a_result_in_force_answers_the_next_form(commune, outside):
    birth = commune.files(now=FRIDAY)
    row = result_of(commune, birth)
    filing = answered(begun(commune, "2.000635"), page="copy", register_kind="birth")

    assert (filing.known["subject_name"], filing.known["registered_year"]) == ("Hoàng Gia Bảo", 2026)
    assert "Xã Thử" in filing.known["registered_at"] or "xã thử" in filing.known["registered_at"]
    assert filing.taken.origins["subject_name"].vi == "Lấy từ Giấy khai sinh số 12/2026, ngày 20/11/2026"

    row.withdrawn_at = FRIDAY
    row.save()
    filing = answered(begun(commune, "2.000635"), page="copy", register_kind="birth")
    assert filing.known["subject_name"] == "Hoàng Thị Mai"  # nothing is taken from a result that was withdrawn


def test_what_was_given_before_is_offered_with_its_filing_and_day(commune):
    before = commune.files(now=FRIDAY, child_ethnic_group="Tày", has_father=False)
    filing = answered(begun(commune), requester_relation="mother")
    assert filing.known["mother_ethnic_group"] == "Tày"
    assert filing.taken.origins["mother_ethnic_group"].vi == f"Bạn đã khai ở hồ sơ {before}, ngày 20/11/2026"
    other = answered(begun(commune), requester_relation="father")
    assert "mother_name" not in other.known  # a filing as mother does not speak for one as father


def test_what_was_given_for_somebody_else_does_not_speak_of_the_person(commune):
    commune.files(now=FRIDAY, is_authorised=True, requester_residence="Nơi khác")
    assert begun(commune).known["requester_residence"] == "Xã Thử, Tỉnh Thử"


def test_the_body_one_represents_fills_its_forms(commune):
    made = register_organisation(name="HTX Vận tải Nà Mò", tax_code="0100109106", actor=SYSTEM, now=FRIDAY)
    made.representative_code = commune.mai.code
    made.save()
    filing = begun(commune, "1.000703")
    assert (filing.known["firm_name"], filing.known["firm_code"]) == ("HTX Vận tải Nà Mò", "0100109106")


def test_a_poor_household_pays_less_without_being_asked(commune, outside):
    filing = begun(commune, "1.004222")
    assert filing.sent[HOUSEHOLD_CLASS] == "poor"
    page = Portal(commune.client_of(commune.mai)).get(f"/filing/{filing.draft.public_id}/check/")
    assert "Miễn: Hộ nghèo" in page.words
    assert "Lấy từ Cơ sở dữ liệu hộ nghèo, hộ cận nghèo, ngày 20/11/2026" in page.words


def test_the_fact_of_filing_counts_and_names_nobody(commune, outside):
    filing = answered(begun(commune), **_rest())
    public_id = sent(filing)
    body = next(fact.body for fact in list_facts(public_id) if fact.kind == "cases.dossier.filed")
    counts = {name: body[name] for name in ("asked", "prefilled", "corrected", "asked_although_held")}
    assert counts["asked_although_held"] == 0
    assert counts["corrected"] == 1  # the phone
    assert counts["prefilled"] >= 12
    assert counts["asked"] >= 8
    assert body["corrected_fields"] == ["requester_phone"]
    assert "Hoàng" not in str(body)
    page = commune.client_of(commune.desk).get(f"/work/cases/{public_id}/").content.decode()
    assert page.count("Người nộp sửa: nơi đang giữ dữ liệu ghi khác. Hãy đối chiếu.") == 1


def test_a_question_that_could_have_been_answered_is_counted(commune, outside):
    """The same form without its sources: what the person then has to type is held."""
    filing = begun(commune)
    pages = [
        replace(page, fields=tuple(replace(field, prefill=()) if field.code in {"requester_name", "requester_phone"} else field for field in page.fields))
        for page in filing.form.pages
    ]  # fmt: skip
    poorer = replace(filing, form=replace(filing.form, pages=tuple(pages)))
    assert poorer.measures["asked_although_held"] == 2
    assert filing.measures["asked_although_held"] == 0


def test_registers_are_not_waited_for_when_a_draft_is_gone_on_with(commune, outside):
    begun(commune)
    asked = len(outside["residence"].questions)
    procedure = get_fileable("1.001193", DAY)
    begin_filing(procedure=procedure, form=form_of(procedure, DAY), unit_key=COMMUNE, actor=commune.mai, now=FRIDAY)
    assert len(outside["residence"].questions) == asked
    assert gathering.NOTHING == {}


def _rest() -> dict[str, object]:
    return {
        "requester_relation": "mother", "residence_known": True, "requester_phone": "0912345678", "child_name": "Hoàng Gia Bảo",
        "child_sex": "male", "child_birth_date": "2026-11-05", "birth_place_kind": "health_facility",
        "birth_facility": "Trạm y tế xã Thử", "is_surrogate_birth": False, "child_nationality": "vn", "has_father": True,
        "delivery": "counter", "copies_wanted": 0,
    }  # fmt: skip
