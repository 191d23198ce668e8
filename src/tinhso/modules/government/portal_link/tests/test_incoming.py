"""What comes from the portal becomes cases and acts, once; what cannot waits with its reason; nothing is lost."""

import json
from datetime import timedelta
from random import Random

import pytest
from django.conf import settings
from django.test import Client

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.models import Dossier, Submission
from tinhso.modules.government.portal_link.queries.incoming import list_due_submissions
from tinhso.modules.government.portal_link.rules.incoming import read_arrivals, reason_in_words, signature_of
from tinhso.modules.government.portal_link.rules.wire import Attachment, Progress, Supplement, Whole
from tinhso.platform.cases import queries
from tinhso.platform.cases.models import Case, Paper
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.queries import is_sound
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people.models import Organisation, Person
from tinhso.platform.people.rules import SYSTEM

from .conftest import CODE, FRIDAY

NATIONAL = "000.00.00.G22-261120-0007"
ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
PAPER = Attachment("1", "giay.png", "proof", "memory:giay", "0")


def filing(**changes) -> dict:
    told = {"portal_code": NATIONAL, "procedure_code": CODE, "holder_name": "Nông Thị Hiên", "holder_kind": "1",
        "holder_number": "020193006143", "phone": "0900000031", "title": "Thử", "state": "1", "agency": "H90.01"}  # fmt: skip
    return find_exchange().codec.to_wire(Whole(**(told | changes)))


def supplement(number: str = "b-1", **changes) -> dict:
    asked = Supplement(number, content="Đã chụp lại", received_at=FRIDAY, state="2")
    return filing(state="5", supplements=(asked,), attachments=(PAPER,), **changes)


def withdrawal() -> dict:
    step = Progress(portal_code=NATIONAL, acted_at=FRIDAY, content="Tôi xin rút", state="7")
    return find_exchange().codec.to_wire(step)


def comes(province, *rows, call="DongBoHoSoMC") -> list[str]:
    kept = actions.receive(arrivals=read_arrivals({"service": call, "data": list(rows)}), now=province.now)
    for public_id in list_due_submissions(province.now):
        actions.take_in(public_id=public_id, portal=province.portal, random=Random(1), now=province.now)
    return kept


def why(public_id: str) -> tuple[str, str]:
    row = Submission.objects.get(public_id=public_id)
    return row.state, row.reason


def test_a_filing_becomes_a_case_of_its_unit_with_the_person_and_the_papers(province):
    province.transport.papers["memory:giay"] = ONE_PIXEL
    (kept,) = comes(province, filing(attachments=(PAPER,)))

    row = Submission.objects.get(public_id=kept)
    case = queries.get_case(row.case_public_id)
    person = Person.objects.get(personal_number="020193006143")
    paper = Paper.objects.get(case__public_id=case.public_id)
    assert (row.state, case.channel, case.unit_key) == (Submission.TAKEN, "national_portal", "90001@2025-07-01")
    assert (case.applicant_code, person.name, person.account) == (person.code, "Nông Thị Hiên", None)
    assert (paper.code, paper.name, is_sound(paper.file_sha256)) == ("proof", "giay.png", True)


def test_the_portal_hears_of_what_was_filed_there_from_the_beginning_under_its_own_code(province):
    (kept,) = comes(province, filing())
    case = Submission.objects.get(public_id=kept).case_public_id
    province.does(case, "accept", "begin", "sign", "hand_over")
    province.hears()
    province.drains()

    believed = province.simulator.shelves.find("dossier", NATIONAL)
    assert list(dict.fromkeys(believed["states"])) == [1, 2, 4, 9, 10]
    assert queries.get_case(case).code != NATIONAL


def test_the_same_filing_again_is_the_same_case(province):
    first = comes(province, filing())
    again = comes(province, filing(), filing())

    assert [*first, *first] == again
    assert Case.objects.count() == 1


def test_a_person_who_is_known_stays_as_known(province):
    comes(province, filing(holder_number="020195004817", holder_name="HOANG THI MAI"))

    assert Case.objects.get().applicant_code == province.mai.code
    assert Person.objects.get().name == "Hoàng Thị Mai"


def test_an_enterprise_files_under_its_tax_code(province):
    comes(province, filing(holder_kind="2", holder_number="0100109106", holder_name="Công ty Thử"))

    assert Case.objects.get().applicant_code == Organisation.objects.get(tax_code="0100109106").code


@pytest.mark.parametrize(
    ("changes", "reason", "said"),
    [
        ({"procedure_code": "9.999999"}, "unknown_procedure", "chưa có thủ tục"),
        ({"agency": "H99.99"}, "unknown_agency", "H99.99"),
        ({"holder_number": "12"}, "bad_number", "Số định danh"),
        ({"holder_number": ""}, "bad_number", "MaDoiTuong"),
        ({"holder_name": ""}, "unreadable", "ChuHoSo"),
        ({"attachments": (Attachment("1", "a.png", "passport", "memory:giay", "0"),)}, "unknown_paper", "passport"),
        ({"attachments": (Attachment("1", "a.png", "proof", "http://x/a", "0"),)}, "paper_refused", "a.png"),
    ],
)
def test_what_cannot_be_taken_in_waits_with_its_reason_and_leaves_nothing_behind(province, changes, reason, said):
    people = Person.objects.count()
    (kept,) = comes(province, filing(**changes))

    row = Submission.objects.get(public_id=kept)
    assert (row.state, row.reason) == (Submission.QUARANTINED, reason)
    assert said in reason_in_words(row.reason, row.details)
    assert (Case.objects.count(), Person.objects.count()) == (0, people)
    assert Fact.objects.filter(kind="portal_link.submission.quarantined").count() == 1


def test_what_nobody_understands_is_kept_too(province):
    kept = comes(province, {"Gì đó": 1}, filing(state="9"), "chữ", filing(portal_code=""))

    assert {why(each)[0] for each in kept} == {Submission.QUARANTINED}
    assert len(set(kept)) == 4


def test_a_corrected_filing_takes_the_place_of_the_one_in_quarantine(province):
    (wrong,) = comes(province, filing(agency="H99.99"))
    (right,) = comes(province, filing())

    assert right == wrong
    assert why(right) == (Submission.TAKEN, "")
    assert Case.objects.count() == 1


def test_another_content_under_a_code_that_was_taken_in_is_for_people(province):
    comes(province, filing())
    (other,) = comes(province, filing(title="Khác"))
    (again,) = comes(province, filing(title="Khác"))

    assert why(other) == (Submission.QUARANTINED, "other_content")
    assert again == other
    assert Case.objects.count() == 1


def test_papers_that_cannot_be_fetched_are_tried_again_later_and_then_given_to_people(province):
    (kept,) = comes(province, filing(attachments=(PAPER,)))
    assert why(kept) == (Submission.WAITING, "")
    assert list_due_submissions(province.now) == []

    province.passes(minutes=30)
    province.transport.papers["memory:giay"] = ONE_PIXEL
    actions.take_in(public_id=kept, portal=province.portal, random=Random(1), now=province.now)
    assert why(kept) == (Submission.TAKEN, "")

    (other,) = comes(
        province, filing(portal_code="khac", attachments=(Attachment("1", "b", "proof", "memory:b", "0"),))
    )
    for _ in range(10):
        province.passes(minutes=30)
        actions.take_in(public_id=other, portal=province.portal, random=Random(1), now=province.now)
    assert why(other) == (Submission.QUARANTINED, "papers_unreachable")


def test_a_supplement_is_the_applicants_act_with_its_papers_once(province):
    province.transport.papers["memory:giay"] = ONE_PIXEL
    comes(province, filing())
    case = Case.objects.get().public_id
    province.does(case, "accept", "ask")
    first = comes(province, supplement())
    again = comes(province, supplement())

    assert first == again
    assert queries.get_case(case).state.code == "processing"
    assert Paper.objects.filter(case__public_id=case, removed_at=None).count() == 1
    fact = Fact.objects.get(subject=case, kind="cases.dossier.supplemented")
    assert fact.actor_code == queries.get_case(case).applicant_code


def test_a_withdrawal_is_the_applicants_act(province):
    comes(province, filing())
    case = Case.objects.get().public_id
    province.does(case, "accept")
    comes(province, withdrawal(), call="CapNhatTienDoHoSoMC")

    assert queries.get_case(case).state.code == "withdrawing"


def test_what_the_dossier_does_not_wait_for_is_for_people_and_goes_in_once_it_does(province):
    comes(province, filing())
    case = Case.objects.get().public_id
    province.transport.papers["memory:giay"] = ONE_PIXEL
    (kept,) = comes(province, supplement())
    assert why(kept) == (Submission.QUARANTINED, "not_open")

    province.does(case, "accept", "ask")
    actions.release(public_id=kept, now=province.now)
    comes(province)
    assert why(kept) == (Submission.TAKEN, "")
    with pytest.raises(actions.NotInQuarantine):
        actions.release(public_id=kept, now=province.now)


def test_a_supplement_to_a_dossier_we_never_had_waits_for_people_who_may_put_it_away(province):
    (kept,) = comes(province, supplement(portal_code="khong-co"))
    assert why(kept) == (Submission.QUARANTINED, "unknown_dossier")

    actions.dismiss(public_id=kept, reason="Gửi nhầm tỉnh", actor=SYSTEM, now=province.now)
    assert Submission.objects.get(public_id=kept).state == Submission.DISMISSED
    assert Fact.objects.filter(kind="portal_link.submission.dismissed").count() == 1


def test_one_sick_filing_does_not_keep_the_others_waiting(province, monkeypatch):
    from tinhso.modules.government.portal_link.actions import opening

    healthy = opening.find_unit_of
    monkeypatch.setattr(
        opening, "find_unit_of", lambda code, *rest: 1 // 0 if code == "H90.02" else healthy(code, *rest)
    )
    sick, well = comes(province, filing(agency="H90.02"), filing(portal_code="khac"))

    assert why(sick) == (Submission.QUARANTINED, "failed")
    assert why(well) == (Submission.TAKEN, "")
    assert Dossier.objects.get().portal_code == "khac"


def push(body: bytes, *, secret: str = "", moment: int = 0) -> object:
    at = str(moment or int(read_clock().timestamp()))
    signature = signature_of(secret or settings.NATIONAL_PORTAL["incoming_secret"], at, body)
    headers = {"X-Portal-Moment": at, "X-Portal-Signature": signature}
    return Client().post("/api/v1/portal-link/incoming/", body, content_type="application/json", headers=headers)


def test_the_door_opens_to_a_fresh_signature_only(province):
    body = json.dumps({"service": "DongBoHoSoMC", "data": [filing()]}).encode()
    old = int((read_clock() - timedelta(minutes=6)).timestamp())

    assert push(body, secret="khác").status_code == 401
    assert push(body, moment=old).status_code == 401
    assert Client().post("/api/v1/portal-link/incoming/", body, content_type="application/json").status_code == 401
    answer = push(body).json()
    assert answer["error_code"] == "00"
    assert answer["result"] == [{"MaTiepNhan": Submission.objects.get().public_id}]
    assert push(body).json() == answer
