"""Showing a paper that the province issued again, instead of uploading it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhso.kernel.flow import PaperRule
from tinhso.modules.government.onestop.queries.filing import Begun
from tinhso.modules.government.onestop.queries.locker import as_file, offers_for
from tinhso.platform.forms import actions as drafts
from tinhso.platform.people.rules import Actor


class NotHeld(Exception):
    """The paper is not among the actor's own, or holds no longer."""

    vi = "Giấy này không còn trong kho giấy tờ của bạn, hoặc đã hết giá trị. Hãy tải tệp lên."
    en = "That paper is not among yours any more, or holds no longer. Upload a file."

    def __init__(self) -> None:
        super().__init__(self.vi)


def papers_from_locker(
    named: Mapping[str, Sequence[str]], asked: Sequence[PaperRule], actor: Actor, today: date
) -> tuple[list[dict[str, Any]], list[str]]:
    """
    The results that stand for papers of a filing, as the engine takes files; and the codes of papers for which one does not.

    :param named: by the code of the paper, codes under which results are checked; nothing is read where it is empty
    """
    wanted = [paper for paper in asked if paper.code in named]
    offers = offers_for(wanted, actor, today) if wanted else {}
    files, missing = list[dict[str, Any]](), [code for code in named if code not in {paper.code for paper in wanted}]
    for paper in wanted:
        known = {held.issued.code: held for held in offers.get(paper.code, ())}
        codes = list(dict.fromkeys(named[paper.code]))
        files += [{"code": paper.code, **as_file(known[code])} for code in codes if code in known]
        missing += [paper.code] if not codes or set(codes) - known.keys() else []
    return files, missing


@transaction.atomic
def use_held_paper(
    *, begun: Begun, paper: PaperRule, code: str, actor: Actor, now: datetime
) -> list[dict[str, Any]]:  # fmt: skip
    """
    Put a result from the actor's own papers where a paper is asked for, instead of a file; twice is once.

    :param code: the code under which the result is checked
    :raises NotHeld: it is not the actor's, does not stand for that paper, or is no longer in force
    """
    offers = offers_for([paper], actor, begun.today).get(paper.code, ())
    held = next((each for each in offers if each.issued.code == code), None)
    if held is None:
        raise NotHeld
    file = as_file(held)
    draft = drafts.hold_draft(public_id=begun.draft.public_id, actor=actor, now=now)
    kept = list(draft.papers.get(paper.code) or ())
    if file["file_sha256"] not in {each["file_sha256"] for each in kept}:
        kept.append(file)
        drafts.save_draft(public_id=begun.draft.public_id, papers={paper.code: kept}, actor=actor, now=now)
    return kept
