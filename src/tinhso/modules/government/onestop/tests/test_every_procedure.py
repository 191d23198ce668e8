"""Every procedure of the packs can be filed in each of its cases, and comes to an end with nothing hanging on the way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from tinhso.kernel.flow import Procedure, holds
from tinhso.kernel.packs import Field, Form, Packs, form_on, read_packs
from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.government.onestop.actions import filing
from tinhso.modules.government.onestop.tests.conftest import (
    COMMUNE,
    FRIDAY,
    ONE_PIXEL,
    PROVINCE,
    Commune,
    appoint,
)  # fmt: skip
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.rules import due_for
from tinhso.platform.files.actions import store_file
from tinhso.platform.forms.rules import validate
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries import get_calendar
from tinhso.platform.units.queries.keeping import forget_units

DAY = FRIDAY.astimezone(VIETNAM).date()
FORWARD = (
    "accept", "note", "consult", "ask_tax", "start_parts", "ask_former_commune", "ask_payment", "propose", "sign",
    "seal", "hand_over",
)  # fmt: skip
ONCE = ("consult", "ask_tax", "ask_former_commune")  # what a second time would only repeat
ROLES = ("receptionist", "handler", "leader", "clerk")
NUMBER = "020195004817"


def in_force(packs: Packs) -> dict[str, Procedure]:
    """The text of each procedure on the day, those that are filed by people."""
    newest = {code: packs.procedures[code, version] for code, version in sorted(packs.procedures) if version <= DAY}
    return {code: each for code, each in newest.items() if each.kind == "dossier" and each.service_level != "info_only"}


PACKS = read_packs(settings.PACKS_ROOT, ["lang-son"])


def sorts_of(procedure: Procedure) -> list[str]:
    """The cases (trường hợp) of a procedure; one without a name where it has none."""
    form = form_on(PACKS, procedure.form, DAY)
    asked = next((field for field in form.fields() if field.code == procedure.variant), None)
    return [option.code for option in asked.options] if asked else [""]


@pytest.fixture
def agencies(commune: Commune) -> dict[str, str]:
    """Beside the commune: one unit of each kind that takes dossiers in or is asked, with somebody in every seat."""
    kinds = {kind for each in in_force(PACKS).values() for kind in each.handled_by}
    found = {"commune": COMMUNE}
    for number, kind in enumerate(
        sorted({*kinds, "tax", "social_insurance", "culture_tourism"} - {"commune"}), start=60
    ):
        key, above = f"H90.{number}@2025-07-01", [PROVINCE, COMMUNE] if kind == "commune_police" else [PROVINCE]
        Unit.objects.create(
            key=key, code=f"H90.{number}", kind="department", designation=kind, name=kind, name_en=kind, name_folded=kind,
            parent_key=above[-1], path=[*above, key], valid_from=date(2025, 7, 1), agency_code=f"H90.{number}",
        )  # fmt: skip
        found[kind] = key
    forget_units()
    return found


@dataclass
class Office:
    """Who acts where: officers are appointed when a unit first needs one."""

    commune: Commune
    seated: dict[tuple[str, str], Actor]

    def actor(self, role: str, unit_key: str) -> Actor:
        if role == "system":
            return SYSTEM
        if unit_key == COMMUNE:
            return self.commune.officers[role]
        if (role, unit_key) not in self.seated:
            self.seated[role, unit_key] = appoint(f"{role}-{unit_key}", role, unit_key)
        return self.seated[role, unit_key]


def answered(form: Form, variant: tuple[str, str]) -> dict[str, Any]:
    """Answers that a careful person would give: everything asked, the simplest value of each."""
    answers: dict[str, Any] = {}
    for page in form.pages:
        for field in page.fields if holds(page.when, answers) else ():
            if holds(field.when, answers):
                answers[field.code] = variant[1] if field.code == variant[0] else value_of(field)
    return answers


def value_of(field: Field) -> Any:
    simple = {
        "personal_number": NUMBER, "person_name": "Hoàng Thị Mai", "phone": "0900000011", "email": "mai@example.vn",
        "yes_no": False, "unit": COMMUNE, "money": 5_000_000,
    }  # fmt: skip
    if field.kind in simple:
        return simple[field.kind]
    if field.kind == "choice":
        return field.options[0].code
    if field.kind == "group":
        return [{child.code: value_of(child) for child in field.fields} for _ in range(max(1, field.min or 0))]
    if field.kind == "date":
        days = max(field.min or -9000, min(field.max if field.max is not None else 9000, 5))
        return (DAY + timedelta(days=days)).isoformat()
    return max(1, field.min or 1) if field.kind == "number" else "Thôn Nà Mò"


def filed(procedure: Procedure, sort: str, commune: Commune, unit_key: str) -> str:
    """Mai files it, with every paper that this case asks for; the tracking id."""
    form = form_on(PACKS, procedure.form, DAY)
    answers = answered(form, (procedure.variant, sort))
    assert validate(form, answers, on=DAY).problems == ()
    kept = store_file(content=ONE_PIXEL, name="giay.png", actor=commune.mai, now=FRIDAY)
    papers = {paper.code: [kept.sha256] for paper in procedure.papers_for(answers) if paper.required}
    told = filing.Told(procedure, form, unit_key, answers, papers)
    return filing.file_dossier(told=told, key=f"{procedure.code} {sort}", actor=commune.mai, now=FRIDAY).public_id


def walk(public_id: str, office: Office) -> list[str]:
    """Take the way forward until the case is over; the day promised is the day of the rule. The acts taken."""
    now, taken = FRIDAY, list[str]()
    while (case := queries.get_case(public_id)).closed_at is None:
        now += timedelta(minutes=1)
        assert queries.list_hanging(now) == []
        children = Case.objects.filter(parent_id=case.case_id, closed_at=None).order_by("id")
        if children:
            answer(children[0], office, now)
            continue
        steps = case.procedure.steps_from(case.state.code, None, case.data)
        open_acts = {step.act: step for step in steps}
        wanted = ["pay"] if case.state.wait and case.state.wait.whom == "payment" else FORWARD
        act = next(each for each in wanted if each in open_acts and not (each in ONCE and each in taken))
        actor = office.actor(open_acts[act].role, case.unit_key)
        cases.act_on_case(
            public_id=public_id, act=act, actor=actor, now=now, answers={"note": "Đã xem.", "reasons": "Cần."}
        )
        taken.append(act)
        if act == "accept" or case.procedure.opening_effects:
            start = now if act == "accept" else case.filed_at
            promised = queries.get_case(public_id).due_at
            assert promised == due_for(case.deadline, start, get_calendar(case.unit_key, DAY))
    return taken


def answer(child: Case, office: Office, now: datetime) -> None:
    """The agency that was asked does its part."""
    act = {"opinion": "answer", "part": "finish"}[child.kind]
    actor = office.actor("handler", child.unit_key)
    cases.act_on_case(public_id=child.public_id, act=act, actor=actor, now=now, answers={"note": "Đồng ý."})


@pytest.mark.parametrize("code", sorted(in_force(PACKS)))
def test_it_is_filed_with_what_each_case_asks_and_comes_to_its_end(
    code: str, commune: Commune, agencies: dict[str, str]
) -> None:
    procedure = in_force(PACKS)[code]
    office, unit_key = Office(commune, {}), agencies[procedure.handled_by[0]]
    for sort in sorts_of(procedure):
        public_id = filed(procedure, sort, commune, unit_key)

        taken = walk(public_id, office)

        case = queries.get_case(public_id)
        assert case.state.national in {2, 10}, (sort, taken)
        assert case.code
        assert not Case.objects.filter(closed_at=None).exists()


def test_forty_procedures_can_be_filed() -> None:
    assert len(in_force(PACKS)) >= 40
