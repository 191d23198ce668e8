"""`tinhso due` as it is typed: the installed command, in a home of its own, with no database to be had."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def tinhso(tmp_path):
    """Run the installed command; gives its exit code, output and complaints."""

    def run(*arguments, **environment):
        nowhere = {"TINHSO_HOME": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
        command = [str(Path(sys.executable).parent / "tinhso"), "due", *arguments]
        done = subprocess.run(
            command, env={**os.environ, **nowhere, **environment}, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    return run


BEFORE_TET = ("--received", "2026-02-13T15:30", "--limit", "2 working_day")


def test_two_days_from_the_last_afternoon_before_tet(tinhso):
    code, out, _ = tinhso(*BEFORE_TET)

    assert code == 0
    assert out.splitlines()[0] == "Hạn: 17:00, thứ Ba 24/02/2026."
    assert "3. Không tính thứ Bảy 14/02/2026 đến Chủ nhật 22/02/2026: nghỉ Tết Nguyên đán Bính Ngọ." in out


def test_the_same_in_english(tinhso):
    _, out, _ = tinhso(*BEFORE_TET, "--language", "en")

    assert out.splitlines()[0] == "Due at 17:00 on Tuesday 24/02/2026."
    assert "Why this date?" in out


def test_for_programs_there_is_json_with_the_offset_and_the_steps(tinhso):
    _, out, _ = tinhso(*BEFORE_TET, "--cut-off", "15:00", "--json")

    found = json.loads(out)
    assert found["due_at"] == "2026-02-25T17:00:00+07:00"
    assert [step["kind"] for step in found["steps"]] == ["received", "cut_off", "day_off", "day_zero", "working", "due"]
    assert found["calendar"] == "national"


@pytest.mark.parametrize("received", ["2026-02-13T08:30Z", "13/02/2026 15:30", "2026-02-13 15:30:00"])
def test_a_moment_may_be_written_in_several_ways(tinhso, received):
    _, out, _ = tinhso("--received", received, "--limit", "2 ngày làm việc", "--json")

    assert json.loads(out)["received_at"] == "2026-02-13T15:30:00+07:00"


def test_a_desk_that_works_on_saturdays(tinhso):
    _, out, _ = tinhso(
        "--received", "2026-03-06T10:00", "--limit", "1 working_day", "--calendar", "saturday_desk", "--json"
    )

    assert json.loads(out)["due_at"] == "2026-03-07T11:30:00+07:00"


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (("--received", "2026-02-13", "--limit", "2 day"), "không phải là ngày và giờ nhận", "not a day and time"),
        (("--received", "hôm qua", "--limit", "2 day"), "không phải là ngày và giờ nhận", "not a day and time"),
        (("--received", "2026-02-13T15:30", "--limit", "2 tuần"), "Không có đơn vị", "There is no unit"),
        (("--received", "2026-02-13T15:30", "--limit", "0.3 working_day"), "nửa ngày", "half days"),
        ((*BEFORE_TET, "--cut-off", "25:00"), "không phải là giờ", "not a time of day"),
        ((*BEFORE_TET, "--calendar", "nowhere"), "Không có lịch “nowhere”; đang có: national", "There is no calendar"),
        (("--received", "1999-02-13T15:30", "--limit", "2 day"), "không tính được năm 1999", "1999 is outside"),
    ],
)
def test_what_cannot_be_understood_is_said_in_both_languages(tinhso, arguments, vi, en):
    code, out, complaint = tinhso(*arguments)

    assert (code, out) == (2, "")
    assert vi in complaint
    assert en in complaint
    assert "Traceback" not in complaint


def test_a_closure_in_the_chosen_pack_counts(tinhso, tmp_path):
    national, ours = tmp_path / "packs" / "national", tmp_path / "packs" / "ours"
    shipped = Path(__file__).parents[4] / "packs" / "national"
    for folder in (national, ours):
        folder.mkdir(parents=True)
    for name in ("pack.toml", "calendars.toml", "holidays.csv"):
        (national / name).write_text((shipped / name).read_text(encoding="utf-8"), encoding="utf-8")
    (ours / "pack.toml").write_text(
        'code = "ours"\nname = { vi = "Của ta", en = "Ours" }\nrequires = ["national"]\n', encoding="utf-8"
    )
    header = (shipped / "holidays.csv").read_text(encoding="utf-8").splitlines()[0]
    (ours / "holidays.csv").write_text(f"{header}\n2026-02-23,off,*,,,lụt,flood,thông báo\n", encoding="utf-8")

    _, out, _ = tinhso(*BEFORE_TET, "--json", TINHSO_PACKS=str(tmp_path / "packs"), TINHSO_PACK="ours")

    assert json.loads(out)["due_at"] == "2026-02-25T17:00:00+07:00"


def test_the_command_leaves_no_database_behind(tinhso, tmp_path):
    tinhso(*BEFORE_TET, DATABASE_URL="")

    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
