"""Packs are read with those they require; the version in force on a day is found; lines of TOML are known."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.packs import InvalidPacks, check_packs, form_on, placeholders_of, procedure_on, read_packs
from tinhso.kernel.packs.files import list_folders, read_table
from tinhso.kernel.packs.positions import line_of, positions

TRIAL = Path(__file__).parent / "test_packs_trial"
NEXT_LAW = date(2027, 3, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(TRIAL, tmp_path / "packs")
    return tmp_path / "packs"


def test_a_pack_is_read_after_the_one_it_requires(root: Path) -> None:
    packs = read_packs(root, ["trial"])
    assert [pack.code for pack in packs.packs] == ["base", "trial"]
    assert set(packs.roles) == {"receptionist", "handler", "applicant", "system", "leader"}
    assert packs.texts["cases.dossier.accepted"].sms.en == "Accepted {code}."
    assert packs.files("calendars.toml") == (root / "trial/calendars.toml",)
    assert packs.calendars[0]["code"] == "national"


def test_a_pack_that_is_named_twice_is_read_once(root: Path) -> None:
    assert [pack.code for pack in read_packs(root, ["trial", "base", "trial"]).packs] == ["base", "trial"]


def test_what_a_later_pack_says_replaces_what_an_earlier_one_said(root: Path) -> None:
    (root / "base/texts").mkdir()
    before = '[[notice]]\nfact = "cases.dossier.given"\nin_app = { vi = "Cũ", en = "Old" }\n'
    (root / "base/texts/notices.toml").write_text(before, "utf-8")
    assert read_packs(root, ["trial"]).texts["cases.dossier.given"].in_app.en == "Given {code}."


def test_rows_of_days_and_files_of_figures_are_handed_on(root: Path) -> None:
    (root / "base/holidays.csv").write_text("date,kind\n2026-11-24,off\n", "utf-8")
    (root / "trial/indicators").mkdir()
    (root / "trial/indicators/on_time.sql").write_text("select 1", "utf-8")
    packs = read_packs(root, ["trial"])
    assert packs.holidays == ({"date": "2026-11-24", "kind": "off"},)
    assert [path.name for path in packs.indicators] == ["on_time.sql"]


def test_a_case_meets_the_text_of_the_law_in_force_on_its_day(root: Path) -> None:
    first = root / "trial/procedures/9.000001_2025-07-01.toml"
    for folder, name in (("procedures", "9.000001"), ("forms", "stall")):
        old = (root / "trial" / folder / f"{name}_2025-07-01.toml").read_text("utf-8")
        new = old.replace('version = "2025-07-01"', f'version = "{NEXT_LAW}"')
        (root / "trial" / folder / f"{name}_{NEXT_LAW}.toml").write_text(new, "utf-8")
    packs = read_packs(root, ["trial"])

    def version(on: date) -> date | None:
        found = procedure_on(packs, "9.000001", on)
        return found.version if found else None

    assert first.exists()
    assert version(date(2025, 6, 30)) is None
    assert version(date(2025, 7, 1)) == version(date(2027, 2, 28)) == date(2025, 7, 1)
    assert version(NEXT_LAW) == version(date(2030, 1, 1)) == NEXT_LAW
    assert form_on(packs, "stall", date(2027, 2, 28)).version == date(2025, 7, 1)
    assert form_on(packs, "stall", NEXT_LAW).version == NEXT_LAW
    assert procedure_on(packs, "9.999999", NEXT_LAW) is None
    assert check_packs(root, ["trial"]) == []


def test_packs_that_cannot_be_read_are_refused_with_every_file_and_line(root: Path) -> None:
    (root / "trial/roles.toml").write_text("[[role]]\ncode = 3\n", "utf-8")
    (root / "trial/texts/notices.toml").write_text("[[notice]\n", "utf-8")
    with pytest.raises(InvalidPacks) as refused:
        read_packs(root, ["trial"])
    where = [(Path(problem.path).name, problem.line) for problem in refused.value.problems]
    assert where == [("roles.toml", 2), ("roles.toml", 1), ("roles.toml", 1), ("roles.toml", 1), ("notices.toml", 1)]


def test_any_file_of_a_pack_must_at_least_be_toml(root: Path) -> None:
    (root / "trial/posts.toml").write_text('a = 1\nb = "\n', "utf-8")
    assert [(problem.code, problem.line) for problem in check_packs(root, ["trial"])] == [("wrong_toml", 2)]


def test_the_fields_of_a_form_are_found_by_their_code(root: Path) -> None:
    form = form_on(read_packs(root, ["trial"]), "stall", NEXT_LAW)
    assert [field.code for field in form.fields()] == ["size", "neighbour", "tables", "sellers"]
    sellers = form.field("sellers")
    assert (sellers.min, sellers.max, [child.code for child in sellers.fields]) == (
        1,
        5,
        ["seller_name", "seller_phone"],
    )
    assert [option.code for option in form.field("size").options] == ["small", "large"]
    with pytest.raises(KeyError):
        form.field("seller_name")


def test_placeholders_of_a_text_are_its_names_in_braces() -> None:
    assert placeholders_of("Hồ sơ {code} hẹn {due}, xem {{đây}}") == ["code", "due"]
    assert placeholders_of("Hồ sơ {code") is None


TOML = '''# comment [not a table]
title = "a # no comment" # comment
"quoted key".inner = 'literal ] }'
days = [
  1, # one
  [2, 3],
  { name = "x", list = [4, 5] },
]
text = """
[[fake]]
key = "no"
"""

[table.sub]
key = 2025-07-01

[[row]]
code = "first"
[[row.child]]
code = 1
[row.extra]
on = true

[[row]]
code = "second"
[[row.child]]
code = 2
[[row.child]]
code = 3
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 2),
        (("quoted key", "inner"), 3),
        (("days",), 4),
        (("days", 0), 5),
        (("days", 1, 1), 6),
        (("days", 2, "list", 1), 7),
        (("text",), 9),
        (("table", "sub"), 14),
        (("table", "sub", "key"), 15),
        (("row", 0), 17),
        (("row", 0, "child", 0, "code"), 20),
        (("row", 0, "extra", "on"), 22),
        (("row", 1), 24),
        (("row", 1, "child", 1, "code"), 29),
        (("row", 1, "missing"), 24),
        (("fake",), 1),
        ((), 1),
    ],
)
def test_each_key_of_a_file_is_found_on_its_line(place: tuple, line: int) -> None:
    assert line_of(place, positions(TOML)) == line


keys = st.text("abc_-09", min_size=1, max_size=4)
strings = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", exclude_categories=["Cc", "Cs"]), max_size=8)
values = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), strings),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


def written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(written(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(each)}" for key, each in value.items()) + " }"
    return str(value)


@given(st.lists(st.dictionaries(keys, values, max_size=4), max_size=4))
def test_every_key_of_any_file_is_found_on_the_line_it_was_written_on(rows: list[dict]) -> None:
    lines, expected = list[str](), {}
    for number, row in enumerate(rows):
        lines.append("[[row]] # row")
        expected["row", number] = len(lines)
        for key, value in row.items():
            lines.extend(["", f"{key} = {written(value)}"])
            expected["row", number, key] = len(lines)
    found = positions("\n".join(lines))
    assert {place: found.get(place) for place in expected} == expected


def test_folders_stand_after_those_they_require_whatever_circle_or_gap_there_is(tmp_path):
    for code, requires in (("a", ["b", "none"]), ("b", ["a", "c"]), ("c", [])):
        (tmp_path / code).mkdir()
        (tmp_path / code / "pack.toml").write_text(f"requires = {requires}")
    (tmp_path / "c" / "pack.toml").write_bytes(b"requires = [\xff")

    assert [path.name for path in list_folders(tmp_path, ["a"])] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("content", "code", "line"), [(b"a = 1\nb = =", "wrong_toml", 2), (b"a = 1\n# \xff", "not_utf_8", 2)]
)
def test_a_table_that_cannot_be_read_is_a_problem_with_its_line(tmp_path, content, code, line):
    path, problems = tmp_path / "wrong.toml", []
    path.write_bytes(content)

    assert read_table(path, problems) == {}
    assert [(each.code, each.line, each.path) for each in problems] == [(code, line, str(path))]
