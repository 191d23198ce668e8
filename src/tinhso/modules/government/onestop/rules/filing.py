"""Filing: what is held about the person, which papers are asked and missing, what a dossier is called, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tinhso.kernel.flow import PaperRule, Procedure, Text
from tinhso.kernel.packs import Form
from tinhso.platform.files.rules import DEFAULT_LIMITS, MEGABYTE, Limits
from tinhso.platform.forms.rules import Held, shown_pages
from tinhso.platform.people.rules import HELPER, RECEPTIONIST, Actor

UNIT: Final = "_unit"  # in a draft's answers: the unit that is to handle the case; no field of a pack begins so
APPLICANT: Final = "_applicant"  # in an officer's draft: the person it is filed for
CHANNEL: Final = "_channel"  # and how it came: at the counter, by post
RELATION: Final = "requester_relation"  # a form's field whose answer says what the filer is to the subject
RELATIONS: Final = frozenset({"mother", "father", "spouse", "child"})
WHERE, PAPERS, CHECK, FILED, DECLARED = "where", "papers", "check", "filed", "declared"
MOST_FILES_OF_A_PAPER: Final = 10
LONGEST_TITLE = 200
FROM_VNEID = Text("Theo VNeID của bạn", "From your VNeID")
FROM_DESK = Text("Theo dữ liệu đã khai tại một cửa", "From what the one-stop desk holds")
VIETNAMESE = Text("Việt Nam", "Vietnamese")
DESKS = frozenset({"counter"})
VOUCHED = frozenset(
    {"vneid", "demonstration"}
)  # sources whose word on name, number and birth is changed only where it is kept
COUNTER_CHANNELS: Final = ("counter", "post")
SERVING: Final = frozenset({RECEPTIONIST, HELPER})  # who may file in somebody's name, who stays the applicant


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the person who files; texts are empty where nothing is known."""

    name: str
    number: str = ""
    birth_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    residence: str = ""
    source: str = ""


def held_about(known: Known) -> Held:
    """What forms may take over of the person's own row. Who has a personal number is Vietnamese."""
    values: dict[str, Any] = {
        "name": known.name,
        "number": known.number,
        "birth_date": known.birth_on.isoformat() if known.birth_on else "",
        "birth_year": known.birth_on.year if known.birth_on else None,
        "sex": known.sex,
        "phone": known.phone,
        "email": known.email,
        "residence": known.residence,
        "nationality": VIETNAMESE.vi if known.number else "",
    }
    return Held(values, FROM_DESK if known.source in DESKS else FROM_VNEID, is_vouched=known.source in VOUCHED)


def serves(actor: Actor) -> bool:
    """Whether the actor may file for somebody who stands at the desk or at the door."""
    return actor.kind == "officer" and any(post.role in SERVING for post in actor.posts)


def is_of_the_team(actor: Actor) -> bool:
    """Whether the actor files as a helper, whom the dossier names, and not as the desk that takes it in."""
    return not any(post.role == RECEPTIONIST for post in actor.posts)


def title_of(form: Form, answers: Mapping[str, Any]) -> str:
    """Whom the dossier is about: the first name asked for that is not the filer's own, else the filer's."""
    names = [field for field in form.fields() if field.kind == "person_name" and answers.get(field.code)]
    others = [field for field in names if not field.meaning.startswith("person.")]
    return str(answers[(others or names)[0].code])[:LONGEST_TITLE] if names else ""


def missing_papers(
    procedure: Procedure, answers: Mapping[str, Any], papers: Mapping[str, Any]
) -> tuple[PaperRule, ...]:
    """The papers that these answers ask for and that are not there yet."""
    return tuple(paper for paper in procedure.papers_for(answers) if paper.required and not papers.get(paper.code))


def limits_of(paper: PaperRule | None) -> Limits:
    """What may be handed in for one paper."""
    most = min(paper.max_megabytes * MEGABYTE, DEFAULT_LIMITS.max_bytes) if paper else DEFAULT_LIMITS.max_bytes
    return Limits(max_bytes=most, max_files=MOST_FILES_OF_A_PAPER)


def way_through(procedure: Procedure, form: Form, answers: Mapping[str, Any]) -> list[str]:
    """The pages of a filing in order, as these (cleaned) answers have it: those of the form, papers if any, check."""
    pages = [page.code for page in shown_pages(form, answers)]
    return [WHERE, *pages, *([PAPERS] if procedure.papers_for(answers) else []), CHECK]
