"""From a table of a pack to a procedure: every wrong value is collected before anything is refused."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tinhso.kernel.flow.fee_reading import read_fee
from tinhso.kernel.flow.problem import InvalidProcedure, Problem
from tinhso.kernel.flow.procedure import (
    Deadline,
    Extension,
    Limit,
    PaperRule,
    Procedure,
    Result,
    Source,
    State,
    Step,
    SubCase,
    Wait,
)
from tinhso.kernel.flow.tables import REQUIRED, Table

NO_DEADLINE = Deadline(Decimal(0), "working_day")


def read_procedure(table: Mapping[str, Any]) -> Procedure:
    """
    The procedure that a table of a pack describes.

    Only its shape is judged here; `find_problems` judges whether it can be lived with.

    :raises InvalidProcedure: keys are missing, unknown or of the wrong type; carries all problems
    """
    problems: list[Problem] = []
    procedure = _procedure(Table(table, problems))
    if problems:
        raise InvalidProcedure(problems)
    return procedure


def _procedure(table: Table) -> Procedure:
    parts: dict[str, Any] = _what_it_is(table) | _what_it_asks(table) | _flow(table)
    table.close()
    return Procedure(**parts)


def _what_it_is(table: Table) -> dict[str, Any]:
    return {
        "code": table.string("code"),
        "version": table.day("version"),
        "kind": table.code("kind"),
        "name": table.text("name"),
        "summary": table.text("summary", None),
        "aliases": table.strings("aliases"),
        "life_event": table.code("life_event", ""),
        "sector": table.text("sector", None),
        "handled_by": table.strings("handled_by"),
        "service_level": table.string("service_level", "full"),
        "form": table.code("form", ""),
        "sources": tuple(_source(row) for row in table.tables("sources")),
    }


def _what_it_asks(table: Table) -> dict[str, Any]:
    return {
        "fees": tuple(read_fee(row) for row in table.tables("fee")),
        "variant": table.code("variant", ""),
        "deadline": table.deadline("deadline"),
        "due_given": table.yes("due_given", default=False),
        "limits": tuple(_limit(row) for row in table.tables("limit")),
        "extension": _extension(table.table("extension", None)),
        "result": _result(table.table("result", None)),
        "papers": tuple(_paper(row) for row in table.tables("paper")),
    }


def _flow(table: Table) -> dict[str, Any]:
    without_flow = table.values.get("service_level") == "info_only"
    flow = table.table("flow", None if without_flow else REQUIRED)
    parts: dict[str, Any] = {
        "states": tuple(_state(row) for row in table.tables("state")),
        "steps": tuple(step for row in table.tables("step") for step in _steps(row)),
    }
    if flow is not None:
        parts |= {
            "start": flow.code("start"),
            "final": flow.strings("final", REQUIRED),
            "opening_effects": flow.strings("effects"),
        }
        flow.close()
    return parts


def _source(table: Table) -> Source:
    source = Source(table.string("title"), table.string("note", ""))
    table.close()
    return source


def _limit(table: Table) -> Limit:
    limit = Limit(table.deadline("deadline", REQUIRED) or NO_DEADLINE, table.strings("channels"), table.condition())
    table.close()
    return limit


def _extension(table: Table | None) -> Extension:
    if table is None:
        return Extension()
    extension = Extension(table.whole("times"), table.string("source", ""))
    table.close()
    return extension


def _result(table: Table | None) -> Result | None:
    if table is None:
        return None
    result = Result(table.string("code"), table.text("name"), table.code("template", ""))
    table.close()
    return result


def _paper(table: Table) -> PaperRule:
    paper = PaperRule(
        code=table.code("code"),
        name=table.text("name"),
        required=table.yes("required", default=True),
        when=table.condition(),
        note=table.text("note", None),
        originals=table.whole("originals"),
        copies=table.whole("copies"),
        max_megabytes=table.whole("max_megabytes", 10, least=1),
        result=table.string("result", ""),
    )
    table.close()
    return paper


def _state(table: Table) -> State:
    state = State(
        code=table.code("code"),
        name=table.text("name"),
        told=table.text("told", None),
        national=table.whole_or_none("national", 1),
        holder=table.code("holder", ""),
        wait=_wait(table.table("wait", None)),
        sub_cases=tuple(_sub_case(row) for row in table.tables("sub_cases")),
        join=table.string("join", ""),
        then=table.code("then", ""),
        deadline=table.deadline("deadline"),
        caused=table.strings("caused"),
        row=table.row,
    )
    table.close()
    return state


def _wait(table: Table | None) -> Wait | None:
    if table is None:
        return None
    wait = Wait(table.code("for"), table.deadline("limit"), table.code("then", ""))
    table.close()
    return wait


def _sub_case(table: Table) -> SubCase:
    sub_case = SubCase(
        table.string("procedure"), table.code("unit", ""), table.code("unit_field", ""), table.condition()
    )
    table.close()
    return sub_case


def _steps(table: Table) -> list[Step]:
    """The steps of one row: one for each state the act may be done from."""
    one = isinstance(table.values.get("source"), str)
    sources = (table.code("source"),) if one else table.strings("source", REQUIRED)
    parts: dict[str, Any] = {
        "act": table.code("act"),
        "name": table.text("name"),
        "target": table.code("target"),
        "role": table.code("role"),
        "fact": table.code("fact"),
        "asks": table.strings("asks"),
        "when": table.condition(),
        "effects": table.strings("effects"),
        "row": table.row,
    }
    table.close()
    return [Step(source=source, **parts) for source in sources]
