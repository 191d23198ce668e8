"""The portal over the whole catalogue: searching, narrowing, nothing found, procedures only described, life events, API."""

import pytest
from django.conf import settings

from tinhso.platform.catalogue import actions, models
from tinhso.platform.catalogue.adapters import CatalogueFile, read_words
from tinhso.platform.catalogue.models import RecordVersion
from tinhso.platform.clock import now
from tinhso.platform.people.rules import SYSTEM

API = "/api/v1/onestop/procedures"
SOURCE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"


def record(code, name, **changes):
    ways = [{"channel": channel, "limit": 5.0, "unit": "working_day", "fee": 20000, "currency": "VND", "note": "(hộ nghèo: miễn)"} for channel in ("online", "counter", "post")]  # fmt: skip
    papers = [{"group": "Giấy tờ phải nộp", "name": "Đơn đề nghị", "originals": 1, "copies": 2}]
    results = [{"name": "Giấy phép", "code": "KQ.G12"}]
    plain = {"sector": "Chăn nuôi", "levels": ["commune"], "who": ["Công dân Việt Nam"], "decision": "1/QĐ-UBND"}
    return {"code": code, "name": name, "channels": ways, "papers": papers, "results": results, "source_url": SOURCE + code, **plain, **changes}  # fmt: skip


@pytest.fixture
def catalogue(commune):
    """Records that are only described, beside the procedures of the packs."""
    actions.load_words(texts=read_words([settings.PACKS_ROOT / "national"]), now=now())
    made = [
        record("9.000001", "Cấp phép nuôi ong lấy mật"),
        record("9.000002", "Cấp phép nuôi ong xuất khẩu", levels=["ministry"], who=["Doanh nghiệp"]),
        record("9.000003", "Đăng ký tổ ong rừng", channels=[{"channel": "counter", "limit": 5.0, "unit": None, "fee": 20, "currency": "VND", "note": ""}]),
        *(record(f"9.1{number:05}", f"Khai thác bến thuyền nan số {number}") for number in range(45)),
    ]  # fmt: skip
    file = CatalogueFile("t.jsonl", "0" * 64, {each["code"]: each for each in made})
    actions.import_records(file=file, actor=SYSTEM, now=now())
    return commune


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_what_is_only_described_is_found_and_says_where_to_go(catalogue, client):
    assert "Cấp phép nuôi ong lấy mật" in read(client, "/find/?q=nuoi ong")
    page = read(client, "/procedures/9.000001/")
    for words in (
        "Thủ tục này chưa nộp được ở đây.",
        "5 ngày làm việc",
        "20.000",
        "(hộ nghèo: miễn)",
        "Đơn đề nghị",
        "1 bản chính, 2 bản sao",
        "Trung tâm Phục vụ hành chính công của xã, phường",
        f"{SOURCE}9.000001",
        "1/QĐ-UBND",
        "Theo Cổng Dịch vụ công quốc gia, đọc ngày",
    ):
        assert words in page, words


def test_a_doubtful_figure_is_not_told_but_the_way_is(catalogue, client):
    page = read(client, "/procedures/9.000003/")

    assert "Đang kiểm tra lại" in page
    assert "20 đ" not in page
    assert "Nộp ở đâu" in page
    assert RecordVersion.objects.get(record__code="9.000003").status == "held"


def test_what_can_be_filed_here_says_so(catalogue, client):
    page = read(client, "/find/?q=giay khai sinh")

    assert page.index("Đăng ký khai sinh") < page.index("Nộp được ở đây")


def test_a_search_is_narrowed_and_widened_again(catalogue, client):
    assert "xuất khẩu" in read(client, "/find/?q=nuoi ong&audience=business")
    assert "lấy mật" not in read(client, "/find/?q=nuoi ong&audience=business")
    narrowed = read(client, "/find/?q=nuoi ong&level=ministry&event=land")
    assert "Chưa tìm thấy" in narrowed
    assert "Tìm lại mà không lọc" in narrowed


def test_a_long_list_comes_page_by_page(catalogue, client):
    first, second, third = (read(client, f"/find/?q=ben thuyen nan&page={number}") for number in (1, 2, 3))
    seen = [page.count("Khai thác bến thuyền nan số") for page in (first, second, third)]

    assert seen == [20, 20, 5]
    assert "page=2" in first
    assert 'rel="next"' not in third
    assert "Về đầu danh sách" in read(client, "/find/?q=ben thuyen nan&page=9")


def test_who_finds_nothing_is_helped_and_the_words_are_learned_without_a_name(catalogue, client):
    page = read(client, "/find/?q=Nguyễn Văn An zzyzx qwerty")

    for words in ("Không thấy việc bạn cần?", "Hỏi người giúp", "Hoặc chọn theo việc", "Có con nhỏ"):
        assert words in page
    assert models.SearchMiss.objects.get().words == "zzyzx qwerty"
    read(client, "/find/?q=zzyzx qwerty&level=commune")
    assert models.SearchMiss.objects.get().asked == 1


def test_a_life_event_lists_its_procedures_and_the_first_page_leads_there(catalogue, client):
    assert "?event=farming" in read(client, "/")
    page = read(client, "/find/?event=farming")
    assert "Trồng trọt, chăn nuôi, rừng, cá" in page
    assert "Cấp phép nuôi ong lấy mật" in page
    assert "Đăng ký khai sinh" not in page


@pytest.mark.parametrize("address", ["/find/?page=x&level=y&audience=z&event=%00", "/find/?q=%00%ff", "/find/?q=" + "a" * 3000, "/find/?page=-1", "/find/?page=99999999999"])  # fmt: skip
def test_an_address_with_nonsense_is_a_page(catalogue, client, address):
    read(client, address)


@pytest.mark.parametrize("code", ["9.999999", "x" * 500, "%00", "9.000001%0a"])
def test_a_procedure_that_nobody_knows_is_not_found(catalogue, client, code):
    assert client.get(f"/procedures/{code}/").status_code == 404


def test_the_api_finds_over_everything_page_by_page_and_tells_both_kinds(catalogue, client):
    found = client.get(f"{API}?q=nuoi ong").json()
    assert {each["code"] for each in found} >= {"9.000001", "9.000002"}
    assert [(each["fileable"], each["service_level"]) for each in found][:1] == [(False, "info_only")]
    assert [each["code"] for each in client.get(f"{API}?q=nuoi ong&audience=business").json()] == ["9.000002"]
    assert len(client.get(f"{API}?limit=5&offset=5").json()) == 5
    assert client.get(f"{API}?limit=100000").status_code == 422
    told = client.get(f"{API}/9.000001").json()
    assert told["channels"][0]["fee"] == 20000
    assert told["described_papers"][0]["name"] == "Đơn đề nghị"
    held = client.get(f"{API}/9.000003").json()
    assert (held["channels"][0]["fee"], held["channels"][0]["limit"], sorted(held["held"])) == (
        None,
        None,
        ["fee", "limit"],
    )
    assert client.get(f"{API}/1.001193").json()["form"] == "birth_registration"


def test_finding_takes_few_queries(catalogue, client, django_assert_max_num_queries):
    read(client, "/find/?q=nuoi ong")
    with django_assert_max_num_queries(8):
        read(client, "/find/?q=nuoi ong")
