"""Finding a procedure in people's own words, with or without diacritics."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tinhso.kernel.flow import Procedure
from tinhso.kernel.vietnamese import bigrams, syllables
from tinhso.platform.cases.queries import list_procedures

ENOUGH = 0.34
STOP_WORDS = frozenset(
    syllables("làm thủ tục đăng ký xin giấy tờ cho của ở đâu thế nào như cần gì tôi muốn để và the to of a for how")
)


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure and how well it answers the words, 0 to 1."""

    procedure: Procedure
    score: float


def find_procedures(text: str, on: date, *, limit: int = 20) -> list[Found]:
    """The procedures in force that day that answer the words, best first; an exact code stands alone."""
    procedures = list_procedures(on)
    typed = text.strip()
    exact = [Found(procedure, 1.0) for procedure in procedures if procedure.code == typed]
    if exact or not typed:
        return exact
    scored = [Found(procedure, _score(typed, procedure)) for procedure in procedures]
    found = sorted(
        (each for each in scored if each.score >= ENOUGH), key=lambda each: (-each.score, each.procedure.code)
    )
    return found[:limit]


def _score(text: str, procedure: Procedure) -> float:
    asked = _terms(text)
    return (
        max((len(asked & terms) / len(asked) * weight for terms, weight in _texts(procedure)), default=0.0)
        if asked
        else 0.0
    )


def _texts(procedure: Procedure) -> tuple[tuple[frozenset[str], float], ...]:
    names = [procedure.name.vi, procedure.name.en, *procedure.aliases]
    strong = frozenset[str]().union(*(_terms(name) for name in names))
    weak = strong | _terms(procedure.summary.vi) | _terms(procedure.summary.en) | _terms(procedure.sector.vi)
    return (strong, 1.0), (weak, 0.6)


def _terms(text: str) -> frozenset[str]:
    """Syllables that mean something, and pairs of neighbours; all syllables when none does."""
    words = syllables(text)
    telling = [word for word in words if word not in STOP_WORDS]
    return frozenset(telling or words) | frozenset(bigrams(text))


def by_life_event(procedures: Iterable[Procedure]) -> dict[str, list[Procedure]]:
    """Procedures by the event of life that they belong to, in the order they come."""
    events: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        events.setdefault(procedure.life_event or "other", []).append(procedure)
    return events
