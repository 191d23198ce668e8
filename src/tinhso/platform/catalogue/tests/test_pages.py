"""The catalogue's pages in the workspace: who may enter, deciding, comparing, cutting, words."""

from datetime import timedelta

import pytest
from django.test import Client

from tinhso.platform.catalogue import actions, models, queries
from tinhso.platform.catalogue.rules.synonyms import Synonym
from tinhso.platform.clock import now
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, NotAllowed, day_of, start_of
from tinhso.platform.units.models import Unit

from .conftest import LAN, NOW, TODAY, UNIT, load_shipped, record, take_up

ROOT = "/work/catalogue/"
PAGES = ["", "compare/", "cutting/", "words/", "words/edit/", "misses/", "records/9.000002/", "compare/1.001193/"]


def officer(role: str) -> Client:
    made = people.register_officer(
        name="Hoàng Thị Lan", sign_in_name=f"lan.{role}", unit_key=UNIT, password="", actor=SYSTEM, now=NOW
    )
    begun = start_of(day_of(now())) - timedelta(days=1)
    people.appoint(officer_code=made.code, unit_key=UNIT, role=role, valid_from=begun, actor=SYSTEM, now=NOW)
    client = Client()
    client.force_login(Account.objects.get(code=made.code), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def province(db):
    Unit.objects.create(
        key=UNIT, code="90", kind="province", name="Tỉnh Thử", valid_from=UNIT.partition("@")[2], path=[UNIT]
    )
    load_shipped("people", "cases", "catalogue")
    take_up(
        record(),
        record("9.000002", name="Cấp thẻ nuôi ong", channels__0__fee=0, channels__0__note="(20.000 đồng/lần)"),
        record("1.001193", name="Thủ tục đăng ký khai sinh", papers=[{"name": "Giấy chứng sinh"}, {"name": "Giấy phép nuôi ong lấy mật"}]),
        record("9.000003", name="Nuôi ong", papers=[{"name": "Bản sao Giấy khai sinh của con"}], results=[{"name": "Giấy phép nuôi ong lấy mật", "code": "KQ.G12"}]),
    )  # fmt: skip


@pytest.fixture
def lan(province) -> Client:
    return officer("controller")


def read(client: Client, address: str) -> str:
    answer = client.get(ROOT + address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_controllers_enter_and_others_do_not(lan, address):
    read(lan, address)
    assert officer("clerk").get(ROOT + address).status_code == 403
    assert Client().get(ROOT + address).status_code == 302


def test_the_report_lists_what_waits_and_what_is_behind_each_figure(lan):
    page = read(lan, "")
    assert "Cấp thẻ nuôi ong" in page
    assert "Cấp giấy phép nuôi ong" not in page
    assert "Ghi 0 đồng nhưng ghi chú lại nêu mức thu." in page
    assert "Cấp giấy phép nuôi ong" in read(lan, "?status=clear")
    assert "Cấp thẻ nuôi ong" in read(lan, "?fault=free_but_note_sets_fee")
    assert "Không có thủ tục nào" in read(lan, "?q=khong co gi")
    assert "Cấp giấy phép nuôi ong" in read(lan, "?q=GIAY PHEP NUOI")


def test_each_fault_stands_beside_what_the_portal_said(lan):
    page = read(lan, "records/9.000002/")

    assert "(20.000 đồng/lần)" in page
    assert "Ghi 0 đồng nhưng ghi chú lại nêu mức thu." in page


def test_a_record_is_corrected_and_approved_from_a_day(lan):
    there = ROOT + "records/9.000002/1/"
    lan.post(there + "correct/", {"path": "channels.0.fee", "value": "20.000", "reason": "biểu phí tỉnh"})
    day = day_of(now()) + timedelta(days=3)
    lan.post(there + "approve/", {"effective_on": day.isoformat()})

    row = queries.get_version("9.000002", 1)
    assert (row.status, row.effective_on, row.text.channels[0].fee) == ("approved", day, 20000)
    page = read(lan, "records/9.000002/")
    assert "biểu phí tỉnh" in page
    assert "Hoàng Thị Lan" in page
    assert Fact.objects.filter(kind__startswith="catalogue.record.", subject="9.000002").count() == 2


def test_what_cannot_be_decided_is_said_and_changes_nothing(lan):
    there = ROOT + "records/9.000002/1/"
    for what, told in (
        ("reject/", {"reason": ""}),
        ("approve/", {"effective_on": "2020-01-01"}),
        ("approve/", {"effective_on": "x"}),
        ("correct/", {"path": "code", "value": "1", "reason": "x"}),
        ("correct/", {"path": "channels.9.fee", "value": "1", "reason": "x"}),
    ):
        answer = lan.post(there + what, told, follow=True)
        assert answer.status_code == 200
    assert queries.get_version("9.000002", 1).status == "held"
    assert lan.post(there + "burn/").status_code == 404
    assert lan.get(ROOT + "records/9.9/").status_code == 404


def test_a_pack_and_the_portal_stand_side_by_side_with_the_day_each_holds_from(lan):
    page = read(lan, "compare/1.001193/?left=pack:2025-07-01&right=portal:1")

    assert "Gói dữ liệu, bản 2025-07-01" in page
    assert "01/07/2025" in page
    assert TODAY.strftime("%d/%m/%Y") in page
    assert "Giấy phép nuôi ong lấy mật" in page
    assert "Bản bên phải không nói tới phần này." in page
    assert "1.001193" in read(lan, "compare/")
    assert lan.get(ROOT + "compare/1.001193/?left=pack:1999-01-01").status_code == 404


def test_the_cutting_list_shows_what_nobody_files_and_papers_the_province_issued(lan):
    page = read(lan, "cutting/?months=3")

    assert "Đăng ký khai sinh" in page
    assert "Bản sao Giấy khai sinh của con" in page
    assert "1.001193" in page


def test_words_are_added_changed_and_retired_on_the_page(lan):
    lan.post(ROOT + "words/edit/", {"words": "giấy con ong\nthẻ ong", "means": "thẻ nuôi ong", "codes": ""})
    assert queries.find_procedures("giay con ong", TODAY)[0].entry.code == "9.000002"
    assert "giấy con ong" in read(lan, "words/?q=con ong")
    page = lan.post(ROOT + "words/edit/?key=giay con ong", {"words": "giấy con ong", "means": "", "codes": "9.9"})
    assert "Không có thủ tục mang mã: 9.9" in page.content.decode()
    assert lan.post(ROOT + "words/edit/", {"words": "giấy con ong", "means": "x", "codes": ""}).status_code == 200
    lan.post(ROOT + "words/retire/?key=giay con ong")
    assert not models.Wording.objects.get(key="giay con ong").is_used


def test_words_that_found_nothing_are_tied_or_put_aside(lan):
    for words in ("mật tinh khiết", "chuyện khác"):
        actions.note_miss(typed=words, now=NOW)
    assert "mat tinh khiet" in read(lan, "misses/")
    lan.post(ROOT + "misses/", {"words": "mat tinh khiet", "do": "tie", "other": "9.000002"})
    lan.post(ROOT + "misses/", {"words": "chuyen khac", "do": "drop"})

    assert "mat tinh khiet" not in read(lan, "misses/")
    assert queries.find_procedures("mật tinh khiết", TODAY)[0].entry.code == "9.000002"
    assert (
        lan.post(ROOT + "misses/", {"words": "chuyen khac", "do": "tie", "other": "9.9"}, follow=True).status_code
        == 200
    )


def test_pages_in_english_speak_of_faults_in_english(lan):
    page = lan.get(ROOT + "?status=held", headers={"accept-language": "en"}).content.decode()

    assert "Marked as free while the note sets a fee." in page


def test_the_report_takes_few_queries_however_many_records_there_are(lan, django_assert_max_num_queries):
    take_up(*(record(f"9.1{number:05}") for number in range(60)))
    with django_assert_max_num_queries(25):
        read(lan, "?status=clear")


def test_in_a_commune_one_reads_and_does_not_decide_for_the_province(lan):
    Unit.objects.filter(key=UNIT).update(kind="commune")
    answer = lan.post(ROOT + "records/9.000002/1/approve/", {}, follow=True)

    assert "chỉ người của tỉnh được quyết định" in answer.content.decode()
    assert queries.get_version("9.000002", 1).status == "held"
    with pytest.raises(NotAllowed):
        actions.set_wording(synonym=Synonym(("a",), ("b",)), actor=LAN, now=NOW)
