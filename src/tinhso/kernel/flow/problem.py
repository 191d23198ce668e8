"""A problem in a pack: what is wrong, in both languages, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Place = tuple[str | int, ...]
Wording = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One thing that is wrong.

    `place` leads to it in its table, as ("step", 2, "role"); `path` and `line` are filled in once its file is known.
    """

    code: str
    vi: str
    en: str
    place: Place = ()
    path: str = ""
    line: int = 0

    def in_language(self, language: str) -> str:
        """The sentence in that language ("vi" or "en")."""
        return self.en if language.startswith("en") else self.vi


class Invalid(ValueError):
    """Something of a pack cannot be read; `problems` says everything that is wrong with its shape."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.vi for problem in self.problems))


class InvalidProcedure(Invalid):
    """A table that is no procedure."""


def worded(wording: Wording, code: str, place: Place, /, **named: object) -> Problem:
    """The problem of that code, its sentences filled with what is named; a pair is said as (Vietnamese, English)."""
    vi, en = (
        sentence.format(**{key: value[index] if isinstance(value, tuple) else value for key, value in named.items()})
        for index, sentence in enumerate(wording[code])
    )
    return Problem(code, vi, en, place)
