"""What is asked of a register outside, and how it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tinhso.platform.outside import Refused, Unreachable

__all__ = ["Answer", "OutsideRegister", "Question", "Refused", "Unreachable"]


@dataclass(frozen=True, slots=True)
class Question:
    """
    What one register is asked about one person, and what for.

    `number` is the personal number, `fields` what is wanted and nothing else, by its path ("person.ethnic_group",
    "household.address"); `purpose` is the code of the procedure, `issue` tells the filing that caused it.
    """

    number: str
    fields: frozenset[str]
    purpose: str
    issue: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register holds of what was asked, as of a day; empty where it knows no such person."""

    values: Mapping[str, str]
    as_of: date


class OutsideRegister(Protocol):
    """One register of the State outside of this platform."""

    def ask(self, question: Question) -> Answer:
        """
        What it holds.

        :raises Unreachable: no usable answer came
        :raises Refused: it does not answer this to us
        """
        ...
