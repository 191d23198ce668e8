"""A person's own papers: results that agencies issued to them, which they may show again instead of uploading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tinhso.kernel.flow import PaperRule
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.queries.letters import agency_of
from tinhso.modules.government.onestop.queries.verifying import Issued, issued_result
from tinhso.platform.files.queries import get_file
from tinhso.platform.people.rules import Actor

PAGE = 20


@dataclass(frozen=True, slots=True)
class Held:
    """One paper in somebody's locker: as anybody may see it, and what only its holder reads."""

    row_id: int
    issued: Issued
    result_code: str
    issued_on: date
    withdrawn_reason: str


def list_held(actor: Actor, today: date, *, before: int | None = None, limit: int = PAGE) -> list[Held]:
    """The actor's papers, the newest first; withdrawn ones stay, marked. `before` is the id of the last row of the page before."""
    rows = _own(actor)
    if before:
        rows = rows.filter(pk__lt=before)
    return _all_held(list(rows.order_by("-id")[:limit]), today)


def find_held(code: str, actor: Actor, today: date) -> Held | None:
    """The actor's own paper with that code, or None."""
    row = _own(actor).filter(code=code).first() if code else None
    return _held(row, today) if row else None


def offers_for(papers: Sequence[PaperRule], actor: Actor, today: date) -> dict[str, list[Held]]:
    """For each paper that a result may stand for, the actor's results in force that do; one statement, none without such papers."""
    wanted = {paper.code: paper.result for paper in papers if paper.result}
    if not wanted or not actor.code:
        return {}
    codes = {each.partition("/")[0] for each in wanted.values()}
    rows = _own(actor).filter(result_code__in=codes, withdrawn_at=None)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today)).order_by("-id")[:50]
    read = list(rows)
    found = list(zip(read, _all_held(read, today), strict=True))
    return {
        paper: [held for row, held in found if stands_for(row.result_code, row.series, asked)]
        for paper, asked in wanted.items()
    }


def stands_for(result_code: str, series: str, asked: str) -> bool:
    """Whether a result of that type does for what a paper asks: "KQ.G15", or of one template "KQ.G15/birth_certificate"."""
    code, _sign, template = asked.partition("/")
    return result_code == code and template in {"", series}


def as_file(held: Held) -> dict[str, object]:
    """A held paper as a draft and the engine keep a file."""
    stored = get_file(held.issued.sha256)
    name = f"{held.issued.name} {held.issued.number}".replace("/", "-")
    return {
        "file_sha256": held.issued.sha256, "name": f"{name}.pdf", "media_type": stored.media_type, "size": stored.size,
    }  # fmt: skip


def _own(actor: Actor) -> QuerySet[IssuedResult]:
    return IssuedResult.objects.select_related("replaced_by").filter(
        holder_code=actor.code, count__isnull=False, issued_on__isnull=False
    )


def _all_held(rows: Sequence[IssuedResult], today: date) -> list[Held]:
    """The rows as held papers; each agency is looked up once."""
    names = {row.unit_key: row.signed_at for row in rows}
    agencies = {unit_key: agency_of(unit_key, at)["name"] for unit_key, at in names.items()}
    return [_held(row, today, agencies[row.unit_key]) for row in rows]


def _held(row: IssuedResult, today: date, unit_name: str = "") -> Held:
    assert row.issued_on is not None
    return Held(row.pk, issued_result(row, today, unit_name), row.result_code, row.issued_on, row.withdrawn_reason)
