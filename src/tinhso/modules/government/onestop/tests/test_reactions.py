"""What follows by itself: papers of the case, word to the applicant, delivery; done twice it is done once."""

import pytest
from pypdf import PdfReader

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.models import CaseDocument
from tinhso.platform.cases import queries
from tinhso.platform.cases.actions import act_on_case
from tinhso.platform.cases.queries import list_results
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.queries import open_file
from tinhso.platform.ledger.facts import reactions_to
from tinhso.platform.ledger.jobs import deliver_fact
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.notices.models import Delivery, Notice
from tinhso.platform.notices.queries import list_notices

pytestmark = pytest.mark.django_db


def deliver_all(public_id: str, times: int = 1) -> None:
    for fact in list_facts(public_id):
        for _ in range(times):
            deliver_fact(fact.id)


def words_of(document: CaseDocument) -> str:
    with open_file(document.sha256) as stream:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(stream).pages).split())


def test_accepting_makes_the_receipt_once_however_often_the_fact_is_delivered(commune):
    public_id = commune.files(paper=True)
    commune.does(public_id, "accept")
    deliver_all(public_id, times=2)
    (receipt,) = CaseDocument.objects.filter(case_public_id=public_id)
    assert receipt.kind == "receipt"
    case = queries.get_case(public_id)
    said = words_of(receipt)
    for part in (case.code, "Hoàng Thị Mai", "Giấy chứng sinh", "Lộc Thị Hoa", "Đăng ký khai sinh", "Không thu"):
        assert part in said


def test_the_receipt_keeps_the_day_that_was_promised_though_it_is_put_off_later(commune):
    public_id = commune.files()
    commune.does(public_id, "accept")
    promised = queries.get_case(public_id).due_at
    commune.does(public_id, "extend", reasons="Chờ xác minh", extension_days=3)
    deliver_all(public_id)
    said = words_of(CaseDocument.objects.get(case_public_id=public_id, kind="receipt"))
    assert f"ngày {promised.astimezone(queries.reading.VIETNAM):%d} tháng" in said


def test_a_request_for_papers_and_a_refusal_are_printed_with_every_gap_and_reason(commune):
    asked, declined = commune.files(), commune.files()
    papers = [{"code": "birth_proof", "why": "trang hai bị mờ"}]
    commune.does(asked, "request_supplement", reasons="Thiếu giấy", papers=papers)
    commune.does(declined, "decline", reasons="Trẻ đã có giấy khai sinh.")
    deliver_all(asked)
    deliver_all(declined)
    supplement = words_of(CaseDocument.objects.get(case_public_id=asked, kind="supplement"))
    assert "Giấy chứng sinh" in supplement
    assert "trang hai bị mờ" in supplement
    assert "Trẻ đã có giấy khai sinh." in words_of(CaseDocument.objects.get(case_public_id=declined, kind="refusal"))


def test_a_refusal_that_the_leader_signed_is_not_made_again(commune):
    public_id = commune.files()
    commune.does(public_id, "accept")
    commune.does(public_id, "propose_refusal", reasons="Không đủ điều kiện.")
    actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    deliver_all(public_id, times=2)
    (refusal,) = CaseDocument.objects.filter(case_public_id=public_id, kind="refusal")
    assert refusal.signed_by == commune.leader.code


def test_the_desk_prints_a_receipt_that_the_background_has_not_made_yet(commune):
    public_id = commune.files()
    fact_id = commune.does(public_id, "accept").fact_id
    client = commune.client_of(commune.desk)
    address = f"/work/cases/{public_id}/documents/{fact_id}/receipt/"
    first = b"".join(client.get(address).streaming_content)
    deliver_all(public_id)
    assert b"".join(client.get(address).streaming_content) == first
    assert client.get(f"/work/cases/{public_id}/documents/{fact_id}/refusal/").status_code == 404
    other = commune.files()
    assert client.get(f"/work/cases/{other}/documents/{fact_id}/receipt/").status_code == 404


def test_the_applicant_is_told_of_each_step_once_with_a_way_back(commune):
    public_id = commune.files()
    commune.does(public_id, "accept")
    deliver_all(public_id, times=2)
    told = [notice.text.vi for notice in list_notices(commune.mai.code).rows]
    code = queries.get_case(public_id).code
    assert len(told) == 2
    assert told[0].startswith(f"Hồ sơ {code} đã được tiếp nhận. Hẹn trả:")
    assert public_id in told[1]
    assert all(notice.link.endswith(f"/t/{public_id}") for notice in list_notices(commune.mai.code).rows)
    assert Delivery.objects.filter(problem="too_long").count() == 0
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"email", "sms", "zalo"}


def test_a_request_for_papers_names_them_and_the_last_day(commune):
    public_id = commune.files()
    commune.does(public_id, "request_supplement", reasons="Ảnh mờ", papers=[{"code": "birth_proof", "why": ""}])
    deliver_all(public_id)
    text = list_notices(commune.mai.code).rows[0].text
    assert "cần bổ sung: Giấy chứng sinh. Bổ sung trước" in text.vi
    assert "Birth notification" in text.en
    assert "23:59" in text.vi or "00:00" in text.vi


def test_a_step_without_words_tells_nobody(commune):
    public_id = commune.files()
    commune.does(public_id, "accept", "propose")
    deliver_all(public_id)
    assert {notice.kind for notice in Notice.objects.all()} == {"cases.dossier.filed", "cases.dossier.accepted"}


def test_a_dossier_of_nobody_known_tells_nobody_and_fails_nowhere(commune):
    from tinhso.platform.cases.models import Case

    public_id = commune.files()
    Case.objects.filter(public_id=public_id).update(applicant_code="")
    commune.does(public_id, "accept")
    deliver_all(public_id)
    assert not Notice.objects.exists()
    assert CaseDocument.objects.filter(case_public_id=public_id, kind="receipt").exists()


def test_the_result_counts_as_delivered_from_the_hand_over_on(commune):
    public_id = commune.files()
    commune.does(public_id, "accept", "propose")
    actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    act_on_case(public_id=public_id, act="hand_over", actor=commune.desk, now=read_clock())
    deliver_all(public_id, times=2)
    (result,) = list_results(queries.get_case(public_id).case_id)
    (handed_over,) = [fact for fact in list_facts(public_id) if fact.kind.endswith(".returned")]
    assert result.delivered_at == handed_over.happened_at


def test_every_fact_of_a_dossier_is_heard_and_those_of_opinions_are_not():
    assert len(reactions_to("cases.dossier.anything_new")) >= 3
    assert reactions_to("cases.opinion.answered") == ()
