"""Procedures as tables: what a step does, who may take it, what is wrong with a flow, and its picture."""

from tinhso.kernel.flow.checks import find_problems
from tinhso.kernel.flow.conditions import Condition, fields_of, holds, is_filled
from tinhso.kernel.flow.drawing import draw_svg
from tinhso.kernel.flow.known import Known
from tinhso.kernel.flow.problem import Invalid, InvalidProcedure, Place, Problem
from tinhso.kernel.flow.procedure import (
    APPLICANT,
    ASKS,
    EFFECTS,
    NO_TEXT,
    SYSTEM,
    UNITS_OF_TIME,
    Deadline,
    Extension,
    Fee,
    Incomplete,
    NotAllowed,
    PaperRule,
    Procedure,
    Result,
    Source,
    State,
    Step,
    SubCase,
    Text,
    Wait,
)
from tinhso.kernel.flow.reading import read_procedure

__all__ = [
    "APPLICANT",
    "ASKS",
    "EFFECTS",
    "NO_TEXT",
    "SYSTEM",
    "UNITS_OF_TIME",
    "Condition",
    "Deadline",
    "Extension",
    "Fee",
    "Incomplete",
    "Invalid",
    "InvalidProcedure",
    "Known",
    "NotAllowed",
    "PaperRule",
    "Place",
    "Problem",
    "Procedure",
    "Result",
    "Source",
    "State",
    "Step",
    "SubCase",
    "Text",
    "Wait",
    "draw_svg",
    "fields_of",
    "find_problems",
    "holds",
    "is_filled",
    "read_procedure",
]
