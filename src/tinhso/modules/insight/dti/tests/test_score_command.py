"""`tinhso dti`: a file is scored by an edition, refused with row, column and remedy, merged into today's provinces."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from tinhso.host.commands.dti import command

CODES = "province,awareness,institutions,infrastructure,human_resources,cybersecurity,digital_government_activity,digital_economy_activity,digital_society_activity"
QUANG_NINH = "Quảng Ninh,0.9581,0.9000,0.7648,0.6250,0.5382,0.8385,0.5904,0.4505"
IN_VIETNAMESE = "Tỉnh/Thành phố;Nhận thức số;Thể chế số;Hạ tầng số;Nhân lực số;An toàn thông tin mạng;Hoạt động chính quyền số;Hoạt động kinh tế số;Hoạt động xã hội số;PDTI"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.fixture
def file(tmp_path):
    def write(*lines: str, name: str = "tinh.csv") -> str:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return write


def scored(*arguments: str) -> list[dict]:
    done = run("score", *arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)["rows"]


def test_a_file_with_codes_is_scored(file) -> None:
    (row,) = scored(file(CODES, QUANG_NINH), "--edition", "2021-2023")

    assert row["province"] == "Quảng Ninh"
    assert (row["composite"], row["rank"]) == (0.7024, 1)
    assert row["pillars"] == {"digital_government": 0.7804, "digital_economy": 0.7187, "digital_society": 0.6864}


@pytest.mark.parametrize("edition", ["2021-2023", "2022", "922", "QĐ 922", "qd922"])
def test_an_edition_is_found_by_code_year_or_decision(file, edition) -> None:
    assert scored(file(CODES, QUANG_NINH), "--edition", edition)[0]["composite"] == 0.7024


def test_vietnamese_headers_semicolons_and_decimal_commas_are_understood(file) -> None:
    path = file(IN_VIETNAMESE, QUANG_NINH.replace(",", ";").replace(".", ",") + ";0,7024")

    (row,) = scored(path, "--edition", "2022")

    assert (row["composite"], row["published"], row["difference"]) == (0.7024, 0.7024, 0.0)


def test_points_and_shares_in_per_cent_are_understood(file) -> None:
    path = file(
        "Tỉnh,Công khai minh bạch (điểm),Tiến độ kết quả giải quyết,Số hóa hồ sơ points,online_services,satisfaction",
        "Lạng Sơn,9,100%,11,0.5,50%",
    )

    assert scored(path, "--edition", "qd766")[0]["composite"] == 0.6


def test_a_workbook_is_scored_as_well(tmp_path) -> None:
    book, content = Workbook(), io.BytesIO()
    book.active.append(CODES.split(","))
    book.active.append([cell if place == 0 else float(cell) for place, cell in enumerate(QUANG_NINH.split(","))])
    book.save(content)
    path = tmp_path / "tinh.xlsx"
    path.write_bytes(content.getvalue())

    assert scored(str(path), "--edition", "2022")[0]["composite"] == 0.7024


def test_equal_composites_share_a_rank_and_the_next_is_skipped(file) -> None:
    lower = QUANG_NINH.replace("0.9581", "0.1").replace("Quảng Ninh", "C")
    path = file(CODES, lower, QUANG_NINH, QUANG_NINH.replace("Quảng Ninh", "B"))

    assert [(row["province"], row["rank"]) for row in scored(path, "--edition", "2022")] == [
        ("Quảng Ninh", 1),
        ("B", 1),
        ("C", 3),
    ]


def test_people_get_a_table_that_names_the_decision(file) -> None:
    done = run("score", file(CODES, QUANG_NINH), "--edition", "2022")

    assert done.exit_code == 0
    head, row, remark = done.output.splitlines()
    assert head.split("  ")[0] == "Hạng"
    assert row.split() == ["1", "Quảng", "Ninh", "0.7024", "0.7804", "(1)", "0.7187", "(1)", "0.6864", "(1)"]
    assert "922/QĐ-BTTTT" in remark


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (QUANG_NINH.replace("0.9000", ""), "Dòng 2, cột “institutions”: trống. Ghi một số từ 0 đến 1."),
        (QUANG_NINH.replace("0.9000", "cao"), "Dòng 2, cột “institutions”: “cao” không phải là số."),
        (QUANG_NINH.replace("0.9000", "90"), "Dòng 2, cột “institutions”: 90 nằm ngoài khoảng 0 đến 1."),
        (QUANG_NINH.replace("Quảng Ninh", ""), "Dòng 2, cột “province”: trống. Ghi tên tỉnh"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_with_its_row_column_and_remedy(file, line, said) -> None:
    done = run("score", file(CODES, line), "--edition", "2022")

    assert done.exit_code == 1
    assert said in done.output


def test_all_wrong_cells_are_told_at_once(file) -> None:
    done = run("score", file(CODES, QUANG_NINH.replace("0.9000", "x"), QUANG_NINH), "--edition", "2022", "--json")

    assert done.exit_code == 1
    assert "Dòng 2, cột “institutions”: “x” không phải là số" in done.output
    assert "Dòng 3: “Quảng Ninh” đã có ở dòng 2. Mỗi tỉnh chỉ một dòng." in done.output


def test_a_missing_column_is_named_in_both_ways_it_may_be_headed(file) -> None:
    done = run("score", file(CODES.replace(",cybersecurity", ""), QUANG_NINH), "--edition", "2022")

    assert done.exit_code == 1
    assert "thiếu cột “An toàn thông tin mạng” (cybersecurity)" in done.output


def test_an_unknown_edition_is_answered_with_those_there_are(file) -> None:
    done = run("score", file(CODES, QUANG_NINH), "--edition", "1999")

    assert done.exit_code == 1
    assert "có: 2020, 2021-2023, 2024, qd766" in done.output


def test_weights_that_nobody_knows_are_not_invented(file) -> None:
    done = run("score", file(CODES, QUANG_NINH), "--edition", "2024")

    assert done.exit_code == 1
    assert "chưa có nguồn ghi điểm từng chỉ số chính" in done.output


def test_an_edition_of_ones_own_is_taken_from_a_file(file, settings, tmp_path) -> None:
    text = Path(settings.PACKS_ROOT / "national/dti/2020.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(text.replace("= 400", "= 300").replace("max_points = 300", "max_points = 350", 2), encoding="utf-8")
    sheet = file("province,digital_government,digital_economy,digital_society", "Lạng Sơn,1,0,0")

    assert scored(sheet, "--edition", "2020")[0]["composite"] == 0.4
    assert scored(sheet, "--edition", str(own))[0]["composite"] == 0.35
    own.write_text(text.replace("= 400", "= 401"), encoding="utf-8")
    wrong = run("score", sheet, "--edition", str(own))
    assert wrong.exit_code == 1
    assert "cộng lại là 1001, nhưng total ghi 1000" in wrong.output


def test_former_provinces_become_those_of_today_by_plain_mean(file) -> None:
    path = file(
        "province,population,digital_government,digital_economy,digital_society",
        "Lào Cai,700000,0.8,0.8,0.8",
        "Lạng Sơn,800000,0.5,0.5,0.5",
        "Yên Bái,900000,0.6,0.6,0.6",
    )

    assert [(r["province"], r["composite"]) for r in scored(path, "--edition", "2020", "--merge", "plain")] == [
        ("Tỉnh Lào Cai", 0.7),
        ("Tỉnh Lạng Sơn", 0.5),
    ]
    assert scored(path, "--edition", "2020", "--merge", "population")[0]["composite"] == 0.6875


def test_a_merger_that_lacks_a_former_province_is_refused(file) -> None:
    path = file("province,digital_government,digital_economy,digital_society", "Lào Cai,0.8,0.8,0.8")

    done = run("score", path, "--edition", "2020", "--merge", "plain")

    assert done.exit_code == 1
    assert "Gộp thành “Tỉnh Lào Cai”: thiếu Tỉnh Yên Bái" in done.output


def test_all_provinces_of_2022_become_34(printed, file) -> None:
    lines = [f"{row['province']},0.5,0.5,0.5" for row in printed("dti_2022_rank.csv")]
    path = file("province,digital_government,digital_economy,digital_society", *lines)

    assert len(scored(path, "--edition", "2020", "--merge", "plain")) == 34


def test_the_command_lists_the_editions() -> None:
    assert [line.split()[0] for line in run("editions").output.splitlines()] == ["2020", "2021-2023", "2024", "qd766"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"a\x00b,c\n1,2\n", "tỉnh".encode("utf-16"), b""])
def test_what_is_no_sheet_is_refused_in_words(tmp_path, content) -> None:
    path = tmp_path / "tinh.xlsx"
    path.write_bytes(content)

    done = run("score", str(path), "--edition", "2022")

    assert done.exit_code == 1
    assert "Tệp không" in done.output or "Không mở được tệp xlsx" in done.output
