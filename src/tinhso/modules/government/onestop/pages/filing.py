"""The filing itself: one page of questions at a time, then everything once more before it is sent."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.actions.drafting import keep_page
from tinhso.modules.government.onestop.actions.filing import CannotFile, problems_of, send_draft
from tinhso.modules.government.onestop.pages.visit import (
    after,
    around,
    filed_address,
    left_address,
    on_own_filing,
    page_address,
)
from tinhso.modules.government.onestop.queries.filing import Begun, key_of_draft
from tinhso.modules.government.onestop.rules.filing import CHECK, DECLARED, PAPERS, WHERE
from tinhso.modules.government.onestop.rules.holding import away_for
from tinhso.modules.government.onestop.rules.saying import say_deadline, say_size
from tinhso.platform.clock import now
from tinhso.platform.forms import rules as forms
from tinhso.platform.payments.pages.words import cost_of
from tinhso.platform.payments.queries import quote
from tinhso.platform.units.queries import get_units
from tinhso.platform.wording import language


@on_own_filing
def page(request: HttpRequest, begun: Begun, page: str) -> HttpResponse:
    """One page of questions; what is sent is kept, right or wrong, and what is wrong is said at once."""
    if page not in {each.code for each in begun.form.pages}:
        raise Http404
    if page not in begun.way:
        return HttpResponseRedirect(after(begun, WHERE))
    view = forms.View(begun.draft.answers, begun.today, language())
    if request.method == "POST":
        turn = forms.turn_page(begun.form, page, view, request.POST)
        begun = keep_page(begun=begun, page=page, answers=turn.answers, actor=begun.actor, now=now())
        if request.POST.get("later"):
            return HttpResponseRedirect(left_address(begun.actor))
        if turn.goes_on:
            goes_back = request.GET.get("back") == CHECK and not problems_of(begun=begun)
            return HttpResponseRedirect(page_address(begun, CHECK) if goes_back else after(begun, page))
        view = replace(view, answers=begun.draft.answers, problems=turn.problems)
    drawn = _drawn(begun, page, view)
    more = request.method == "POST" and not drawn["errors"]  # the answers ask for questions that were not shown before
    context = around(begun, page) | {"page": drawn, "alone": _alone(drawn), "more": more, "away": _away(begun, page)}
    return render(request, "onestop/filing.html", context, status=422 if drawn["errors"] else 200)


def _drawn(begun: Begun, page: str, view: forms.View) -> dict[str, Any]:
    """The page with what is held in its boxes, from where, and for what stands as it is, where it is mended."""
    taken = begun.taken
    drawn = forms.render_page(
        begun.form,
        page,
        replace(
            view,
            answers={**begun.draft.answers, **{code: taken.answers[code] for code in taken.fixed}},
            warnings=begun.outcome.warnings,
            origins=forms.still_taken(begun.known, taken.answers, taken.origins),
            fixed=taken.fixed,
        ),
    )
    for question in drawn["questions"]:
        if question.get("mended_by"):
            question["mend_url"] = reverse("onestop:procedure", args=[question["mended_by"]])
    return drawn


def _away(begun: Begun, page: str) -> str:
    """The registers that could have answered questions of this page and did not, in words; empty when all did."""
    return ", ".join(name.in_language(language()) for name in away_for(begun.form, page, begun.holdings, begun.taken))


def _alone(drawn: dict[str, Any]) -> bool:
    return len(drawn["questions"]) == 1


@on_own_filing
def check(request: HttpRequest, begun: Begun) -> HttpResponse:
    """Everything once more, with a way to change each answer; then it is declared true and sent, once."""
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        if request.POST.get(DECLARED) != "yes":
            errors = [{"text": _("Hãy đánh dấu lời cam đoan trước khi nộp."), "href": f"#{DECLARED}"}]
        else:
            try:
                opened = send_draft(draft_id=begun.draft.public_id, language=language(), actor=begun.actor, now=now())
                return HttpResponseRedirect(filed_address(opened.public_id, begun.actor))
            except CannotFile as refused:
                errors = [_linked(begun, each) for each in refused.problems]
    lacking = errors or [_linked(begun, each) for each in problems_of(begun=begun)]
    context = around(begun, CHECK) | _summed_up(begun) | {"errors": errors, "lacking": [] if errors else lacking}
    return render(request, "onestop/check.html", context, status=422 if errors else 200)


def _linked(begun: Begun, problem: forms.Problem) -> dict[str, str]:
    text = problem.in_language(language())
    if problem.field == "unit":
        return {"text": text, "href": page_address(begun, WHERE)}
    if problem.field.startswith("papers."):
        return {"text": text, "href": page_address(begun, PAPERS)}
    place = forms.page_with(begun.form, problem.field).code
    return {"text": text, "href": f"{page_address(begun, place)}?back={CHECK}#{forms.id_of(problem.field)}"}


def _summed_up(begun: Begun) -> dict[str, Any]:
    unit = get_units([begun.unit_key]).get(begun.unit_key) if begun.unit_key else None
    sections = [
        {**section, "url": f"{page_address(begun, section['code'])}?back={CHECK}"}
        for section in forms.answer_rows(begun.form, begun.known, language=language())
    ]
    for section in sections:
        for row in section["rows"]:
            row["lines"] = row.pop("values", None)
    said = begun.holdings.household_class
    return {
        "class_origin": said.origin.in_language(language()) if said else "",
        "unit_name": unit.name_in(language()) if unit else "",
        "where_url": f"{page_address(begun, WHERE)}?back={CHECK}",
        "sections": sections,
        "papers": [_paper_row(begun, paper) for paper in begun.papers_asked],
        "papers_url": page_address(begun, PAPERS),
        "cost": cost_of(
            quote(
                begun.procedure, begun.sent, applicant_code=begun.applicant_code, on=begun.today, channel=begun.channel
            )
        ),
        "deadline": say_deadline(begun.procedure.deadline_for(begun.channel, begun.known), language()),
        "idempotency_key": key_of_draft(begun.draft.public_id),
    }


def _paper_row(begun: Begun, paper: Any) -> dict[str, Any]:
    files = begun.draft.papers.get(paper.code) or ()
    lines = [f"{file['name']} · {say_size(file['size'])}" for file in files]
    nothing = _("Chưa có") if paper.required else _("Không nộp")
    return {"key": paper.name.in_language(language()), "lines": lines, "value": nothing}


urlpatterns = [
    path("filing/<slug:draft>/check/", check, name="filing_check"),
    path("filing/<slug:draft>/<slug:page>/", page, name="filing"),
]
