"""A report as a workbook: whatever it holds comes back the same; each cell that was changed or spoilt is named."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tinhso.modules.government.reporting.adapters.sent_sheets import read_book
from tinhso.modules.government.reporting.adapters.sheets import write_book
from tinhso.modules.government.reporting.rules.filling import Entry, take_up, values_of
from tinhso.modules.government.reporting.rules.returned import Judged, WrongBook, judge
from tinhso.modules.government.reporting.rules.sheets import Asked, clean, lay_out, letters, text_of
from tinhso.modules.government.reporting.tests.handed_out import ASKED, FILLED, REGIME, TEMPLATE
from tinhso.platform.sheets import BadSheet

NUMBERS = {
    "received.online": st.integers(0, 10**15 - 1).map(Decimal),
    "received.paper": st.integers(0, 10**6).map(Decimal),
    "typed_share.all": st.decimals(0, 100, places=2),
    "cost.all": st.integers(0, 10**15 - 1).map(Decimal),
    "trained.all": st.booleans(),
    "words.all": st.text(max_size=60).filter(lambda text: "x005F_" not in text and clean(text)).map(str.strip),
}
FILLINGS = st.fixed_dictionaries({}, optional=NUMBERS)


def changed(asked: Asked, change: Callable[[Any], None] = lambda _book: None) -> Judged:
    """The workbook handed out, changed by somebody, and taken back."""
    book = load_workbook(io.BytesIO(write_book(asked)))
    change(book)
    return sent_back(book, asked)


def sent_back(book: Workbook, asked: Asked) -> Judged:
    content = io.BytesIO()
    book.save(content)
    return judge(read_book(content.getvalue()), asked)


def put(key: str, value: Any, **looks: Any) -> Callable[[Any], None]:
    box = lay_out(ASKED).boxes[key]

    def change(book: Any) -> None:
        cell = book[box.sheet].cell(box.row, box.column)
        cell.value = value
        for name, look in looks.items():
            setattr(cell, name, look)

    return change


def wrong(judged: Judged) -> dict[str, str]:
    return {each.key: f"{each.place}: {each.vi}" for each in judged.wrong}


def after(judged: Judged, asked: Asked = ASKED) -> dict[str, Any]:
    content, troubles = take_up(asked.template, asked.content, judged.sent, level=asked.level)
    assert troubles == []
    return values_of(asked.template, content)


def test_an_untouched_workbook_changes_nothing():
    assert changed(ASKED) == Judged(revision=4)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(filling=FILLINGS, notes=st.dictionaries(st.sampled_from(sorted(NUMBERS)), st.text(max_size=30), max_size=3))
def test_whatever_a_report_holds_comes_back_as_it_was(filling, notes):
    content = {key: Entry(typed=value, provenance="typed", note=notes.get(key, "")) for key, value in filling.items()}
    asked = replace(ASKED, content=content)
    assert changed(asked) == Judged(revision=4)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(filling=FILLINGS, before=FILLINGS)
def test_whatever_is_filled_in_is_what_the_report_holds_then(filling, before):
    asked = replace(ASKED, content={key: Entry(typed=value, provenance="typed") for key, value in before.items()})
    filled = replace(ASKED, content={key: Entry(typed=value, provenance="typed") for key, value in filling.items()})
    boxes, there = lay_out(filled).boxes, load_workbook(io.BytesIO(write_book(filled)))

    def fill_in(book: Any) -> None:
        for key in NUMBERS:
            written = there[boxes[key].sheet].cell(boxes[key].row, boxes[key].column)
            cell = book[boxes[key].sheet].cell(boxes[key].row, boxes[key].column)
            cell.value, cell.data_type = written.value, written.data_type

    judged = changed(asked, fill_in)
    assert judged.wrong == ()
    held = {key: text_of(value) for key, value in after(judged, asked).items() if key in NUMBERS}
    assert held == {key: text_of(value) for key, value in filling.items()}


def test_each_change_is_shown_old_to_new_with_its_cell():
    judged = changed(ASKED, put("received.online", 1700))
    (step,) = judged.steps
    assert (step.place, step.old, step.new) == ("1. Giải quyết thủ tục hành chín, D7", Decimal(1684), Decimal(1700))
    assert after(judged)["received.all"] == Decimal(1716)


def test_an_emptied_cell_takes_back_what_was_typed_and_notes_come_with_the_file():
    def change(book: Any) -> None:
        put("received.online", None)(book)
        line = next(each for each in lay_out(ASKED).notes if each.key == "resolved.all")
        book["Ghi chú"].cell(line.row, 4).value = "Nghỉ lễ"

    judged = changed(ASKED, change)
    assert [(each.key, each.kind) for each in judged.steps] == [("received.online", "value"), ("resolved.all", "note")]
    content, _troubles = take_up(TEMPLATE, FILLED, judged.sent)
    assert "received.online" not in content
    assert (content["resolved.all"].note, content["resolved.all"].value) == ("Nghỉ lễ", Decimal(1683))
    assert content["received.paper"].note == "Mất điện hai ngày"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.684", 1684), ("1684", 1684), (" 12 ", 12), (12.0, 12), ("0", 0), (1.684e3, 1684)],
)
def test_numbers_are_read_as_people_and_programs_write_them(typed, value):
    judged = changed(ASKED, put("received.paper", typed))
    assert after(judged)["received.paper"] == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "value"), [("98,96", "98.96"), ("98.96%", "98.96"), (0.1 + 0.2, "0.30"), (98.96, "98.96")]
)
def test_shares_are_read_as_people_and_programs_write_them(typed, value):
    assert after(changed(ASKED, put("typed_share.all", typed)))["typed_share.all"] == Decimal(value)


def test_a_cell_formatted_as_percent_holds_percent():
    judged = changed(ASKED, put("typed_share.all", 0.9896, number_format="0.00%"))
    assert after(judged)["typed_share.all"] == Decimal("98.96")


@pytest.mark.parametrize(
    ("key", "typed", "named"),
    [
        ("received.online", "chưa có", "không phải là số"),
        ("received.online", 12.5, "số nguyên"),
        ("received.online", -1, "nhỏ hơn 0"),
        ("received.online", True, "đúng/sai"),
        ("received.online", 1.125, "số nguyên"),
        ("received.online", 2.5, "số nguyên"),
        ("cost.all", 1250.125, "số nguyên"),
        ("received.online", datetime(2026, 11, 2), "ngày giờ"),
        ("received.online", "#DIV/0!", "báo lỗi #DIV/0!"),
        ("received.online", "NaN", "không phải là số"),
        ("received.online", "=1+2", "chưa được tính"),
        ("typed_share.all", "12.345", "hai số"),
        ("typed_share.all", 101, "lớn hơn 100"),
        ("trained.all", "có lẽ", "có hoặc không"),
        ("resolved.all", 1700, "Ô khóa"),
        ("judged.all", "Tốt", "Ô khóa"),
    ],
)
def test_a_spoilt_cell_is_named_with_the_remedy(key, typed, named):
    judged = changed(ASKED, put(key, typed))
    assert list(wrong(judged)) == [key]
    assert named in wrong(judged)[key]
    box = lay_out(ASKED).boxes[key]
    assert wrong(judged)[key].startswith(f"{box.sheet}, ")


def saved_by_a_program(asked: Asked, reckoned: dict[str, str]) -> bytes:
    """The workbook as a program saves it that has reckoned its formulas: what each gave stands beside it."""
    book = load_workbook(io.BytesIO(write_book(asked)))
    boxes = lay_out(asked).boxes
    for key in reckoned:
        if boxes[key].state == "open":
            put(key, "=600+400")(book)
    content, written = io.BytesIO(), io.BytesIO()
    book.save(content)
    with ZipFile(content) as packed, ZipFile(written, "w") as anew:
        for name in packed.namelist():
            text = packed.read(name)
            if name == "xl/worksheets/sheet2.xml":
                for key, value in reckoned.items():
                    at = f"{letters(boxes[key].column)}{boxes[key].row}"
                    pattern = rf'(<c r="{at}"[^>]*>)<f>(.*?)</f><v></v>'
                    found = re.subn(pattern, rf"\1<f>\2</f><v>{value}</v>", text.decode())
                    assert found[1] == 1
                    text = found[0].encode()
            anew.writestr(name, text)
    return written.getvalue()


def test_a_formula_that_somebody_typed_counts_with_what_it_gave():
    judged = judge(read_book(saved_by_a_program(ASKED, {"received.online": "1000"})), ASKED)
    assert judged.wrong == ()
    assert after(judged)["received.online"] == Decimal(1000)


def test_our_own_formulas_agree_with_what_a_program_reckons():
    agreeing = {"received.all": "1700", "share.all": "99"}
    assert judge(read_book(saved_by_a_program(ASKED, agreeing)), ASKED) == Judged(revision=4)
    wrong_sum = judge(read_book(saved_by_a_program(ASKED, {"received.all": "1701"})), ASKED)
    assert [each.key for each in wrong_sum.remarks] == ["received.all"]


def test_a_merged_cell_is_named():
    judged = changed(ASKED, lambda book: book[lay_out(ASKED).leaves[0].title].merge_cells("D7:E7"))
    assert "gộp" in wrong(judged)["received.online"]
    assert "gộp" in wrong(judged)["received.paper"]


def test_a_formula_of_the_file_that_says_something_else_is_told_and_ours_counts():
    judged = changed(ASKED, put("received.all", 9999))
    assert judged.wrong == ()
    (remark,) = judged.remarks
    assert "9999" in remark.vi
    assert "1700" in remark.vi
    assert after(judged)["received.all"] == Decimal(1700)


def test_the_workbook_of_another_report_is_refused_and_names_both():
    other = replace(ASKED, code="BC-2", unit_name="UBND xã Ba Sơn", period="Tháng 10 năm 2026")
    with pytest.raises(WrongBook) as refused:
        judge(read_book(write_book(other)), ASKED)
    assert (refused.value.code, refused.value.report) == ("other_report", "BC-2")
    for words in ("xã Ba Sơn", "Tháng 10", "Đồng Đăng", "Tháng 11"):
        assert words in refused.value.vi


def test_the_workbook_of_an_older_form_is_refused():
    with pytest.raises(WrongBook, match="Biểu mẫu đã thay đổi"):
        judge(read_book(write_book(replace(ASKED, regime=replace(REGIME, version=date(2025, 1, 1))))), ASKED)


def test_an_older_workbook_says_which_cells_somebody_else_changed_since():
    book = load_workbook(io.BytesIO(write_book(ASKED)))
    put("received.online", 1690)(book)
    put("received.paper", 20)(book)
    since = {**FILLED, "received.online": Entry(typed=Decimal(1685)), "cost.all": Entry(typed=Decimal(5))}
    judged = sent_back(book, replace(ASKED, revision=6, content=since))
    assert judged.is_outdated
    assert [step.key for step in judged.conflicts] == ["received.online"]
    assert {one.key for one in judged.sent} == {"received.online", "received.paper"}  # what others typed stays


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda sheet: sheet.insert_cols(5), "cột “Trực tiếp”"),
        (lambda sheet: sheet.move_range("D6:D9", cols=5), "cột “Trực tuyến”"),
        (lambda sheet: sheet.insert_rows(8), "dòng “Đã giải quyết”"),
        (lambda sheet: setattr(sheet, "title", "Khác"), "Thiếu trang"),
    ],
)
def test_moved_rows_columns_and_sheets_are_refused_in_words(change, named):
    with pytest.raises(WrongBook, match=named) as refused:
        changed(ASKED, lambda book: change(book[lay_out(ASKED).leaves[0].title]))
    assert refused.value.code == "moved"


def test_a_workbook_of_somebody_elses_is_told_from_ours():
    book = Workbook()
    with pytest.raises(WrongBook, match="không phải tệp tải từ trang báo cáo"):
        sent_back(book, ASKED)


def test_what_is_no_workbook_is_refused():
    for content in (b"", b"PK\x03\x04 broken", b"a;b\n1;2\n"):
        with pytest.raises(BadSheet):
            read_book(content)


def test_open_cells_are_open_and_all_others_locked_with_a_rule_and_words_on_each():
    book = load_workbook(io.BytesIO(write_book(ASKED)))
    for box in lay_out(ASKED).boxes.values():
        sheet = book[box.sheet]
        cell = sheet.cell(box.row, box.column)
        assert cell.protection.locked is (box.state != "open"), box.cell.key
        (rule,) = [each for each in sheet.data_validations.dataValidation if cell.coordinate in each.sqref]
        assert rule.prompt
        assert (rule.type is not None) is (box.state == "open")
    assert book["_tinhso"].sheet_state == "veryHidden"
    assert all(book[title].protection.sheet for title in book.sheetnames if title != "_tinhso")
