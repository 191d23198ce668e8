"""Workbooks: tried row by row, kept whole or not at all, undone as a whole; bad ones of every kind are refused in words."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from tinhso.modules.insight.plans import actions, facts, queries
from tinhso.modules.insight.plans.models import Figure, Import
from tinhso.modules.insight.plans.rules.drafts import Refused
from tinhso.modules.insight.plans.rules.sheets import COLUMNS
from tinhso.modules.insight.plans.tests.conftest import FIGURE, NEW, NOW, book, enter, officer
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people.rules import NotAllowed
from tinhso.platform.sheets import make_workbook

LATER = NOW + timedelta(hours=1)
LAN = officer()
FIBRE = {**FIGURE, "measure": "fibre_households", "value": 76.4}
SHARE = {**FIGURE, "measure": "digital_economy_share", "level": "province", "value": "11,4"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def tried(*rows, actor=LAN, **options) -> str:
    return actions.try_import(content=book(*rows, **options), name="so-lieu.xlsx", actor=actor, now=NOW)


def judged(public_id: str, actor=LAN):
    found = queries.find_import(public_id)
    return queries.judge_import(found.file_sha256, actions.known_for(actor=actor, now=NOW))


def outcomes(public_id: str) -> list[str]:
    return [each.outcome for each in judged(public_id)]


def typed() -> set[tuple]:
    return set(Figure.objects.filter(origin="import", withdrawn_at=None).values_list("measure", "period", "low"))


def test_trying_a_workbook_keeps_no_figure(results):
    public_id = tried(FIBRE, SHARE)

    assert outcomes(public_id) == ["new", "new"]
    assert typed() == set()


def test_a_workbook_without_a_mistake_is_kept_whole(results):
    public_id = tried(FIBRE, SHARE)

    assert actions.finish_import(public_id=public_id, actor=LAN, now=LATER) == 2

    assert {each[0] for each in typed()} == {"fibre_households", "digital_economy_share"}
    assert Fact.objects.filter(kind=facts.IMPORT_FINISHED).count() == 1
    with pytest.raises(actions.WrongState):
        actions.finish_import(public_id=public_id, actor=LAN, now=LATER)


def test_one_wrong_row_keeps_all_rows_out_and_names_its_cells(results):
    public_id = tried(FIBRE, {**SHARE, "value": "mười một", "period": "2026"}, {**FIGURE})

    rows = judged(public_id)
    assert [each.outcome for each in rows] == ["new", "error", "new"]
    assert {place for place, _ in rows[1].places()} == {"F3", "D3"}
    with pytest.raises(Refused) as refused:
        actions.finish_import(public_id=public_id, actor=LAN, now=LATER)
    assert {each.field for each in refused.value.troubles} == {"F3", "D3"}
    assert typed() == set()


def test_each_row_says_what_it_would_do(results):
    enter(value="48,5")
    enter(measure="fibre_households", value="70", publisher="Sở Khoa học và Công nghệ")

    public_id = tried(
        {**FIGURE, "value": 48.5}, {**FIGURE, "value": 47, "announced_on": date(2026, 6, 30)}, FIBRE, SHARE, {**SHARE, "value": 12}, SHARE
    )  # fmt: skip

    assert outcomes(public_id) == ["same", "revision", "beside", "new", "error", "same"]


def test_what_others_entered_meanwhile_counts_when_it_is_kept(results):
    public_id = tried(FIGURE)
    assert outcomes(public_id) == ["new"]
    enter()

    assert actions.finish_import(public_id=public_id, actor=LAN, now=LATER) == 0


def test_an_import_is_undone_as_a_whole_and_what_it_brought_stays_in_the_record(results):
    public_id = tried(FIBRE, SHARE)
    actions.finish_import(public_id=public_id, actor=LAN, now=LATER)

    assert actions.undo_import(public_id=public_id, reason="Nhầm tệp năm trước", actor=LAN, now=LATER) == 2

    assert typed() == set()
    assert Figure.objects.filter(batch__public_id=public_id, withdraw_reason="Nhầm tệp năm trước").count() == 2
    assert queries.find_import(public_id).state == "undone"
    assert Fact.objects.filter(kind=facts.FIGURE_WITHDRAWN).count() == 2
    with pytest.raises(actions.WrongState):
        actions.undo_import(public_id=public_id, reason="Lại", actor=LAN, now=LATER)


def test_a_workbook_that_was_undone_can_be_imported_again(results):
    first = tried(FIBRE)
    actions.finish_import(public_id=first, actor=LAN, now=LATER)
    actions.undo_import(public_id=first, reason="Thử", actor=LAN, now=LATER)

    again = tried(FIBRE)

    assert outcomes(again) == ["new"]
    assert actions.finish_import(public_id=again, actor=LAN, now=LATER) == 1


def test_the_same_workbook_twice_brings_nothing_twice(results):
    for _ in range(2):
        actions.finish_import(public_id=tried(FIBRE, SHARE), actor=LAN, now=LATER)

    assert Figure.objects.filter(origin="import").count() == 2


def test_an_undo_needs_a_reason_and_a_post(results):
    public_id = tried(FIBRE)
    actions.finish_import(public_id=public_id, actor=LAN, now=LATER)

    with pytest.raises(Refused, match="lý do"):
        actions.undo_import(public_id=public_id, reason="  ", actor=LAN, now=LATER)
    with pytest.raises(NotAllowed):
        actions.undo_import(public_id=public_id, reason="Vì", actor=officer(unit_key="33@2025-07-01"), now=LATER)
    assert len(typed()) == 1


def test_only_who_tried_a_workbook_keeps_it_or_puts_it_away(results):
    public_id = tried(FIBRE)

    for act in (actions.finish_import, actions.discard_import):
        with pytest.raises(actions.WrongState):
            act(public_id=public_id, actor=officer(name="khac"), now=LATER)
    actions.discard_import(public_id=public_id, actor=LAN, now=LATER)
    assert not Import.objects.exists()


def test_a_receptionist_hands_in_no_workbook(results):
    with pytest.raises(NotAllowed):
        tried(FIBRE, actor=officer("receptionist"))


def test_the_template_can_be_filled_in_and_handed_in(results):
    filled = load_workbook(io.BytesIO(make_workbook(queries.template_tables("vi"))))
    assert filled.sheetnames == ["Số liệu", "Chỉ tiêu", "Cấp", "Dấu"]
    assert "dossiers_on_time" not in {row[0] for row in filled["Chỉ tiêu"].values}
    filled["Số liệu"].append([FIBRE.get(name) for name in COLUMNS])
    content = io.BytesIO()
    filled.save(content)

    public_id = actions.try_import(content=content.getvalue(), name="mau.xlsx", actor=LAN, now=NOW)

    assert outcomes(public_id) == ["new"]


def test_headings_may_stand_lower_in_another_order_in_english_or_by_name(results):
    assert outcomes(tried(FIBRE, names=tuple(reversed(COLUMNS)), above=3)) == ["new"]
    sheet = Workbook()
    sheet.worksheets[0].append([COLUMNS[name][1].upper() for name in COLUMNS])
    sheet.worksheets[0].append([SHARE.get(name) for name in COLUMNS])
    content = io.BytesIO()
    sheet.save(content)

    assert outcomes(actions.try_import(content=content.getvalue(), name="en.xlsx", actor=LAN, now=NOW)) == ["new"]


def test_cells_as_spreadsheets_write_them_are_understood(results):
    public_id = tried(
        {**FIBRE, "period": 2025, "announced_on": datetime(2026, 1, 10)},
        {**SHARE, "period": date(2025, 12, 31), "announced_on": "10/01/2026", "level": "Cấp tỉnh", "unit": 20, "is_public": "Không"},
        {"measure": None, "unit": " "},
    )  # fmt: skip

    rows = judged(public_id)
    assert [each.outcome for each in rows[:2]] == ["new", "new"]
    assert [each.draft.period.code for each in rows[:2]] == ["2025", "2025-12-31"]
    assert [each.draft.is_public for each in rows[:2]] == [True, False]
    assert rows[1].draft.unit_key == NEW
    assert rows[2].outcome == "error"


def changed_zip(content: bytes, name: str, text: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            new.writestr(each, text if each == name else old.read(each))
    return made.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"PK\x03\x04 not a zip",
        lambda: b"measure;unit\npayment_accounts;20\n",
        lambda: book(FIBRE)[:400],
        lambda: changed_zip(book(FIBRE), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        lambda: changed_zip(book(FIBRE), "xl/workbook.xml", b"<workbook/>"),
        lambda: book(names=("measure", "unit")),
        lambda: book(FIBRE, names=tuple(name for name in COLUMNS if name != "publisher")),
        lambda: book(FIBRE, names=(*COLUMNS, "value")),
        book,
        lambda: book(*[FIBRE] * 2001),
        lambda: book(FIBRE, above=7),
        lambda: b"%PDF-1.7\n%%EOF",
    ],
    ids=["empty", "no zip", "csv", "cut off", "broken sheet", "no sheets", "headings missing", "one heading missing", "heading twice", "no rows", "too many rows", "headings too low", "pdf"],
)  # fmt: skip
def test_what_is_no_workbook_of_figures_is_refused_in_words(results, make):
    with pytest.raises(Refused) as refused:
        actions.try_import(content=make(), name="x.xlsx", actor=LAN, now=NOW)

    (trouble,) = refused.value.troubles
    assert trouble.field == "file"
    assert trouble.vi
    assert trouble.en
    assert not Import.objects.exists()


@pytest.mark.parametrize("cell", ["#DIV/0!", True, "=1+1", "1e9", "9" * 400, "١٢", -5, 1e300, "0x10"])
def test_whatever_stands_in_a_cell_the_row_is_judged(results, cell):
    public_id = tried({**FIBRE, "value": cell})

    assert outcomes(public_id) == ["error"]
