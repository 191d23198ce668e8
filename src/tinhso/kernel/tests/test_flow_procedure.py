"""Reading a procedure, finding its steps, refusing what is not open, asking for papers."""

import json
import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from tinhso.kernel.flow import (
    Deadline,
    Incomplete,
    InvalidProcedure,
    NotAllowed,
    Procedure,
    Text,
    read_procedure,
)

TRIAL = Path(__file__).parent / "test_packs_trial/trial/procedures/9.000001_2025-07-01.toml"


@pytest.fixture
def table() -> dict:
    return tomllib.loads(TRIAL.read_text("utf-8"))


@pytest.fixture
def stall(table: dict) -> Procedure:
    return read_procedure(table)


def test_a_procedure_is_read_with_its_types(stall: Procedure) -> None:
    assert (stall.code, stall.version, stall.start) == ("9.000001", date(2025, 7, 1), "filed")
    assert stall.deadline == Deadline(Decimal(3), "working_day", time(15, 0))
    assert stall.state("completing").wait.limit == Deadline(Decimal(10), "day")
    assert [sub_case.unit_field for sub_case in stall.state("asking").sub_cases] == ["", "neighbour"]
    assert stall.is_final("given")
    assert not stall.is_final("filed")
    with pytest.raises(KeyError):
        stall.state("lost")


def test_a_procedure_kept_as_json_is_read_the_same(table: dict, stall: Procedure) -> None:
    assert read_procedure(json.loads(json.dumps(table))) == stall


def test_half_a_working_day_stays_half_a_working_day(table: dict) -> None:
    table["deadline"] = {"amount": 0.5, "unit": "working_day"}
    assert read_procedure(table).deadline.amount == Decimal("0.5")


def test_an_act_from_several_states_is_one_step_for_each(table: dict) -> None:
    table["step"][0]["source"] = ["filed", "signing"]
    steps = [step for step in read_procedure(table).steps if step.act == "accept"]
    assert [(step.source, step.row) for step in steps] == [("filed", 0), ("signing", 0)]


def test_a_table_with_many_faults_tells_them_all_at_once(table: dict) -> None:
    del table["kind"]
    table["state"][0]["national"] = "one"
    table["colour"] = "red"
    with pytest.raises(InvalidProcedure) as refused:
        read_procedure(table)
    assert [problem.place for problem in refused.value.problems] == [("kind",), ("state", 0, "national"), ("colour",)]


def test_a_service_that_only_informs_needs_no_flow() -> None:
    words = {"vi": "Hỏi đáp", "en": "Questions"}
    told = {"code": "9.000009", "version": "2025-07-01", "kind": "dossier", "name": words, "service_level": "info_only"}
    assert read_procedure(told).states == ()


def test_the_open_steps_are_those_of_the_state_and_the_role(stall: Procedure) -> None:
    assert [step.act for step in stall.steps_from("filed")] == ["accept", "decline"]
    assert [step.act for step in stall.steps_from("completing", ["applicant"])] == ["supplement"]
    assert stall.steps_from("filed", ["leader"]) == ()


def test_the_same_act_goes_where_the_answers_say(stall: Procedure) -> None:
    def goes_to(size: str) -> str:
        return stall.step(state="examined", act="propose", roles={"handler"}, answers={"size": size}).target

    assert (goes_to("small"), goes_to("large")) == ("signing", "asking")
    with pytest.raises(NotAllowed):
        stall.step(state="examined", act="propose", roles={"handler"})


def test_an_act_that_is_not_open_is_refused_with_those_that_are(stall: Procedure) -> None:
    with pytest.raises(NotAllowed) as refused:
        stall.step(state="filed", act="sign", roles={"receptionist"})
    assert refused.value.open_acts == ("accept", "decline")
    assert refused.value.vi == (
        "Không thể “Ký” khi hồ sơ đang ở trạng thái “Mới nộp”. Bạn có thể: “Tiếp nhận”, “Không nhận”."
    )
    assert (
        refused.value.en == "“Sign” is not possible while the dossier stands at “Filed”. You can: “Accept”, “Decline”."
    )


def test_somebody_without_any_act_is_told_so(stall: Procedure) -> None:
    with pytest.raises(NotAllowed, match="Lúc này bạn không có việc nào để làm"):
        stall.step(state="filed", act="accept", roles=set())


def test_an_act_without_what_it_asks_for_is_incomplete(stall: Procedure) -> None:
    step = stall.step(state="filed", act="decline", roles={"receptionist"})
    with pytest.raises(Incomplete) as refused:
        step.check({"reasons": "  "})
    assert refused.value.missing == ("reasons",)
    step.check({"reasons": "Thiếu bản vẽ"})


def test_papers_are_asked_for_when_their_condition_holds(stall: Procedure) -> None:
    assert [paper.code for paper in stall.papers_for({"size": "large"})] == ["plan", "photo"]
    assert [paper.code for paper in stall.papers_for({"size": "small"})] == ["photo"]


def test_words_missing_in_english_are_said_in_vietnamese() -> None:
    assert Text("Ký").in_language("en") == "Ký"
    assert Text("Ký", "Sign").in_language("en-gb") == "Sign"
    assert not Text()
