"""A workbook is handed back on the page: looked at first, taken up whole or not at all, refused where it does not belong."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.actions.importing import NotTaken, take_workbook
from tinhso.modules.government.reporting.models import Report, Workbook
from tinhso.modules.government.reporting.queries.reading import read_report
from tinhso.modules.government.reporting.tests.conftest import DEPARTMENT, FIGURES, MORNING, OTHER, later
from tinhso.modules.government.reporting.tests.test_pages import client_of, text_of
from tinhso.platform.ledger.queries import list_facts

HOUSEHOLDS = "Hộ trên địa bàn"


@pytest.fixture(autouse=True)
def morning(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for page in ("lists", "reports", "overviews", "sheets", "sending", "chasing", "printing"):
        monkeypatch.setattr(f"tinhso.modules.government.reporting.pages.{page}.now", lambda: MORNING)


class Desk:
    """An officer who takes the workbook of a report away, changes it and hands it back."""

    def __init__(self, actor: Any, row: Report) -> None:
        self.actor, self.row, self.client = actor, row, client_of(actor)

    def takes(self) -> bytes:
        answer = self.client.get(f"/reports/{self.row.public_id}/sheet.xlsx")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].endswith('.xlsx"')
        return answer.content

    def hands_back(self, content: bytes, *, to: Report | None = None) -> Any:
        file = SimpleUploadedFile("tháng 11.xlsx", content)
        return self.client.post(f"/reports/{(to or self.row).public_id}/sheet/", {"file": file}, follow=True)

    def presses(self, answer: Any, what: str) -> Any:
        address = answer.redirect_chain[-1][0]
        return self.client.post(address, {"what": what, "name": "tháng 11.xlsx"}, follow=True)


def with_cells(content: bytes, **values: object) -> bytes:
    """The workbook with these values beside the rows of those names."""
    book = load_workbook(io.BytesIO(content))
    for row in book.worksheets[1].iter_rows(min_row=7):
        if row[1].value in values:
            row[3].value = values[row[1].value]
    return saved(book)


def saved(book: Any) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def desk(province) -> Desk:
    province.opens()
    return Desk(province.filler, province.report())


def value_of(row: Report, key: str) -> Any:
    return read_report(row.public_id).values.get(key)


def test_what_the_file_would_change_is_shown_and_nothing_is_kept_yet(desk):
    answer = desk.hands_back(with_cells(desk.takes(), **{HOUSEHOLDS: "1.000"}))
    text = text_of(answer)

    assert answer.status_code == 200
    assert HOUSEHOLDS in text
    assert "1.000" in text
    assert "Ghi vào báo cáo" in text
    assert "còn 8 chỗ phải xem trước khi nộp" in text
    assert value_of(desk.row, "households.value") is None


def test_it_is_taken_up_whole_with_who_and_which_file(desk):
    answer = desk.hands_back(with_cells(desk.takes(), **{HOUSEHOLDS: 1000, "Thôn, tổ dân phố": 12}))
    after = desk.presses(answer, "take")

    assert "Đã ghi 2 ô từ tệp Excel." in text_of(after)
    assert value_of(desk.row, "households.value") == 1000
    kept = Workbook.objects.get()
    assert (kept.name, kept.cells, kept.taken_by) == ("tháng 11.xlsx", 2, desk.actor.code)
    assert read_report(desk.row.public_id).content["households.value"].provenance == "imported"
    assert "reporting.workbook.taken" in {fact.kind for fact in list_facts(desk.row.public_id)}


def test_one_wrong_cell_keeps_all_others_out(desk):
    answer = desk.hands_back(with_cells(desk.takes(), **{HOUSEHOLDS: 1000, "Thôn, tổ dân phố": "mười hai"}))
    text = text_of(answer)
    assert "“mười hai” không phải là số" in text
    assert "D7" in text
    assert "Ghi vào báo cáo" not in text

    desk.presses(answer, "take")
    assert value_of(desk.row, "households.value") is None
    assert not Workbook.objects.exists()


def test_the_same_file_twice_changes_nothing_the_second_time(desk):
    content = with_cells(desk.takes(), **{HOUSEHOLDS: 1000})
    desk.presses(desk.hands_back(content), "take")
    revision = Report.objects.get(pk=desk.row.pk).revision
    again = desk.hands_back(content)
    assert "Không có gì để ghi" in text_of(again)
    desk.presses(again, "over")
    assert Report.objects.get(pk=desk.row.pk).revision == revision


def test_a_file_made_before_others_changed_the_report_asks_first(desk, province):
    content = with_cells(desk.takes(), **{HOUSEHOLDS: 1000})
    province.types(desk.row, households="990", villages="12")
    answer = desk.hands_back(content)
    text = text_of(answer)
    assert "Báo cáo đã được sửa sau khi tải tệp này" in text
    assert "người khác cũng đã sửa" in text
    assert "990" in text

    refused = desk.presses(answer, "take")
    assert "Người khác vừa lưu" in text_of(refused)
    assert value_of(desk.row, "households.value") == 990
    desk.presses(answer, "over")
    assert (value_of(desk.row, "households.value"), value_of(desk.row, "villages.value")) == (1000, 12)


def test_the_file_of_another_unit_is_refused_and_leads_only_those_who_may_see_it(desk, province):
    other = Desk(province.other_filler, province.report(OTHER))
    refused = desk.hands_back(other.takes())
    text = text_of(refused)
    assert refused.status_code == 422
    assert "Tệp này của Xã Thử 2" in text
    assert other.row.public_id not in text

    receiver = Desk(province.receiver, province.sum())
    led = receiver.hands_back(other.takes())
    assert f"/reports/{other.row.public_id}/sheet/" in text_of(led)


def test_a_file_that_is_none_or_too_large_is_refused_in_words(desk):
    for content, named in ((b"words", "tệp"), (b"PK\x03\x04" + b"0" * 3_000_000, "MB")):
        refused = desk.hands_back(content)
        assert refused.status_code == 422
        assert named in text_of(refused)
    nothing = desk.client.post(f"/reports/{desk.row.public_id}/sheet/", {})
    assert "Hãy chọn tệp Excel đã điền." in text_of(nothing)


def test_nobody_takes_up_a_file_that_another_handed_in(desk, province):
    answer = desk.hands_back(with_cells(desk.takes(), **{HOUSEHOLDS: 1000}))
    address = answer.redirect_chain[-1][0]
    assert client_of(province.leader).get(address).status_code == 404
    assert client_of(province.other_filler).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_report_that_was_handed_in_takes_no_workbook(desk, province):
    content = with_cells(desk.takes(), **{HOUSEHOLDS: 1000})
    answer = desk.hands_back(content)
    province.types(desk.row, **FIGURES)
    actions.submit_report(public_id=desk.row.public_id, actor=province.leader, now=later(hours=1))
    assert "Xem thử" not in text_of(desk.client.get(f"/reports/{desk.row.public_id}/sheet/"))
    sha256 = answer.redirect_chain[-1][0].split("/")[4]
    with pytest.raises(actions.NotOpen):
        take_workbook(public_id=desk.row.public_id, sha256=sha256, name="", actor=desk.actor, now=later(hours=2))


def test_a_wrong_cell_stops_the_action_too(desk):
    answer = desk.hands_back(with_cells(desk.takes(), **{HOUSEHOLDS: -1}))
    sha256 = answer.redirect_chain[-1][0].split("/")[4]
    with pytest.raises(NotTaken) as refused:
        take_workbook(public_id=desk.row.public_id, sha256=sha256, name="", actor=desk.actor, now=MORNING)
    assert [each.key for each in refused.value.wrong] == ["households.value"]


def test_the_paper_and_what_went_up_are_found_from_the_report(province):
    province.opens()
    row = province.hands_in()
    actions.approve_report(public_id=row.public_id, actor=province.receiver, now=later(hours=1))
    actions.sum_up_report(public_id=province.sum().public_id, actor=province.receiver, now=later(hours=2))
    actions.send_up(public_id=province.sum().public_id, actor=province.chief, now=later(hours=3))
    whole, client = province.report(DEPARTMENT).public_id, client_of(province.receiver)

    assert client.get(f"/reports/{whole}/draft.pdf").content.startswith(b"%PDF")
    assert client.get(f"/reports/{whole}/versions/1/signed.pdf").content.startswith(b"%PDF")
    assert client.get(f"/reports/{whole}/versions/1/content.json").json()["version"] == 1
    assert client.get(f"/reports/{whole}/versions/2/signed.pdf").status_code == 404
    assert "chờ gửi" in text_of(client.get(f"/reports/{whole}/sent-up/"))
    assert whole in text_of(client.get("/reports/outbox/"))
    assert "tháng 11/2026" in text_of(client.get("/reports/outbox/"))
    assert client_of(province.other_filler).get(f"/reports/{whole}/versions/1/signed.pdf").status_code == 403


def test_the_receiver_sees_the_reminder_before_it_goes(province, monkeypatch):
    province.opens()
    client, whole = client_of(province.receiver), province.sum().public_id
    assert "Không có báo cáo nào quá hạn" in text_of(client.get(f"/reports/{whole}/below/remind/"))
    monkeypatch.setattr("tinhso.modules.government.reporting.pages.chasing.now", lambda: later(days=7))
    text = text_of(client.get(f"/reports/{whole}/below/remind/"))
    assert "Binh, Khanh" in text
    sent = client.post(f"/reports/{whole}/below/remind/", {"report": province.report().public_id}, follow=True)
    assert "Đã nhắc 2 người." in text_of(sent)
    assert client_of(province.filler).get(f"/reports/{whole}/below/remind/").status_code == 403
