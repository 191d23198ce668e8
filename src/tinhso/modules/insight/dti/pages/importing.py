"""Loading a table of published figures, by officers of a province's agencies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti import actions
from tinhso.modules.insight.dti.pages.words import crumbs, show, typed, url
from tinhso.modules.insight.dti.queries.assessments import provinces_of
from tinhso.modules.insight.dti.queries.editions import get_editions
from tinhso.modules.insight.dti.rules import Said
from tinhso.modules.insight.dti.rules.published import DAY_OR_MONTH, Shared
from tinhso.platform.clock import now
from tinhso.platform.files.rules import Refusal
from tinhso.platform.people.pages.work import for_officers, officer_in
from tinhso.platform.wording import said

MOST_BYTES = 5 * 1024 * 1024


def uploaded(request: HttpRequest) -> tuple[bytes, str] | None:
    """Content and name of the file sent, or None where none was or it is too large."""
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > MOST_BYTES:
        return None
    return file.read(), file.name or "file"


@for_officers
def import_published(request: HttpRequest) -> HttpResponse:
    """The form, and what is wrong with a table that was sent; what was sound leads to its year."""
    actor = officer_in(request)
    if not provinces_of(actor):
        raise PermissionDenied(_("Chỉ cán bộ của tỉnh được nạp bảng công bố."))
    if request.method != "POST":
        return _form(request, [])
    year, file = request.POST.get("year", ""), uploaded(request)
    announced = typed(request, "announced")
    if file is None:
        return _form(request, [_("Chọn tệp CSV hoặc xlsx, nhiều nhất 5 MB.")])
    if announced and not DAY_OR_MONTH.fullmatch(announced):
        return _form(request, [_("Ngày công bố ghi như 2023-07-12, hoặc chỉ tháng 2023-07.")])
    shared = Shared(int(year) if year.isdecimal() else None, announced, typed(request, "source"))
    try:
        table = actions.load_published(content=file[0], name=file[1], shared=shared, actor=actor, now=now())
    except (Said, Refusal) as wrong:
        return _form(request, said(wrong).splitlines())
    messages.success(request, _("Đã nạp %(count)s số công bố mới.") % {"count": table.count})
    return HttpResponseRedirect(url("dti:overview", year=year))


def _form(request: HttpRequest, wrong: list[str]) -> HttpResponse:
    years = sorted({year for edition in get_editions().values() if edition.kind == "dti" for year in edition.years})
    asked = request.POST
    fields: list[dict[str, Any]] = [
        {
            "name": "year", "label": _("Năm đo"), "kind": "select", "value": asked.get("year", ""), "no_blank": True,
            "hint": _("Năm được đo, không phải năm công bố. Bảng có cột “năm” thì theo cột đó."),
            "options": [{"value": str(year), "text": str(year)} for year in reversed(years)],
        },
        {"name": "announced", "label": _("Ngày công bố"), "value": asked.get("announced", ""), "optional": True, "hint": _("Như 2023-07-12, hoặc 2023-07.")},
        {"name": "source", "label": _("Nguồn"), "value": asked.get("source", ""), "optional": True, "hint": _("Địa chỉ trang hoặc số văn bản.")},
        {"name": "file", "kind": "file", "label": _("Tệp"), "accept": ".csv,.xlsx", "hint": _("Mỗi dòng một tỉnh (tỉnh, hạng, các chỉ số), hoặc mỗi dòng một số (năm, tỉnh, chỉ số, giá trị, hạng).")},
    ]  # fmt: skip
    context = {
        "crumbs": crumbs((_("Nạp bảng công bố"), "")),
        "fields": fields,
        "errors": [{"href": "#file", "text": text} for text in wrong],
    }
    return show(request, "import", context, status=422 if wrong else 200)
