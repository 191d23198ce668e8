"""The packs that ship: sound, complete, and true to what the law and the portal say."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tinhso.kernel.flow import Procedure
from tinhso.kernel.packs import Form, Packs, check_packs, form_on, procedure_on, read_packs
from tinhso.kernel.packs.notices import SMS_LENGTH

ROOT = Path(__file__).parents[4] / "packs"
TODAY = date(2026, 11, 21)
BORN_IN_HOSPITAL = {"birth_place_kind": "health_facility", "is_surrogate_birth": False, "requester_relation": "mother"}


@pytest.fixture(scope="module")
def packs() -> Packs:
    return read_packs(ROOT, ["lang-son"])


@pytest.fixture(scope="module")
def birth(packs: Packs) -> Procedure:
    found = procedure_on(packs, "1.001193", TODAY)
    assert found
    return found


@pytest.fixture(scope="module")
def marital(packs: Packs) -> Procedure:
    found = procedure_on(packs, "1.004873", TODAY)
    assert found
    return found


def walk(procedure: Procedure, *acts: tuple[str, str], **answers: object) -> list[str]:
    """The states a case goes through when these roles do these acts."""
    states = [procedure.start]
    for role, act in acts:
        states.append(procedure.step(state=states[-1], act=act, roles={role}, answers=answers).target)
    return states


def test_the_packs_of_lang_son_have_no_problem() -> None:
    assert [(problem.path, problem.line, problem.vi) for problem in check_packs(ROOT, ["lang-son"])] == []


def test_a_birth_is_registered_the_same_day_or_the_next_when_it_comes_after_three(birth: Procedure) -> None:
    assert (birth.deadline.amount, birth.deadline.unit) == (Decimal(0), "working_day")
    assert f"{birth.deadline.cut_off:%H:%M}" == "15:00"
    assert birth.extension.times == 1


def test_the_whole_way_of_a_birth_registration(birth: Procedure) -> None:
    way = walk(
        birth, ("receptionist", "accept"), ("handler", "propose"), ("leader", "sign"), ("receptionist", "hand_over")
    )
    assert way == ["registered", "accepted", "proposed", "resolved", "returned"]
    assert [birth.state(code).national for code in way] == [1, 2, 4, 9, 10]
    assert birth.state(way[-1]).name.vi == "Đã trả kết quả"


@pytest.mark.parametrize(
    ("acts", "end"),
    [
        ([("receptionist", "decline")], "not_accepted"),
        ([("receptionist", "request_supplement"), ("applicant", "supplement"), ("receptionist", "accept")], "accepted"),
        ([("receptionist", "request_supplement"), ("system", "lapse")], "not_accepted"),
        ([("receptionist", "accept"), ("handler", "verify"), ("handler", "finish_verification")], "processing"),
        (
            [("receptionist", "accept"), ("handler", "propose"), ("leader", "send_back"), ("handler", "propose")],
            "proposed",
        ),
        ([("receptionist", "accept"), ("handler", "request_supplement"), ("applicant", "supplement")], "processing"),
        ([("receptionist", "accept"), ("handler", "request_supplement"), ("system", "lapse")], "stopped"),
        ([("receptionist", "accept"), ("handler", "propose_refusal"), ("leader", "sign_refusal")], "stopped"),
        ([("applicant", "withdraw")], "withdrawn"),
        ([("receptionist", "accept"), ("applicant", "withdraw"), ("handler", "agree_withdrawal")], "withdrawn"),
        ([("receptionist", "accept"), ("applicant", "withdraw"), ("handler", "refuse_withdrawal")], "processing"),
    ],
)
def test_the_other_ways_of_a_birth_registration(birth: Procedure, acts: list, end: str) -> None:
    assert walk(birth, *acts)[-1] == end


def test_after_a_supplement_the_time_limit_starts_again(birth: Procedure) -> None:
    for role, act in (("applicant", "supplement"), ("receptionist", "receive_supplement")):
        step = birth.step(state="supplement_required", act=act, roles={role})
        assert "reset_clock" in step.effects


def test_a_child_born_in_a_hospital_needs_the_notification_only(birth: Procedure) -> None:
    assert [paper.code for paper in birth.papers_for(BORN_IN_HOSPITAL)] == ["birth_proof"]


@pytest.mark.parametrize(
    ("answers", "papers"),
    [
        ({"birth_place_kind": "elsewhere", "has_witness": True}, ["witness_statement"]),
        ({"birth_place_kind": "elsewhere", "has_witness": False}, ["birth_declaration"]),
        (BORN_IN_HOSPITAL | {"is_surrogate_birth": True}, ["birth_proof", "surrogacy_confirmation"]),
        (BORN_IN_HOSPITAL | {"requester_relation": "authorised"}, ["birth_proof", "authorisation"]),
        ({"requester_relation": "guardian_of_abandoned"}, ["abandonment_record"]),
        (BORN_IN_HOSPITAL | {"residence_known": False}, ["birth_proof", "residence_proof"]),
    ],
)
def test_other_births_need_other_papers(birth: Procedure, answers: dict, papers: list[str]) -> None:
    assert [paper.code for paper in birth.papers_for(answers)] == papers


def test_a_former_commune_is_asked_in_a_case_of_its_own_with_its_own_limit(packs: Packs, marital: Procedure) -> None:
    answers = {"lived_elsewhere": True, "former_commune": "06211@2020-01-01"}
    way = walk(
        marital, ("receptionist", "accept"), ("handler", "ask_former_commune"), ("system", "take_up_answers"), **answers
    )
    assert way[-2:] == ["asking_former_commune", "processing"]

    (sub_case,) = marital.state("asking_former_commune").sub_cases
    asked = procedure_on(packs, sub_case.procedure, TODAY)
    assert (asked.deadline.amount, asked.deadline.unit) == (Decimal(3), "working_day")
    assert walk(asked, ("handler", "answer"))[-1] == "answered"
    assert walk(asked, ("system", asked.state("asked").wait.then))[-1] == "unanswered"


def test_nobody_is_asked_when_the_person_never_lived_elsewhere(marital: Procedure) -> None:
    acts = {step.act for step in marital.steps_from("accepted", ["handler"], {"lived_elsewhere": False})}
    assert "ask_former_commune" not in acts
    assert "propose" in acts


def test_every_dossier_may_be_withdrawn_until_its_result_is_signed(birth: Procedure, marital: Procedure) -> None:
    for procedure in (birth, marital):
        kept = {
            state.code
            for state in procedure.states
            if not procedure.is_final(state.code) and not procedure.steps_from(state.code, ["applicant"])
        }
        assert kept - {"sealing"} == {"resolved", "withdrawal_requested"}  # what is sealed was signed before


def forms(packs: Packs) -> list[Form]:
    return [form_on(packs, code, TODAY) for code in ("birth_registration", "marital_status")]


def test_the_forms_say_whence_they_are_prefilled(packs: Packs) -> None:
    birth, marital = forms(packs)
    assert birth.field("requester_number").meaning == "person.number"
    assert birth.field("mother_name").meaning == "relation.mother.name"
    assert marital.field("spouse_name").meaning == "spouse.name"


def test_the_father_is_asked_about_only_when_he_is_to_be_named(packs: Packs) -> None:
    birth, _ = forms(packs)
    about_him = [field for field in birth.fields() if field.code.startswith("father_")]
    assert len(about_him) == 6
    assert all(field.when == {"field": "has_father", "equals": True} for field in about_him)


def test_names_may_be_sixty_characters_long(packs: Packs) -> None:
    names = [field for form in forms(packs) for field in form.fields() if field.kind == "person_name"]
    assert names
    assert all(field.max_length == 60 for field in names)


def test_what_happens_to_a_dossier_is_told_on_every_channel(packs: Packs) -> None:
    for verb in (
        "filed",
        "accepted",
        "not_accepted",
        "supplement_required",
        "resolved",
        "returned",
        "extended",
        "withdrawn",
    ):
        text = packs.texts[f"cases.dossier.{verb}"]
        assert all((text.in_app, text.email_subject, text.email_body, text.sms, text.zalo))


def test_text_messages_have_no_diacritics_and_fit_one_message(packs: Packs) -> None:
    messages = [words for text in packs.texts.values() for words in (text.sms.vi, text.sms.en) if words]
    assert messages
    assert all(words.isascii() and len(words) < SMS_LENGTH for words in messages)
