"""The only writers of cases: open, act, keep papers and results, let waits expire, load procedures, tell applicants."""

from tinhso.platform.cases.actions.expiring import expire_waits
from tinhso.platform.cases.actions.keeping import add_papers, attach_result, load_procedures, mark_delivered
from tinhso.platform.cases.actions.moving import (
    ChangedMeanwhile,
    Moved,
    NoSuchCase,
    Outcome,
    act_on_case,
    act_on_cases,
)
from tinhso.platform.cases.actions.opening import Filing, KeyReused, Opened, open_case, open_sub_cases
from tinhso.platform.cases.actions.repeating import RequestChanged, do_once
from tinhso.platform.cases.actions.telling import tell_applicant

__all__ = [
    "ChangedMeanwhile",
    "Filing",
    "KeyReused",
    "Moved",
    "NoSuchCase",
    "Opened",
    "Outcome",
    "RequestChanged",
    "act_on_case",
    "act_on_cases",
    "add_papers",
    "attach_result",
    "do_once",
    "expire_waits",
    "load_procedures",
    "mark_delivered",
    "open_case",
    "open_sub_cases",
    "tell_applicant",
]
