"""Procedures as tables: what a step does, who may take it, what is wrong with a flow, and its picture."""

from tinhso.kernel.flow.checks import find_problems
from tinhso.kernel.flow.conditions import Condition, fields_of, holds, is_filled
from tinhso.kernel.flow.drawing import draw_svg
from tinhso.kernel.flow.fees import DAYS_SINCE, NO_TARIFF, Fee, LocalFee, Price, Relief, Tariff, Tier, WideReduction
from tinhso.kernel.flow.known import Known
from tinhso.kernel.flow.problem import Invalid, InvalidProcedure, Place, Problem
from tinhso.kernel.flow.procedure import (
    APPLICANT,
    ASKS,
    EFFECTS,
    PAY,
    PAYMENT,
    SYSTEM,
    UNITS_OF_TIME,
    Deadline,
    Extension,
    Incomplete,
    NotAllowed,
    PaperRule,
    Procedure,
    Result,
    Source,
    State,
    Step,
    SubCase,
    Wait,
)
from tinhso.kernel.flow.reading import read_procedure
from tinhso.kernel.flow.texts import NO_TEXT, Text

__all__ = [
    "APPLICANT",
    "ASKS",
    "DAYS_SINCE",
    "EFFECTS",
    "NO_TARIFF",
    "NO_TEXT",
    "PAY",
    "PAYMENT",
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
    "LocalFee",
    "NotAllowed",
    "PaperRule",
    "Place",
    "Price",
    "Problem",
    "Procedure",
    "Relief",
    "Result",
    "Source",
    "State",
    "Step",
    "SubCase",
    "Tariff",
    "Text",
    "Tier",
    "Wait",
    "WideReduction",
    "draw_svg",
    "fields_of",
    "find_problems",
    "holds",
    "is_filled",
    "read_procedure",
]
