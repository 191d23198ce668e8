"""Whether what a procedure names exists: roles, forms, effects, units, notices, and both languages of its words."""

import re
from collections.abc import Collection, Iterator

from tinhso.kernel.flow.conditions import Condition, fields_of
from tinhso.kernel.flow.fee_checks import texts_of
from tinhso.kernel.flow.known import Known
from tinhso.kernel.flow.problem import Place, Problem
from tinhso.kernel.flow.procedure import ASKS, EFFECTS, PAYMENT, SERVICE_LEVELS, TELLING_EFFECTS, Procedure, Step
from tinhso.kernel.flow.texts import Text
from tinhso.kernel.flow.wording import place_name, problem

PROCEDURE_CODE = re.compile(r"\d\.\d{6}(\.H\d{2})?|[a-z][a-z0-9_]*")
LANGUAGES = {"vi": ("Việt", "Vietnamese"), "en": ("Anh", "English")}


def find_reference_problems(procedure: Procedure, known: Known) -> Iterator[Problem]:
    """Everything a procedure names that does not exist."""
    if not PROCEDURE_CODE.fullmatch(procedure.code):
        yield problem("wrong_procedure_code", ("code",), value=procedure.code)
    if procedure.service_level not in SERVICE_LEVELS:
        levels = ", ".join(SERVICE_LEVELS)
        yield problem("unknown_service_level", ("service_level",), level=procedure.service_level, known=levels)
    yield from _unknown("role", _roles(procedure), known.roles)
    yield from _unknown("unit_kind", _unit_kinds(procedure), known.unit_kinds, "unit")
    yield from _unknown("procedure", _sub_procedures(procedure), known.procedures)
    yield from _unknown("effect", _effects(procedure), EFFECTS)
    yield from _form_problems(procedure, known)
    yield from _unknown_asks(procedure, known)
    yield from _missing_notices(procedure, known)


def _unknown(
    kind: str, named: Iterator[tuple[str, Place]], known: Collection[str] | None, key: str = ""
) -> Iterator[Problem]:
    for code, place in dict.fromkeys(named):
        if known is not None and code not in known:
            yield problem(f"unknown_{kind}", place, **{key or kind: code})


def _roles(procedure: Procedure) -> Iterator[tuple[str, Place]]:
    for state in procedure.states:
        if state.holder:
            yield state.holder, ("state", state.row, "holder")
        if state.wait and state.wait.whom != PAYMENT:
            yield state.wait.whom, ("state", state.row, "wait", "for")
    for step in procedure.steps:
        yield step.role, ("step", step.row, "role")


def _unit_kinds(procedure: Procedure) -> Iterator[tuple[str, Place]]:
    for kind in procedure.handled_by:
        yield kind, ("handled_by",)
    for state in procedure.states:
        for row, sub_case in enumerate(state.sub_cases):
            if sub_case.unit:
                yield sub_case.unit, ("state", state.row, "sub_cases", row, "unit")


def _sub_procedures(procedure: Procedure) -> Iterator[tuple[str, Place]]:
    for state in procedure.states:
        for row, sub_case in enumerate(state.sub_cases):
            yield sub_case.procedure, ("state", state.row, "sub_cases", row, "procedure")


def _effects(procedure: Procedure) -> Iterator[tuple[str, Place]]:
    for effect in procedure.opening_effects:
        yield effect, ("flow", "effects")
    for step in procedure.steps:
        for effect in step.effects:
            yield effect, ("step", step.row, "effects")


def _form_problems(procedure: Procedure, known: Known) -> Iterator[Problem]:
    if not procedure.form:
        if procedure.kind == "dossier" and procedure.service_level != "info_only":
            yield problem("missing_form", ("code",), procedure=procedure.code)
        return
    if known.form_fields is None:
        return
    if procedure.form not in known.form_fields:
        yield problem("unknown_form", ("form",), form=procedure.form, version=procedure.version.isoformat())
        return
    fields = {*known.form_fields[procedure.form], *ASKS}
    if procedure.variant and procedure.variant not in fields:
        yield problem("unknown_field", ("variant",), field=procedure.variant, form=procedure.form)
    for condition, place in _conditions(procedure):
        for field in sorted(fields_of(condition) - fields):
            yield problem("unknown_field", place, field=field, form=procedure.form)


def _conditions(procedure: Procedure) -> Iterator[tuple[Condition | None, Place]]:
    for row, paper in enumerate(procedure.papers):
        yield paper.when, ("paper", row, "when")
    for row, limit in enumerate(procedure.limits):
        yield limit.when, ("limit", row, "when")
    for step in _one_of_each_row(procedure):
        yield step.when, ("step", step.row, "when")
    for state in procedure.states:
        for row, sub_case in enumerate(state.sub_cases):
            of_unit = {"field": sub_case.unit_field, "filled": True} if sub_case.unit_field else None
            yield sub_case.when, ("state", state.row, "sub_cases", row, "when")
            yield of_unit, ("state", state.row, "sub_cases", row, "unit_field")


def _one_of_each_row(procedure: Procedure) -> Iterator[Step]:
    yield from {step.row: step for step in procedure.steps}.values()


def _unknown_asks(procedure: Procedure, known: Known) -> Iterator[Problem]:
    fields = (known.form_fields or {}).get(procedure.form, ())
    for step in _one_of_each_row(procedure):
        for ask in step.asks:
            if ask not in ASKS and ask not in fields:
                yield problem("unknown_ask", ("step", step.row, "asks"), act=step.act, ask=ask)


def _missing_notices(procedure: Procedure, known: Known) -> Iterator[Problem]:
    """What the applicant must be told of: papers issued, a day put off, and every end of the case."""
    if procedure.kind != "dossier":
        return
    for state in procedure.states:
        if not state.told:
            yield problem("missing_told", ("state", state.row), state=state.code)
    for step in _one_of_each_row(procedure):
        fact = f"cases.{procedure.kind}.{step.fact}"
        tells = {*TELLING_EFFECTS, "extend_deadline"} & {*step.effects} or procedure.is_final(step.target)
        if tells and known.notices is not None and fact not in known.notices:
            yield problem("missing_notice", ("step", step.row, "fact"), act=step.act, fact=fact)


def find_translation_problems(procedure: Procedure) -> Iterator[Problem]:
    """Words that are missing in one language; a name is missing even where both are."""
    texts: list[tuple[Text, Place]] = [(procedure.name, ("name",))]
    texts += [(procedure.summary, ("summary",)), (procedure.sector, ("sector",))]
    texts += [(procedure.result.name, ("result", "name"))] if procedure.result else []
    texts += texts_of(procedure)
    for row, paper in enumerate(procedure.papers):
        texts += [(paper.name, ("paper", row, "name")), (paper.note, ("paper", row, "note"))]
    for state in procedure.states:
        texts += [(state.name, ("state", state.row, "name")), (state.told, ("state", state.row, "told"))]
    texts += [(step.name, ("step", step.row, "name")) for step in _one_of_each_row(procedure)]
    for text, place in texts:
        yield from untranslated(text, place, required=place[-1] == "name")


def untranslated(text: Text, place: Place, *, required: bool) -> Iterator[Problem]:
    """A problem for each language the text lacks; an empty text lacks none unless it is required."""
    for language, name in LANGUAGES.items():
        if not getattr(text, language).strip() and (text or required):
            other = text.vi or text.en or place_name(place)
            yield problem("missing_translation", place, place=place_name(place), language=name, known=other)
