"""What administrators see and do about the link; what others do not; the simulator's page; files by signed addresses."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from tinhso.kernel.flow import read_procedure
from tinhso.kernel.packs import read_packs
from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters import demonstration, find_exchange
from tinhso.modules.government.portal_link.apps import PortalLinkConfig
from tinhso.modules.government.portal_link.models import Difference, Message, Submission
from tinhso.modules.government.portal_link.ports import Key
from tinhso.modules.government.portal_link.queries.status import list_status
from tinhso.modules.government.portal_link.queries.telling import address_of, read_address
from tinhso.modules.government.portal_link.rules.incoming import read_arrivals
from tinhso.modules.government.portal_link.rules.packs import problems_of
from tinhso.modules.government.portal_link.rules.wire import Whole
from tinhso.platform.capability import capabilities
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.actions import keep_document
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM

from .conftest import COMMUNE, DOSSIER, FRIDAY
from .test_incoming import NATIONAL, filing

PAGES = ("/work/portal/", "/work/portal/incoming/", "/work/portal/comparison/")


def signed_in(role: str) -> Client:
    people.load_roles(roles=[(role, role, role, "unit")])
    made = people.register_officer(
        name="Lương Đức Toàn", sign_in_name=f"toan.{role}", unit_key=COMMUNE, actor=SYSTEM, now=FRIDAY
    )
    people.appoint(officer_code=made.code, unit_key=COMMUNE, role=role, valid_from=FRIDAY, actor=SYSTEM, now=FRIDAY)
    client = Client()
    client.force_login(Account.objects.get(code=made.code), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def admin(province) -> Client:
    province.now = read_clock()
    return signed_in("administrator")


def text(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def stuck_one(province) -> Message:
    case = province.files()
    province.does(case, "accept", "begin")
    province.hears()
    province.simulator.plan_faults("reject", 1)
    province.sends()
    return Message.objects.get(state=Message.STUCK)


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_administrators(province, page):
    assert Client().get(page).status_code == 302
    assert signed_in("receptionist").get(page).status_code == 403


def test_what_is_stuck_is_shown_with_its_reason_and_goes_again_by_a_click(province, admin):
    stuck = stuck_one(province)
    shown = text(admin.get("/work/portal/"))
    assert "Cổng từ chối, mã 03" in shown
    assert stuck.dossier.portal_code in shown

    answer = admin.post("/work/portal/resend/", {"which": "picked", "message": stuck.pk}, follow=True)
    assert "1 tin sẽ được gửi lại" in text(answer)
    assert "Không tin nào bị kẹt" in text(admin.get("/work/portal/"))
    assert "không còn bị kẹt" in text(admin.post("/work/portal/resend/", {"message": [stuck.pk, "x"]}, follow=True))


def test_a_message_shows_what_it_would_say_but_no_personal_data(province, admin):
    stuck = stuck_one(province)
    shown = text(admin.get(f"/work/portal/messages/{stuck.pk}/"))

    assert "TrangThaiHoSo 2" in shown
    assert "Hoàng Thị Mai" not in shown
    assert "020195004817" not in shown
    assert admin.get("/work/portal/messages/999999/").status_code == 404


def test_skipping_asks_for_a_reason(province, admin):
    stuck = stuck_one(province)
    assert "Hãy ghi lý do bỏ qua" in text(admin.post(f"/work/portal/messages/{stuck.pk}/skip/", {"reason": " "}))
    admin.post(f"/work/portal/messages/{stuck.pk}/skip/", {"reason": "Cổng đã biết"})

    stuck.refresh_from_db()
    assert (stuck.state, stuck.skip_reason) == (Message.SKIPPED, "Cổng đã biết")
    assert "Cổng đã biết" in text(admin.get(f"/work/portal/messages/{stuck.pk}/"))
    assert "đã bỏ qua" in text(admin.get(f"/work/portal/dossiers/{stuck.dossier.portal_code}/"))


def test_an_old_message_and_a_resting_link_are_said_so(province, admin):
    case = province.files()
    province.does(case, "accept")
    actions.write_messages(public_id=case, now=FRIDAY)
    province.simulator.plan_faults("timeout", 99)
    for _ in range(8):
        province.sends()
        province.passes(seconds=10)
    shown = text(admin.get("/work/portal/"))

    assert "Tạm nghỉ gửi" in shown
    assert "quá mức 15 phút" in shown
    (config,) = [each for each in capabilities() if isinstance(each, PortalLinkConfig)]
    assert [finding.level for finding in config.examine(province.now)] == ["warning"]
    assert any("resting until" in line for line in list_status(province.now))


def test_quarantine_is_looked_through_and_put_right(province, admin):
    wrong = filing(agency="H99.99")
    (kept,) = actions.receive(arrivals=read_arrivals({"service": "DongBoHoSoMC", "data": [wrong]}), now=province.now)
    actions.take_in(public_id=kept, portal=province.portal, random=province.random, now=province.now)
    assert "H99.99" in text(admin.get("/work/portal/incoming/"))
    page = text(admin.get(f"/work/portal/incoming/{kept}/"))
    assert "Nông Thị Hiên" not in page

    assert "Hãy ghi vì sao" in text(admin.post(f"/work/portal/incoming/{kept}/dismiss/", {"reason": ""}, follow=True))
    admin.post(f"/work/portal/incoming/{kept}/release/")
    assert Submission.objects.get().state == Submission.WAITING
    actions.take_in(public_id=kept, portal=province.portal, random=province.random, now=province.now)
    admin.post(f"/work/portal/incoming/{kept}/dismiss/", {"reason": "Gửi nhầm"})
    assert Submission.objects.get().state == Submission.DISMISSED


def test_a_comparison_is_read_and_its_differences_mended(province, admin):
    case = province.files()
    province.does(case, "accept")
    province.hears()
    province.drains()
    code = Message.objects.first().dossier.portal_code
    province.simulator.forget(code)
    assert "Chưa đối soát lần nào" in text(admin.get("/work/portal/comparison/"))
    actions.compare_with_portal(portal=province.portal, days=3, actor=SYSTEM, now=province.now)
    assert "Cổng chưa có" in text(admin.get("/work/portal/comparison/"))

    answer = admin.post("/work/portal/comparison/repair/", {"code": [code, "la"]}, follow=True)
    assert "Toàn bộ 1 hồ sơ sẽ được gửi lại" in text(answer)
    assert "không phải hồ sơ của ta" in text(answer)
    assert Difference.objects.get().repaired_at is not None


def test_what_the_portal_has_and_waits_here_for_people_leads_there(province, admin):
    (kept,) = actions.receive(
        arrivals=read_arrivals({"service": "DongBoHoSoMC", "data": [filing(agency="H99.99")]}), now=province.now
    )
    actions.take_in(public_id=kept, portal=province.portal, random=province.random, now=province.now)
    province.portal.put_dossier(find_exchange().codec.from_wire(Whole, filing()), key=Key(NATIONAL, 1), is_new=True)
    actions.compare_with_portal(portal=province.portal, days=3, actor=SYSTEM, now=province.now)

    answer = admin.get("/work/portal/comparison/")
    assert "chờ người xem" in text(answer)
    assert f"/work/portal/incoming/{kept}/" in answer.content.decode()
    actions.dismiss(public_id=kept, reason="Nhầm", actor=SYSTEM, now=province.now)
    assert "đã bỏ qua" in text(admin.get("/work/portal/comparison/"))


def test_a_file_opens_to_its_signed_address_and_to_no_other(province):
    kept = keep_document(content=b"%PDF-1.7 thu", media_type="application/pdf", actor=SYSTEM, now=FRIDAY)
    address = address_of(kept.sha256, "ket-qua.pdf")
    path = address.partition("/portal-files/")[2]
    answer = Client().get("/portal-files/" + path)

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 thu"
    assert "attachment" in answer["Content-Disposition"]
    assert Client().get("/portal-files/" + path[:-2] + "x/").status_code == 404
    with override_settings(SECRET_KEY="khác"):
        assert read_address(path.rstrip("/")) is None


def test_the_simulator_shows_what_it_believes_and_meets_planned_faults(province, admin):
    admin.post("/simulators/national-portal/faults/", {"fault": "reject", "count": "2"})
    assert "Sắp gặp: Từ chối với mã lỗi, Từ chối với mã lỗi" in text(admin.get("/simulators/national-portal/"))
    admin.post("/simulators/national-portal/faults/", {"recover": "1"})
    assert "Sắp gặp" not in text(admin.get("/simulators/national-portal/"))
    wrong = admin.post("/simulators/national-portal/faults/", {"fault": "x", "count": "999"}, follow=True)
    assert "Hãy chọn kiểu lỗi" in text(wrong)


@pytest.mark.django_db(transaction=True)
def test_a_dossier_filed_on_the_simulated_portal_comes_in_through_the_door(live_server, monkeypatch):
    monkeypatch.setattr(demonstration, "get_agency_code", lambda *_: "H90.01")
    code = demonstration.file_one(base=live_server.url, wrong="", now=read_clock())
    row = Submission.objects.get()

    assert (row.kind, row.portal_code) == ("filing", code)
    assert row.content["DuLieuBieuMau"]["child_name"]
    paper = row.content["TaiLieuNop"][0]["DuongDanTaiTepTin"]
    assert Client().get(paper.removeprefix(live_server.url)).content.startswith(b"\x89PNG")
    call_command("flush", verbosity=0, interactive=False)


def test_the_procedures_of_the_packs_can_all_be_told_in_the_ten_states(settings):
    packs = read_packs(settings.PACKS_ROOT, ["lang-son"])
    (config,) = [each for each in capabilities() if isinstance(each, PortalLinkConfig)]

    assert not [problem.vi for problem in config.find_pack_problems(packs)]


def test_a_flow_outside_the_ten_states_is_named():
    import tomllib

    procedure = read_procedure(tomllib.loads(DOSSIER))
    assert not list(problems_of(procedure, find_exchange()))
    states = [replace(each, national=None) if each.code == "checking" else each for each in procedure.states]
    steps = [replace(each, target="returned") if each.act == "begin" else each for each in procedure.steps]
    broken = replace(procedure, states=tuple(states), steps=tuple(steps))

    said = {problem.code: problem.vi for problem in problems_of(broken, find_exchange())}
    assert set(said) == {"state_not_national", "move_not_national"}
    assert "accepted (2) → returned (10)" in said["move_not_national"]
