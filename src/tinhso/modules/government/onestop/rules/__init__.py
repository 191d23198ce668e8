"""The one-stop module's rules: who may see, what an act asks, how deadlines and history read. No database, no clock."""

from tinhso.modules.government.onestop.rules.asking import (
    AskedPaper,
    Fault,
    Outcome,
    Typed,
    brings_papers,
    is_bulk,
    needs_page,
    papers_asked,
    read_answers,
    way_of,
)
from tinhso.modules.government.onestop.rules.seeing import Seeing, purpose_of, seeing_of
from tinhso.modules.government.onestop.rules.timeline import Past, remark_of, tell_past
from tinhso.modules.government.onestop.rules.words import (
    TROUBLES,
    Badge,
    brief_moment,
    case_badge,
    due_badge,
    in_words,
    lateness,
    moment,
    said,
    since_badge,
    tonight,
)

__all__ = [
    "TROUBLES",
    "AskedPaper",
    "Badge",
    "Fault",
    "Outcome",
    "Past",
    "Seeing",
    "Typed",
    "brief_moment",
    "brings_papers",
    "case_badge",
    "due_badge",
    "in_words",
    "is_bulk",
    "lateness",
    "moment",
    "needs_page",
    "papers_asked",
    "purpose_of",
    "read_answers",
    "remark_of",
    "said",
    "seeing_of",
    "since_badge",
    "tell_past",
    "tonight",
    "way_of",
]
