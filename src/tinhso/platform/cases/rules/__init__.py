"""What an act does to a case: decided from the procedure's table, without database or clock."""

from tinhso.platform.cases.rules.effects import EFFECTS, clock_due, due_for
from tinhso.platform.cases.rules.planning import place, plan_act
from tinhso.platform.cases.rules.standing import (
    VIETNAM,
    Move,
    NoClock,
    Standing,
    Surroundings,
    WrongUnit,
    limit_of,
    new_standing,
)

__all__ = [
    "EFFECTS",
    "VIETNAM",
    "Move",
    "NoClock",
    "Standing",
    "Surroundings",
    "WrongUnit",
    "clock_due",
    "due_for",
    "limit_of",
    "new_standing",
    "place",
    "plan_act",
]
