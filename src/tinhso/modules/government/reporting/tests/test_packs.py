"""What a pack may say of a regime, and how it is told what is wrong: each mistake with its file and line."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from tinhso.modules.government.reporting.adapters.pack_files import read_folders

WHOLE = """
[regime]
code = "trial"
version = 2025-07-01
name = { vi = "Thử", en = "Trial" }
content = { vi = "Thử", en = "Trial" }
nature = "periodic"
period = "month"
due = { amount = 3, unit = "working_day" }

[[level]]
reporters = ["commune"]
receiver = "office"

[[source]]
title = "Bịa"

[[column]]
code = "women"
name = { vi = "Nữ", en = "Women" }

[[column]]
code = "men"
name = { vi = "Nam", en = "Men" }

[[column]]
code = "both"
name = { vi = "Cộng", en = "Both" }
formula = { sum = ["women", "men"] }

[[row]]
code = "taught"
name = { vi = "Dự", en = "Taught" }

[[row]]
code = "able"
name = { vi = "Làm được", en = "Able" }

[[row]]
code = "share"
name = { vi = "Tỷ lệ", en = "Share" }
kind = "share"
formula = { ratio = ["able", "taught"], times = 100 }

[[row]]
code = "words"
name = { vi = "Chữ", en = "Words" }
kind = "text"
columns = ["both"]

[[check]]
name = { vi = "Làm được", en = "Able" }
left = ["able"]
is = "<="
right = ["taught"]
"""


def read(folder: Path, text: str):
    (folder / "reporting").mkdir(parents=True, exist_ok=True)
    (folder / "reporting" / "trial.toml").write_text(text)
    return read_folders([folder])


def test_a_whole_file_is_read(tmp_path):
    found, problems = read(tmp_path, WHOLE)
    template = found["trial", date(2025, 7, 1)].template

    assert problems == []
    assert template.cells["share.women"].formula.of == ("able.women", "taught.women")
    assert template.cells["taught.both"].formula.of == ("taught.women", "taught.men")
    assert template.cells["words.both"].formula is None
    assert template.leaves_of("share.both") == {"able.women", "able.men", "taught.women", "taught.men"}
    assert [(each.left, each.right) for each in template.comparisons] == [
        ((f"able.{column}",), (f"taught.{column}",)) for column in ("women", "men", "both")
    ]


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ('nature = "periodic"', 'nature = "often"', "unknown_value", 7),
        ('period = "month"', 'period = "once"', "periodic_once", 8),
        ("due = { amount = 3,", "due = { amount = 3, day = 4,", "wrong_due", 9),
        ('title = "Bịa"', 'titel = "Bịa"', "missing_key", 15),
        ('sum = ["women", "men"]', 'sum = ["women", "man"]', "unknown_cell", 29),
        ('ratio = ["able", "taught"]', 'ratio = ["able"]', "wrong_ratio", 43),
        ('ratio = ["able", "taught"]', 'ratio = ["able", "share"]', "circle", 43),
        ('ratio = ["able", "taught"]', 'ratio = ["able", "words"]', "unknown_cell", 43),
        ('columns = ["both"]', 'columns = ["all"]', "unknown_column", 49),
        ('right = ["taught"]', 'right = ["teached"]', "unknown_cell", 51),
        ('is = "<="', 'is = "<"', "unknown_value", 54),
        ('code = "able"', 'code = "taught"', "said_twice", 36),
        ('code = "able"\n', 'code = "able"\nrequired = false\n', "optional_part", 37),
        ('kind = "share"', 'kind = "part"', "unknown_value", 42),
        ('kind = "text"', 'kind = "text"\nderived = { source = "cases.all" }', "unknown_derivation", 49),
        ('[[level]]\nreporters = ["commune"]\nreceiver = "office"', "", "nobody_reports", 1),
        ("[[column]]\ncode = \"women\"", '[[override]]\nperiod = "2026-13"\nsource = "x"\n\n[[column]]\ncode = "women"', "no_period", 19),
        ("[[column]]\ncode = \"women\"", '[[override]]\nperiod = "2026-03"\nstart_on = 2026-02-20\nsource = "x"\n\n[[column]]\ncode = "women"', "period_gap", 18),
        ("[[column]]\ncode = \"women\"", '[chasing]\nbefore = [90]\n\n[[column]]\ncode = "women"', "wrong_chasing", 18),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_line_in_both_languages(tmp_path, before, after, code, line):
    assert before in WHOLE
    _found, problems = read(tmp_path, WHOLE.replace(before, after))
    named = [each for each in problems if each.code == code]

    assert named, [each.code for each in problems]
    assert (named[0].line, named[0].path) == (line, str(tmp_path / "reporting" / "trial.toml"))
    assert named[0].vi
    assert named[0].en


def test_the_regimes_of_the_country_are_without_fault_and_say_how_sure_they_are():
    found, problems = read_folders([settings.PACKS_ROOT / "national"])

    assert problems == []
    assert {code for code, _ in found} >= {"commune_digital", "procedures_settled", "digital_skills", "system_incident"}
    assert all(each.note for regime in found.values() for each in regime.sources)
