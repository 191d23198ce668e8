"""A small file that would become millions of cells is refused before it is opened."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tinhso.modules.government.reporting.adapters.sent_sheets import read_book
from tinhso.modules.government.reporting.adapters.sheets import write_book
from tinhso.modules.government.reporting.tests.handed_out import ASKED
from tinhso.platform.sheets import BadSheet

FIRST, BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
END = "</sheetData>"


def altered(name: str, change: Callable[[str], str], encoding: str = "utf-8") -> bytes:
    """The workbook handed out, with one part of it rewritten."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(write_book(ASKED))) as packed, ZipFile(written, "w", ZIP_DEFLATED) as anew:
        for each in packed.namelist():
            text = packed.read(each)
            anew.writestr(each, change(text.decode()).encode(encoding) if each == name else text)
    return written.getvalue()


def merged(ref: str, prefix: str = "") -> Callable[[str], str]:
    tag = f'<{prefix}mergeCells count="1"><{prefix}mergeCell ref="{ref}"/></{prefix}mergeCells>'
    declared = f' xmlns:{prefix[:-1]}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' if prefix else ""
    return lambda text: text.replace(END, END + tag).replace("<worksheet", f"<worksheet{declared}", 1)


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A1:A1048576", "C:C", "7:9", "không"])
def test_merged_cells_beyond_the_table_are_refused_by_name(ref):
    with pytest.raises(BadSheet) as refused:
        read_book(altered(FIRST, merged(ref)))

    assert refused.value.code == "merged_too_wide"
    assert ref in refused.value.vi
    assert "bỏ gộp" in refused.value.vi


@pytest.mark.parametrize("content", [
    altered(FIRST, merged("A1:XFD1048576", "x:")),
    altered(FIRST, lambda text: '<?xml version="1.0" encoding="utf-16"?>' + merged("A1:XFD1048576")(text), "utf-16"),
    altered(FIRST, lambda text: text.replace(END, END + '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>')),
])  # fmt: skip
def test_no_other_way_of_writing_it_gets_through(content):
    with pytest.raises(BadSheet) as refused:
        read_book(content)

    assert refused.value.code == "merged_too_wide"


@pytest.mark.parametrize("content", [
    altered(FIRST, lambda text: text.replace(END, "<row>" + "<c/>" * 60_000 + "</row>" + END)),
    altered(BOOK, lambda text: text.replace("</sheets>", "".join(f'<sheet name="s{n}" sheetId="{n}"/>' for n in range(50, 99)) + "</sheets>")),
])  # fmt: skip
def test_more_cells_or_sheets_than_a_report_can_have_are_too_large(content):
    with pytest.raises(BadSheet) as refused:
        read_book(content)

    assert refused.value.code == "too_large"


def test_cells_merged_within_the_table_are_read_as_before():
    assert read_book(altered(FIRST, merged("D7:E8"))).keys


def test_a_part_that_is_cut_off_is_a_broken_file():
    content = bytearray(altered(FIRST, lambda text: text))
    with ZipFile(io.BytesIO(content)) as packed:
        at = packed.getinfo(FIRST).header_offset
    content[at + 30 + len(FIRST) : at + 60 + len(FIRST)] = b"\xff" * 30
    with pytest.raises(BadSheet) as refused:
        read_book(bytes(content))

    assert refused.value.code == "broken_xlsx"
