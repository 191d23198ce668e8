"""Filing a dossier: add and take out files, send; and hand in what was missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.kernel.flow import PaperRule, Procedure
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.actions.naming import in_name_of
from tinhso.modules.government.onestop.actions.reusing import NotHeld, papers_from_locker
from tinhso.modules.government.onestop.queries import filing as queries
from tinhso.modules.government.onestop.rules.filing import (
    MOST_FILES_OF_A_PAPER,
    limits_of,
    missing_papers,
    title_of,
)
from tinhso.platform.cases.actions import Filing, KeyReused, Moved, Opened, act_on_case, add_papers, open_case
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.files.actions import store_file
from tinhso.platform.files.ports import Readable
from tinhso.platform.files.queries import list_handed_in
from tinhso.platform.forms import actions as drafts
from tinhso.platform.forms import rules as forms
from tinhso.platform.forms.rules import Problem
from tinhso.platform.people.rules import FILE_LEVEL, Actor

Piece = tuple[str, Readable]  # a file's name and its content
Hashes = Sequence[str] | Mapping[str, str]  # of files handed in before, bare or with the names they were given
NOTHING: Mapping[str, Any] = {}
SUPPLEMENT = "supplement"


class CannotFile(Exception):
    """A filing is not complete; `problems` names everything at once, each by the field it stands at."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(each.vi for each in problems))


class TooManyFiles(Exception):
    """One paper has as many files as it may have."""

    vi = f"Mỗi giấy tờ tối đa {MOST_FILES_OF_A_PAPER} tệp. Hãy bỏ bớt tệp cũ rồi thêm tệp mới."
    en = f"At most {MOST_FILES_OF_A_PAPER} files for one paper. Take an old one out first."

    def __init__(self) -> None:
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Told:
    """
    A whole filing as a system sends it: answers of the form, papers by the hashes of files handed in before; `held` are
    codes of the filer's own results, by the paper they stand for.
    """

    procedure: Procedure
    form: Form
    unit_key: str
    answers: Mapping[str, Any]
    papers: Mapping[str, Hashes]
    language: str = "vi"
    held: Mapping[str, Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def add_files(
    *, begun: queries.Begun, paper: PaperRule, pieces: Iterable[Piece], actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """
    Keep files for one paper of a draft, beside those that are there; the same content again counts once.

    :raises Refusal: a file is too large, locked, broken or of a kind that is not taken; none of these is added
    :raises TooManyFiles: the paper would have more than ten
    """
    files = [keep_piece(paper=paper, name=name, content=content, actor=actor, now=now) for name, content in pieces]
    draft = drafts.hold_draft(
        public_id=begun.draft.public_id, actor=actor, now=now
    )  # another window may have added some
    held = list(draft.papers.get(paper.code) or ())
    for file in files:
        if file["file_sha256"] not in {each["file_sha256"] for each in held}:
            held.append(file)
    if len(held) > MOST_FILES_OF_A_PAPER:
        raise TooManyFiles
    drafts.save_draft(public_id=begun.draft.public_id, papers={paper.code: held}, actor=actor, now=now)
    return held


def keep_piece(*, paper: PaperRule | None, name: str, content: Readable, actor: Actor, now: datetime) -> dict[str, Any]:
    """Keep one file; what the engine wants to know of it. :raises Refusal: it is not taken"""
    kept = store_file(content=content, name=name, actor=actor, now=now, limits=limits_of(paper))
    return {"file_sha256": kept.sha256, "name": name[-120:], "media_type": kept.media_type, "size": kept.size}


@transaction.atomic
def remove_file(*, begun: queries.Begun, paper_code: str, sha256: str, actor: Actor, now: datetime) -> None:
    """Take a file out of a draft; taking it out twice is once."""
    held = drafts.hold_draft(public_id=begun.draft.public_id, actor=actor, now=now).papers.get(paper_code) or ()
    left = [each for each in held if each["file_sha256"] != sha256]
    drafts.save_draft(public_id=begun.draft.public_id, papers={paper_code: left or None}, actor=actor, now=now)


@transaction.atomic
def send_draft(*, draft_id: str, language: str = "vi", actor: Actor, now: datetime) -> Opened:
    """
    File what a draft holds and close the draft, both or neither; sent again, the first dossier is found.

    :raises CannotFile: something is wrong or missing; carries everything
    :raises NoSuchDraft: the actor has no such draft and never filed it
    """
    key = queries.key_of_draft(draft_id)
    if earlier := queries.find_filed(key, actor=actor):
        return Opened(earlier, 0, repeated=True)
    begun = queries.get_begun(draft_id, actor=actor, now=now)
    if problems := problems_of(begun=begun):
        raise CannotFile(problems)
    papers = queries.papers_of(begun.draft.papers, begun.papers_asked)
    told = Told(begun.procedure, begun.form, begun.unit_key, begun.sent, {}, language)
    try:
        filing = in_name_of(begun, replace(_filing(told, begun.sent, papers, actor), measures=begun.measures))
        opened = open_case(filing=filing, actor=actor, now=now, key=key)
    except KeyReused as reused:  # another window sent it a moment ago, with other words
        opened = Opened(reused.public_id, 0, repeated=True)
    drafts.close_draft(public_id=draft_id, actor=actor, now=now)
    return opened


def problems_of(*, begun: queries.Begun) -> list[Problem]:
    """Everything that keeps a draft from being sent: answers, the desk, papers."""
    return [
        *begun.outcome.problems,
        *_desk_problems(begun.procedure, begun.unit_key, begun),
        *(_lacks(paper) for paper in begun.papers_missing),
    ]


def file_dossier(*, told: Told, key: str, actor: Actor, now: datetime) -> Opened:
    """
    File a dossier in one go, as the API does; the same key and content again finds the first.

    :raises CannotFile: something is wrong or missing; carries everything
    :raises KeyReused: the key came with other content before
    """
    today = now.astimezone(queries.VIETNAM).date()
    outcome = forms.validate(told.form, told.answers, on=today)
    asked = told.procedure.papers_for(outcome.answers)
    papers, problems = _papers_told(told.papers, asked, actor)
    shown, not_held = papers_from_locker(told.held, asked, actor, today)
    papers += shown
    problems = [
        *([] if actor.kind == "citizen" and actor.level >= FILE_LEVEL else [_no_level()]),
        *([] if told.unit_key in {unit.key for unit in queries.list_desks(told.procedure, today)} else [_no_desk()]),
        *outcome.problems,
        *problems,
        *(Problem(f"held.{code}", "not_held", NotHeld.vi, NotHeld.en) for code in not_held),
        *(_lacks(paper) for paper in missing_papers(told.procedure, outcome.answers, {**told.papers, **told.held})),
    ]
    if problems:
        raise CannotFile(problems)
    return open_case(filing=_filing(told, outcome.answers, papers, actor), actor=actor, now=now, key=key)


def _papers_told(
    told: Mapping[str, Hashes], asked: tuple[PaperRule, ...], actor: Actor
) -> tuple[list[dict[str, Any]], list[Problem]]:
    rules = {paper.code: paper for paper in asked}
    words = ("Hồ sơ này không cần giấy tờ đó.", "That paper is not asked for.")
    problems = [Problem(f"papers.{code}", "paper_not_asked", *words) for code in told if code not in rules]
    known = list_handed_in([sha256 for files in told.values() for sha256 in files], actor=actor)
    papers: list[dict[str, Any]] = []
    for code, rule in rules.items():
        named = told.get(code) or ()
        files = dict(named) if isinstance(named, Mapping) else dict.fromkeys(named, code)
        if len(files) > MOST_FILES_OF_A_PAPER:
            problems.append(Problem(f"papers.{code}", "too_many_files", TooManyFiles.vi, TooManyFiles.en))
            continue
        for sha256, name in files.items():
            row = known.get(sha256)
            if row is None or row.size > limits_of(rule).max_bytes:
                problems.append(_unknown_file(code))
            else:
                kept = {"name": name[-120:], "media_type": row.media_type, "size": row.size}
                papers.append({"code": code, "file_sha256": sha256, **kept})
    return papers, problems


def _unknown_file(code: str) -> Problem:
    vi, en = (
        "Chưa có tệp này, hoặc tệp quá lớn. Hãy gửi tệp trước.",
        "No such file of yours, or too large. Upload it first.",
    )
    return Problem(f"papers.{code}", "unknown_file", vi, en)


def _no_level() -> Problem:
    vi, en = "Cần định danh VNeID mức 2 mới nộp được.", "Filing needs a VNeID identity of level 2."
    return Problem("", "level", vi, en)


def _filing(told: Told, answers: Mapping[str, Any], papers: list[dict[str, Any]], actor: Actor) -> Filing:
    return Filing(
        procedure=told.procedure, unit_key=told.unit_key, applicant_code=actor.code, applicant_name=actor.name,
        title=title_of(told.form, answers), data=answers, papers=papers, language=told.language[:2],
    )  # fmt: skip


def _desk_problems(procedure: Procedure, unit_key: str, begun: queries.Begun) -> list[Problem]:
    desks = {unit.key for unit in queries.list_desks(procedure, begun.today)}
    return [] if unit_key in desks else [_no_desk()]


def _no_desk() -> Problem:
    return Problem("unit", "no_desk", "Hãy chọn nơi nhận hồ sơ trong danh sách.", "Choose the place that takes it in.")


def _lacks(paper: PaperRule) -> Problem:
    return Problem(
        f"papers.{paper.code}", "paper_missing", f"Còn thiếu: {paper.name.vi}.", f"Still missing: {paper.name.en}."
    )


@transaction.atomic
def hand_in_supplement(
    *,
    case: CaseView,
    act: str,
    papers: Mapping[str, Hashes] = NOTHING,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Moved:
    """
    Take an applicant's step with what goes with it, all or nothing: hashes of files handed in before, a note.

    :raises CannotFile: a hash is of no file of the actor's, or papers were asked for and nothing at all is given
    :raises NotAllowed: the case does not wait for the applicant; a second sending finds it so
    """
    answers = {"note": note} if note else NOTHING
    moved = act_on_case(public_id=case.public_id, act=act, actor=actor, now=now, answers=answers)
    rows, problems = _papers_told(papers, case.procedure.papers, actor)
    if act == SUPPLEMENT and not (rows or problems or note):
        words = ("Hãy gửi giấy tờ được yêu cầu, hoặc ghi vì sao chưa có.", "Send the papers asked for, or say why not.")
        problems.append(Problem("papers", "required", *words))
    if problems:
        raise CannotFile(problems)
    if rows:
        add_papers(public_id=case.public_id, papers=rows, actor=actor, now=now)
    return moved
