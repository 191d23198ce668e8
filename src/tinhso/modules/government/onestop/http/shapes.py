"""What the API of the one-stop module takes and gives."""

from typing import Annotated, Any

from ninja import Field, Schema

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Papers = Annotated[dict[str, list[Hash]], Field(max_length=40)]
Code = Annotated[str, Field(max_length=40)]


LIMITED = {
    "responses": {
        429: {
            "headers": {
                "Retry-After": {
                    "description": "Seconds until the next call may succeed.",
                    "schema": {"type": "integer"},
                }
            }
        }
    }
}  # what the description of the API says of calls that are counted


class TextOut(Schema):
    """Words in both languages."""

    vi: str
    en: str


class ProblemOut(Schema):
    """One thing that is wrong: where, and what to do."""

    code: str
    field: str
    vi: str
    en: str


class RefusalOut(ProblemOut):
    """Why not; `problems` names everything at once where there are several."""

    field: str = ""
    problems: list[ProblemOut] = []


class ProcedureRef(Schema):
    """A procedure as a list shows it."""

    code: str
    name: TextOut
    summary: TextOut
    service_level: str


class PaperOut(Schema):
    """A paper that may be asked for; `asked_always` when it does not depend on the answers."""

    code: str
    name: TextOut
    note: TextOut
    required: bool
    asked_always: bool
    max_megabytes: int


class StepOut(Schema):
    """An act: from which state to which, by whom."""

    act: str
    name: TextOut
    source: str
    target: str
    role: str


class StateOut(Schema):
    """Where a dossier may stand, and what its applicant reads then."""

    code: str
    name: TextOut
    told: TextOut
    national: int | None


class FeeOut(Schema):
    """A fee that may be asked for; `kind` as the pack names it."""

    code: str
    name: TextOut
    kind: str


class ProcedureOut(ProcedureRef):
    """All about a procedure: papers, fee, time limit, and the way a dossier goes."""

    version: str
    form: str
    fees: list[FeeOut]
    deadline: str
    papers: list[PaperOut]
    states: list[StateOut]
    steps: list[StepOut]


class FilingIn(Schema):
    """
    A dossier to be filed: answers of the form, papers by code as hashes of files uploaded before; `held` names, by the
    code of the paper, results of one's own that stand for it (`GET /papers`).
    """

    procedure: Annotated[str, Field(max_length=64)]
    unit: Annotated[str, Field(max_length=64)]
    answers: dict[str, Any]
    papers: Papers = {}
    held: Annotated[dict[str, list[Code]], Field(max_length=40)] = {}
    language: Annotated[str, Field(pattern=r"^(vi|en)$")] = "vi"


class HeldPaperOut(Schema):
    """A result issued to oneself: what it is, what it is worth today, the code under which it is checked and shown again."""

    id: int
    code: str
    name: str
    number: str
    result_code: str
    agency: str
    issued_on: str
    valid_to: str | None
    standing: str


class FiledOut(Schema):
    """The dossier that was filed; `repeated` when the same request had filed it before."""

    public_id: str
    repeated: bool


class MomentOut(Schema):
    """One line of a dossier's way: done, now, late, next or stopped."""

    state: str
    title: str
    text: str


class TrackOut(Schema):
    """What anybody may know who holds the tracking id."""

    procedure: str
    code: str | None
    state: StateOut
    due_at: str | None
    is_late: bool
    journey: list[MomentOut]


class DossierOut(TrackOut):
    """One's own dossier; `acts` are those one may do now."""

    public_id: str
    title: str
    unit: str
    filed_at: str
    accepted_at: str | None
    resolved_at: str | None
    closed_at: str | None
    acts: list[str]


class ActIn(Schema):
    """What goes with an act: a note to the officer, papers by code as hashes of files uploaded before."""

    note: Annotated[str, Field(max_length=1000)] = ""
    papers: Papers = {}


class MovedOut(Schema):
    """Where the dossier stands after the act."""

    public_id: str
    state: str
