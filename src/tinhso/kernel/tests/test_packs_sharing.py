"""Flows that procedures share: what is put over what, what is left out, and in which file a problem stands."""

from datetime import date
from pathlib import Path

import pytest

from tinhso.kernel.packs import check_packs, read_packs

FLOW = """
code = "office"
version = "2025-07-01"
start = "asked"
final = ["done"]

[[state]]
code = "asked"
name = { vi = "Đã hỏi", en = "Asked" }
holder = "handler"

[[state]]
code = "resting"
name = { vi = "Nghỉ", en = "Resting" }
holder = "handler"

[[state]]
code = "done"
name = { vi = "Xong", en = "Done" }

[[step]]
act = "finish"
name = { vi = "Làm xong", en = "Finish" }
source = ["asked", "resting"]
target = "done"
role = "handler"
fact = "finished"

[[step]]
act = "rest"
name = { vi = "Để đó", en = "Rest" }
source = "asked"
target = "resting"
role = "handler"
fact = "rested"
"""
PROCEDURE = """
code = "question"
version = "2025-08-01"
kind = "opinion"
name = { vi = "Hỏi", en = "Question" }
handled_by = ["commune"]
flow = { like = "office" }
"""
OVER = """
[[step]]
act = "finish"
name = { vi = "Trả lời", en = "Answer" }
source = "asked"
"""
ROLES = '[[role]]\ncode = "handler"\nname = { vi = "Công chức", en = "Officer" }\n'


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with one shared flow and a procedure that is like it."""
    for folder in ("flows", "procedures"):
        (tmp_path / "trial" / folder).mkdir(parents=True)
    folder = tmp_path / "trial"
    (folder / "pack.toml").write_text('code = "trial"\nname = { vi = "Thử", en = "Trial" }\n', "utf-8")
    (folder / "roles.toml").write_text(ROLES, "utf-8")
    (folder / "flows/office_2025-07-01.toml").write_text(FLOW, "utf-8")
    write(folder, PROCEDURE)
    return folder


def write(pack: Path, text: str) -> None:
    """Make this the procedure."""
    (pack / "procedures/question_2025-08-01.toml").write_text(text, "utf-8")


def read(pack: Path):
    """The procedure as it is read."""
    assert check_packs(pack.parent, ["trial"]) == []
    return read_packs(pack.parent, ["trial"]).procedures["question", date(2025, 8, 1)]


def test_a_procedure_that_is_like_a_flow_has_its_states_and_steps(pack: Path) -> None:
    procedure = read(pack)

    assert (procedure.start, procedure.final) == ("asked", ("done",))
    assert [state.code for state in procedure.states] == ["asked", "resting", "done"]
    assert [(step.act, step.source) for step in procedure.steps] == [
        ("finish", "asked"), ("finish", "resting"), ("rest", "asked"),
    ]  # fmt: skip


def test_what_a_procedure_says_itself_is_put_over_the_shared_row_key_by_key(pack: Path) -> None:
    write(pack, PROCEDURE + OVER)

    finish, other, _ = read(pack).steps
    assert (finish.name.vi, finish.target, finish.role) == ("Trả lời", "done", "handler")
    assert other.name.vi == "Làm xong"


def test_a_state_that_is_left_out_takes_the_steps_into_and_out_of_it_along(pack: Path) -> None:
    write(pack, PROCEDURE.replace('like = "office"', 'like = "office", without = ["resting"]'))

    procedure = read(pack)
    assert [state.code for state in procedure.states] == ["asked", "done"]
    assert [(step.act, step.source) for step in procedure.steps] == [("finish", "asked")]


def test_a_flow_may_be_like_another(pack: Path) -> None:
    over = FLOW.replace('"Để đó"', '"Gác lại"')
    shared = 'code = "slow"\nversion = "2025-07-01"\nlike = "office"\n' + over[over.rindex("[[step]]") :]
    (pack / "flows/slow_2025-07-01.toml").write_text(shared, "utf-8")
    write(pack, PROCEDURE.replace('"office"', '"slow"'))

    assert [step.name.vi for step in read(pack).steps] == ["Làm xong", "Làm xong", "Gác lại"]


def test_the_newest_flow_that_is_not_later_than_the_procedure_is_taken(pack: Path) -> None:
    for version, name in (("2025-07-15", "Giữa"), ("2026-01-01", "Sau")):
        text = FLOW.replace("2025-07-01", version).replace("Đã hỏi", name)
        (pack / f"flows/office_{version}.toml").write_text(text, "utf-8")

    assert read(pack).state("asked").name.vi == "Giữa"


def test_a_problem_of_a_shared_row_stands_in_the_flows_file(pack: Path) -> None:
    path = pack / "flows/office_2025-07-01.toml"
    path.write_text(FLOW.replace('role = "handler"\nfact = "rested"', 'role = "nobody"\nfact = "rested"'), "utf-8")

    (found,) = check_packs(pack.parent, ["trial"])
    assert (found.code, found.path) == ("unknown_role", str(path))
    assert path.read_text("utf-8").splitlines()[found.line - 1] == 'role = "nobody"'


def test_a_problem_of_a_step_from_several_states_is_told_once(pack: Path) -> None:
    path = pack / "flows/office_2025-07-01.toml"
    path.write_text(FLOW.replace('role = "handler"\nfact = "finished"', 'role = "nobody"\nfact = "finished"'), "utf-8")

    assert [each.code for each in check_packs(pack.parent, ["trial"])].count("unknown_role") == 1


def test_a_problem_of_an_own_row_stands_in_the_procedures_file(pack: Path) -> None:
    write(pack, PROCEDURE + OVER + 'role = "nobody"\n')

    (found,) = check_packs(pack.parent, ["trial"])
    assert found.path.endswith("question_2025-08-01.toml")
    assert found.line == len((PROCEDURE + OVER).splitlines()) + 1


@pytest.mark.parametrize(
    ("flow", "code"),
    [('{ like = "offices" }', "unknown_shared"), ('{ like = "office", without = ["sleep"] }', "unknown_shared_part")],
)
def test_a_flow_or_a_part_that_is_not_there_is_told(pack: Path, flow: str, code: str) -> None:
    write(pack, PROCEDURE.replace('{ like = "office" }', flow))

    assert code in [each.code for each in check_packs(pack.parent, ["trial"])]


def test_a_circle_of_flows_ends_and_is_told(pack: Path) -> None:
    path = pack / "flows/office_2025-07-01.toml"
    path.write_text(FLOW.replace('start = "asked"', 'like = "office"\nstart = "asked"'), "utf-8")

    assert "unknown_shared" in {each.code for each in check_packs(pack.parent, ["trial"])}


BASE = """
code = "base"
version = "2025-07-01"
name = { vi = "Chung", en = "Base" }

[[page]]
code = "who"
title = { vi = "Ai", en = "Who" }
field = [{ code = "name", kind = "text", label = { vi = "Tên", en = "Name" } }]

[[page]]
code = "how"
title = { vi = "Cách nào", en = "How" }
field = [{ code = "way", kind = "text", label = { vi = "Cách", en = "Way" } }]
"""
LIKE = """
code = "asking"
version = "2025-07-01"
name = { vi = "Hỏi", en = "Asking" }
like = "base"
before = "how"

[[page]]
code = "what"
title = { vi = "Gì", en = "What" }
field = [{ code = "thing", kind = "text", label = { vi = "Việc", en = "Thing" } }]
"""


def test_a_form_may_share_the_pages_of_another_and_put_its_own_between(pack: Path) -> None:
    (pack / "forms").mkdir()
    for code, text in (("asking", LIKE), ("base", BASE)):
        (pack / f"forms/{code}_2025-07-01.toml").write_text(text, "utf-8")

    assert check_packs(pack.parent, ["trial"]) == []
    form = read_packs(pack.parent, ["trial"]).forms["asking", date(2025, 7, 1)]
    assert (form.name.vi, [page.code for page in form.pages]) == ("Hỏi", ["who", "what", "how"])
