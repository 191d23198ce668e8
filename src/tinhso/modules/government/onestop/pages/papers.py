"""The papers of a filing: only those that are asked for, limits said before, refusals in words."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.kernel.flow import PaperRule
from tinhso.modules.government.onestop.actions.filing import Piece, TooManyFiles, add_files, remove_file
from tinhso.modules.government.onestop.actions.reusing import NotHeld, use_held_paper
from tinhso.modules.government.onestop.pages.serving import serve
from tinhso.modules.government.onestop.pages.visit import after, around, left_address, on_own_filing
from tinhso.modules.government.onestop.queries.filing import Begun, get_begun
from tinhso.modules.government.onestop.queries.locker import Held, offers_for
from tinhso.modules.government.onestop.rules.filing import PAPERS, limits_of
from tinhso.modules.government.onestop.rules.saying import say_size
from tinhso.modules.government.onestop.rules.words import said
from tinhso.platform.clock import now
from tinhso.platform.files.rules import Refusal
from tinhso.platform.wording import language

SHRINK_TO = 2000  # pixels of the longer side: an A4 page stays readable, a photograph becomes some 400 kB
ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"


@on_own_filing
def papers(request: HttpRequest, begun: Begun) -> HttpResponse:
    """Hand files in, take them out, go on when nothing that must be there is missing."""
    if not begun.papers_asked:
        return HttpResponseRedirect(after(begun, PAPERS))
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _used(request, begun)
        if _removed(request, begun) or ("use" in request.POST and not problems):
            return HttpResponseRedirect(request.path)
        problems |= dict(_added(request, begun))
        begun = get_begun(begun.draft.public_id, actor=begun.actor, now=now())
        if request.POST.get("later"):
            return HttpResponseRedirect(left_address(begun.actor))
        if not problems and request.POST.get("upload"):
            return HttpResponseRedirect(request.path)
        if not request.POST.get("upload"):
            lacks = {paper.code: _lacking(paper) for paper in begun.papers_missing}
            problems = lacks | problems
        if not problems:
            return HttpResponseRedirect(after(begun, PAPERS))
    offers = offers_for(begun.papers_asked, begun.actor, begun.today)
    fields = [
        paper_field(paper, files_of(begun, paper), problems.get(paper.code, ""))
        | {"offers": _offers(paper, offers.get(paper.code, ()), files_of(begun, paper))}
        for paper in begun.papers_asked
    ]
    errors = [{"text": field["error"], "href": f"#{field['id']}"} for field in fields if field["error"]]
    context = around(begun, PAPERS) | {"fields": fields, "errors": errors}
    return render(request, "onestop/papers.html", context, status=422 if errors else 200)


def _lacking(paper: PaperRule) -> str:
    return _("Còn thiếu “%(paper)s”. Hãy chọn tệp, hoặc chụp ảnh giấy này.") % {
        "paper": paper.name.in_language(language())
    }


def _removed(request: HttpRequest, begun: Begun) -> bool:
    code, _sign, sha256 = request.POST.get("remove", "").partition(":")
    if not sha256:
        return False
    remove_file(begun=begun, paper_code=code, sha256=sha256, actor=begun.actor, now=now())
    return True


def _used(request: HttpRequest, begun: Begun) -> dict[str, str]:
    """Take a paper from the person's own; the problem by the paper's code when it cannot be had."""
    wanted, _sign, code = request.POST.get("use", "").partition(":")
    paper = next((each for each in begun.papers_asked if each.code == wanted), None)
    if paper is None:
        return {}
    try:
        use_held_paper(begun=begun, paper=paper, code=code, actor=begun.actor, now=now())
    except NotHeld as refused:
        return {paper.code: said(refused)}
    return {}


def _offers(paper: PaperRule, held: Sequence[Held], files: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """The person's own papers that may stand for this one, those left out that are there already."""
    there = {file["id"] for file in files}
    return [
        {
            "value": f"{paper.code}:{each.issued.code}",
            "text": _("Dùng giấy đã có: %(name)s số %(number)s")
            % {"name": each.issued.name, "number": each.issued.number},
        }
        for each in held
        if f"{paper.code}:{each.issued.sha256}" not in there
    ]


def _added(request: HttpRequest, begun: Begun) -> Iterator[tuple[str, str]]:
    """Keep what was chosen, paper by paper; the problems by the paper's code."""
    for paper in begun.papers_asked:
        pieces = pieces_in(request, paper)
        if not pieces:
            continue
        try:
            add_files(begun=begun, paper=paper, pieces=pieces, actor=begun.actor, now=now())
        except (Refusal, TooManyFiles) as refused:
            yield paper.code, said(refused)


def pieces_in(request: HttpRequest, paper: PaperRule) -> list[Piece]:
    """The files that were chosen for one paper."""
    return [(file.name or "", file) for file in request.FILES.getlist(f"paper-{paper.code}")]


def files_of(begun: Begun, paper: PaperRule) -> list[dict[str, Any]]:
    """The files of one paper as `components/field_file.html` lists them."""
    held = begun.draft.papers.get(paper.code) or ()
    return [
        {
            "id": f"{paper.code}:{file['file_sha256']}",
            "name": file["name"],
            "size": say_size(file["size"]),
            "url": reverse("onestop:filing_file", args=[begun.draft.public_id, file["file_sha256"]]),
            "remove": "remove",
        }
        for file in held
    ]


def paper_field(paper: PaperRule, files: list[dict[str, Any]], error: str) -> dict[str, Any]:
    """One paper as a field of `components/field.html`, its limits said beforehand."""
    limits = limits_of(paper)
    vi, en = limits.told()
    told = en if language() == "en" else vi
    return {
        "id": f"paper-{paper.code}", "name": f"paper-{paper.code}", "kind": "file", "label": paper.name.in_language(language()),
        "hint": f"{paper.note.in_language(language())} {told}".strip(), "accept": ACCEPT, "multiple": True,
        "shrink": SHRINK_TO, "max_bytes": limits.max_bytes, "files": files, "optional": not paper.required, "error": error,
    }  # fmt: skip


@on_own_filing
def file(request: HttpRequest, begun: Begun, sha256: str) -> HttpResponseBase:  # noqa: ARG001
    """Look at a file of one's own draft."""
    for held in begun.draft.papers.values():
        for each in held or ():
            if each["file_sha256"] == sha256:
                return serve(sha256, name=each["name"], media_type=each["media_type"])
    raise Http404


urlpatterns = [
    path("filing/<slug:draft>/papers/", papers, name="filing_papers"),
    path("filing/<slug:draft>/papers/<slug:sha256>/", file, name="filing_file"),
]
