"""Proposing the correction of an issued result: the reason, and the answers that its paper prints."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.actions.correcting import LONGEST_REASON, CannotCorrect, open_correction
from tinhso.modules.government.onestop.pages.case import heading_of
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, open_for, show
from tinhso.modules.government.onestop.queries import corrections
from tinhso.modules.government.onestop.rules import said
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.forms import rules as forms


@for_officers
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what stands in the result, take what is to be changed and why, and hand it to the leader."""
    case = open_for(request, public_id).case
    form, issued = corrections.form_of(case), corrections.find_in_force(case.public_id)
    if form is None or issued is None:
        raise Http404(_("Hồ sơ không có kết quả để sửa."))
    view = forms.View(
        corrections.answers_in_force(case), on=case.filed_at.astimezone(VIETNAM).date(), language=get_language() or "vi"
    )
    refusal = None
    if request.method == "POST":
        wanted = corrections.fields_in_result(case)
        typed = {name: value for name, value in forms.answers_from_post(form, request.POST).items() if name in wanted}
        reason = request.POST.get("reason", "")
        try:
            made = open_correction(
                public_id=case.public_id, reason=reason, answers=typed, actor=officer_in(request), now=now()
            )
        except CannotCorrect as wrong:
            refusal, view = wrong, replace(view, answers={**view.answers, **typed}, problems=wrong.problems)
        else:
            messages.success(
                request, _("Đã trình lãnh đạo ký bản sửa. Bản cũ còn hiệu lực đến khi bản mới được đóng dấu.")
            )
            return HttpResponseRedirect(reverse("onestop:case", args=[made]))
    context = {
        **heading_of(case, now()),
        "issued": f"{issued.name} {_('số')} {issued.number}",
        "pages": _pages(form, view, case),
        "errors": _errors(form, view, refusal),
        "reason": _reason(request),
    }
    return show(request, "onestop/desk_correct.html", context, status=422 if refusal else 200)


def _pages(form: Form, view: forms.View, case: CaseView) -> list[dict[str, Any]]:
    """The pages of the form with only those questions whose answers the result prints."""
    wanted = corrections.fields_in_result(case)
    pages = []
    for each in forms.shown_pages(form, view.answers):
        page = forms.render_page(form, each.code, view)
        page["questions"] = [question for question in page["questions"] if question["name"] in wanted]
        if page["questions"]:
            pages.append(page)
    return pages


def _errors(form: Form, view: forms.View, refusal: CannotCorrect | None) -> list[dict[str, str]]:
    if refusal is None:
        return []
    return forms.error_summary(form, view.problems, view.language) or [{"text": said(refusal), "href": "#reason"}]


def _reason(request: HttpRequest) -> dict[str, Any]:
    hint = _("Người giữ giấy đọc được lời này. Ví dụ: ghi sai năm sinh của mẹ so với tờ khai.")
    return {
        "name": "reason", "kind": "textarea", "rows": 3, "max_length": LONGEST_REASON, "label": _("Vì sao sửa"),
        "hint": hint, "required": True, "value": request.POST.get("reason", ""),
    }  # fmt: skip


urlpatterns = [path("work/cases/<str:public_id>/correction/", correct, name="correct")]
