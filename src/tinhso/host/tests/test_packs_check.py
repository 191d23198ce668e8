"""`tinhso packs check`: silent success, file and line otherwise, without a database."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tinhso.host.commands.packs import command

ROOT = Path(__file__).parents[4]


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    (tmp_path / "xa").mkdir()
    (tmp_path / "xa/pack.toml").write_text('code = "xa"\nname = { vi = "Xã", en = "Commune" }\n', "utf-8")
    (tmp_path / "xa/roles.toml").write_text('[[role]]\ncode = "Trưởng thôn"\nname = { vi = "Trưởng thôn" }\n', "utf-8")
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["check", *arguments])


def test_the_packs_that_ship_are_sound() -> None:
    answer = check("--packs", str(ROOT / "packs"))
    assert answer.output == "Gói gia-lai, lang-son, national: không có gì sai.\n"
    assert answer.exit_code == 0


def test_a_spoilt_pack_ends_with_one_line_for_each_problem(spoilt: Path) -> None:
    answer = check("--packs", str(spoilt), "xa")
    path = spoilt / "xa/roles.toml"
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        f"{path}:2: role.1.code: “Trưởng thôn” chỉ được có chữ thường không dấu, số và gạch dưới. [wrong_code]",
        f"{path}:3: role.1.name: thiếu bản tiếng Anh của “Trưởng thôn”. [missing_translation]",
        "Gói xa: 2 chỗ sai.",
    ]


def test_the_same_is_said_in_english(spoilt: Path) -> None:
    answer = check("--packs", str(spoilt), "--language", "en")
    assert "the English of “Trưởng thôn” is missing" in answer.output
    assert answer.output.endswith("Packs xa: 2 problems.\n")
