"""Signing at the leader's desk: each dossier stands or falls by itself, numbers have no gaps, what is signed verifies."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from pypdf import PdfReader

from tinhso.kernel.flow import NotAllowed
from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.jobs import sign_batch
from tinhso.modules.government.onestop.models import CaseDocument, ResultCounter, SigningBatch
from tinhso.modules.government.onestop.queries import drafts
from tinhso.modules.government.onestop.queries.batches import get_batch
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, appoint
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import models, queries
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.queries import open_file
from tinhso.platform.ledger.queries import list_facts, verify_ledger
from tinhso.platform.signing.queries import verify_pdf

pytestmark = pytest.mark.django_db


def proposed(commune, count: int = 1, **answers) -> list[str]:
    filed = [commune.files(**answers) for _ in range(count)]
    for each in filed:
        commune.does(each, "accept", "propose")
    return filed


def break_document(public_id: str) -> None:
    """Take away what the template cannot do without."""
    case = models.Case.objects.get(public_id=public_id)
    del case.data["child_name"], case.data["child_birth_date"]
    case.save(update_fields=["data"])


def result_of(public_id: str):
    return queries.list_results(queries.get_case(public_id).case_id)


def kept(file_sha256: str) -> bytes:
    with open_file(file_sha256) as stream:
        return stream.read()


def words_in(pdf: bytes, tmp_path) -> str:
    path = tmp_path / "signed.pdf"
    path.write_bytes(pdf)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_signed_result_is_numbered_verified_kept_and_the_dossier_moves_on(commune, tmp_path):
    (public_id,) = proposed(commune)
    (outcome,) = actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    case = queries.get_case(public_id)
    assert (outcome.done, outcome.code) == (True, case.code)
    assert case.state.code == "resolved"
    (result,) = result_of(public_id)
    assert result.number == f"1/{read_clock().year}"
    pdf = kept(result.file_sha256)
    verdict = verify_pdf(pdf)
    assert verdict.valid
    assert verdict.signer.name == "Hoàng Văn Kiên"
    said = words_in(pdf, tmp_path)
    assert "HOÀNG GIA BẢO" in said
    assert case.code in said
    facts = [fact.kind.rpartition(".")[2] for fact in list_facts(public_id)]
    assert facts[-2:] == ["result_attached", "resolved"]
    assert verify_ledger() == []


def test_one_that_cannot_be_laid_out_does_not_stop_the_others_and_takes_no_number(commune):
    first, broken, last = proposed(commune, 3)
    break_document(broken)
    outcomes = actions.sign_dossiers(public_ids=[first, broken, last], actor=commune.leader, now=read_clock())
    assert [outcome.done for outcome in outcomes] == [True, False, True]
    assert outcomes[1].refusal
    assert [result_of(each)[0].number.partition("/")[0] for each in (first, last)] == ["1", "2"]
    assert queries.get_case(broken).state.code == "proposed"
    assert result_of(broken) == []
    assert ResultCounter.objects.get().last == 2


def test_each_is_judged_by_itself_and_every_refusal_is_in_words(commune):
    (signed,) = proposed(commune)
    new = commune.files()
    asked = [signed, new, "TS-NONE", signed]
    outcomes = actions.sign_dossiers(public_ids=asked, actor=commune.leader, now=read_clock())
    assert [outcome.public_id for outcome in outcomes] == [signed, new, "TS-NONE"]
    assert [outcome.done for outcome in outcomes] == [True, False, False]
    assert "Mới đăng ký" in outcomes[1].refusal
    assert "TS-NONE" in outcomes[2].refusal
    (again,) = actions.sign_dossiers(public_ids=[signed], actor=commune.leader, now=read_clock())
    assert not again.done
    assert len(result_of(signed)) == 1


@pytest.mark.parametrize("role", ["handler", "receptionist", "clerk", "administrator"])
def test_nobody_but_the_leader_of_the_unit_signs(commune, role):
    (public_id,) = proposed(commune)
    (outcome,) = actions.sign_dossiers(public_ids=[public_id], actor=commune.officers[role], now=read_clock())
    assert not outcome.done
    stranger = appoint("Nguyễn Thanh Hà", "leader", OTHER)
    (outcome,) = actions.sign_dossiers(public_ids=[public_id], actor=stranger, now=read_clock())
    assert not outcome.done
    assert queries.get_case(public_id).state.code == "proposed"
    assert not ResultCounter.objects.exists()


def test_numbers_begin_anew_each_year_by_unit_and_sort_of_result(commune):
    last_day, first_day = datetime(2026, 12, 31, 9, tzinfo=UTC), datetime(2027, 1, 4, 3, tzinfo=UTC)
    one, two = proposed(commune, 2)
    actions.sign_dossiers(public_ids=[one], actor=commune.leader, now=last_day)
    actions.sign_dossiers(public_ids=[two], actor=commune.leader, now=first_day)
    assert [result_of(each)[0].number for each in (one, two)] == ["1/2026", "1/2027"]
    assert ResultCounter.objects.filter(unit_key=COMMUNE, series="birth_certificate").count() == 2


def test_a_refusal_is_signed_with_the_reasons_that_were_proposed(commune, tmp_path):
    public_id = commune.files()
    commune.does(public_id, "accept")
    commune.does(public_id, "propose_refusal", reasons="Trẻ đã được đăng ký khai sinh tại xã khác.")
    (outcome,) = actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    assert outcome.done
    assert queries.get_case(public_id).state.code == "stopped"
    document = CaseDocument.objects.get(case_public_id=public_id, kind="refusal")
    pdf = kept(document.sha256)
    assert document.signed_by == commune.leader.code
    assert verify_pdf(pdf).valid
    assert "Trẻ đã được đăng ký khai sinh tại xã khác." in words_in(pdf, tmp_path)


def test_a_draft_shows_what_would_be_signed_and_says_that_it_is_none(commune, tmp_path):
    (public_id,) = proposed(commune)
    answer = commune.client_of(commune.leader).get(f"/work/cases/{public_id}/draft/")
    assert answer["Content-Type"] == "application/pdf"
    said = words_in(answer.content, tmp_path)
    assert "(dự thảo)" in said
    assert "HOÀNG GIA BẢO" in said
    assert not verify_pdf(answer.content).signatures
    assert not ResultCounter.objects.exists()
    assert commune.client_of(commune.handler).get(f"/work/cases/{public_id}/draft/").status_code == 404


def test_nothing_awaits_a_signature_before_it_was_proposed(commune):
    with pytest.raises(NotAllowed):
        drafts.signing_step(queries.get_case(commune.files()), commune.leader)


def test_the_queue_shows_what_awaits_signature_and_signs_what_is_ticked(commune):
    ready, other = proposed(commune, 2)
    client = commune.client_of(commune.leader)
    page = client.get("/work/sign/").content.decode()
    assert f"/work/cases/{ready}/draft/" in page
    assert "Ký các hồ sơ đã chọn" in page
    done = client.post("/work/sign/", {"case": [ready]}, follow=True)
    assert "Ký: xong 1 hồ sơ." in done.content.decode()
    assert queries.get_case(ready).state.code == "resolved"
    assert queries.get_case(other).state.code == "proposed"
    assert "Không có hồ sơ nào chờ bạn ký" in commune.client_of(commune.handler).get("/work/sign/").content.decode()


def test_the_queue_tells_which_were_not_signed_and_why(commune):
    good, broken = proposed(commune, 2)
    break_document(broken)
    page = commune.client_of(commune.leader).post("/work/sign/", {"case": [good, broken]}).content.decode()
    assert "xong 1 hồ sơ" in page
    assert f"/work/cases/{broken}/" in page
    assert "chưa làm" in page


@pytest.mark.parametrize("ticked", [[], [f"TS-{number}" for number in range(201)]])
def test_nothing_or_more_than_two_hundred_is_not_signed(commune, ticked):
    answer = commune.client_of(commune.leader).post("/work/sign/", {"case": ticked}, follow=True)
    assert 'class="banner banner--late"' in answer.content.decode()
    assert not SigningBatch.objects.exists()


def test_more_than_twenty_are_signed_in_the_background_and_a_page_tells_how_far(commune):
    wanted = [*proposed(commune, 2), *(f"TS-{number}" for number in range(20))]
    client = commune.client_of(commune.leader)
    page = client.post("/work/sign/", {"case": wanted})
    batch = SigningBatch.objects.get()
    assert page["Location"] == f"/work/sign/batches/{batch.public_id}/"
    waiting = client.get(page["Location"])
    assert waiting["Refresh"] == "3"
    assert "0 trên 22 hồ sơ" in waiting.content.decode()
    assert commune.client_of(commune.handler).get(page["Location"]).status_code == 404

    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = %s", [actions.signing.JOB])
        (args,) = cursor.fetchone()
    sign_batch(**json.loads(args))

    finished = client.get(page["Location"])
    assert "Refresh" not in finished
    assert "22 trên 22 hồ sơ" in finished.content.decode()
    assert "20 chưa ký được" in finished.content.decode()
    assert {queries.get_case(each).state.code for each in wanted[:2]} == {"resolved"}


def test_a_batch_taken_up_again_signs_only_what_is_left(commune):
    wanted = proposed(commune, 2)
    batch = actions.order_signing(public_ids=wanted, actor=commune.leader, now=read_clock())
    assert actions.sign_next_of_batch(batch=batch, actor=commune.leader, now=read_clock()) is True
    sign_batch(batch)
    sign_batch(batch)
    order = get_batch(batch)
    assert [outcome.done for outcome in order.outcomes] == [True, True]
    assert order.finished_at is not None
    assert [len(result_of(each)) for each in wanted] == [1, 1]


def test_a_post_that_ended_signs_nothing_of_a_batch(commune):
    from tinhso.platform.people.models import PostHolding

    wanted = proposed(commune)
    batch = actions.order_signing(public_ids=wanted, actor=commune.leader, now=read_clock())
    post = PostHolding.objects.get(officer_id=commune.leader.code)
    PostHolding.objects.filter(pk=post.pk).update(valid_to=read_clock() - timedelta(minutes=1))
    sign_batch(batch)
    (outcome,) = get_batch(batch).outcomes
    assert not outcome.done
    assert queries.get_case(wanted[0]).state.code == "proposed"


def test_a_file_that_was_changed_after_signing_no_longer_verifies(commune):
    (public_id,) = proposed(commune)
    actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    (result,) = result_of(public_id)
    pdf = bytearray(kept(result.file_sha256))
    assert sha256(pdf).hexdigest() == result.file_sha256
    pdf[len(pdf) // 3] ^= 1
    assert not verify_pdf(bytes(pdf)).valid


def test_what_was_withdrawn_in_the_meantime_is_not_signed(commune):
    (public_id,) = proposed(commune)
    cases.act_on_case(public_id=public_id, act="withdraw", actor=commune.mai, now=read_clock())
    (outcome,) = actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    assert "Người nộp xin rút hồ sơ" in outcome.refusal
