"""What happened to a report: the acts of its case in words, who did them, with which reasons."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.kernel.flow import Text
from tinhso.modules.government.reporting.models import Report
from tinhso.platform.cases.queries import get_case, get_remarks
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.queries import get_names

OPENED = Text("Mở báo cáo", "Opened")
SYSTEM_NAME = "Hệ thống"


@dataclass(frozen=True, slots=True)
class Happened:
    """One act: what, who, when, and the reasons given with it."""

    title: Text
    actor_name: str
    at: datetime
    reasons: str = ""


def read_history(row: Report) -> list[Happened]:
    """The acts on the report, the latest first; saving cells is not an act."""
    case = get_case(row.public_id)
    names = {f"cases.report.{step.fact}": step.name for step in case.procedure.steps} | {"cases.report.filed": OPENED}
    facts = [fact for fact in list_facts(row.public_id) if fact.kind in names and fact.kind != "cases.report.begun"]
    people = get_names({fact.actor_code for fact in facts})
    remarks = [(each.act, each.written_at, each.answers) for each in get_remarks(case.case_id).values()]
    found = []
    for fact in facts:
        act = fact.body.get("act")
        told = [
            str(answers.get("reasons", "")) for done, at, answers in remarks if done == act and at == fact.happened_at
        ]
        reasons = told[0] if told and act != "submit" else ""
        who = people.get(fact.actor_code, SYSTEM_NAME)
        found.append(Happened(names[fact.kind], who, fact.happened_at, reasons))
    return found[::-1]
