"""One version of a report as it was handed in, and what changed since the version before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.reporting import queries
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.grids import Shown, sheets_of
from tinhso.modules.government.reporting.pages.printing import addresses_of_paper
from tinhso.modules.government.reporting.pages.standing import standing_of
from tinhso.modules.government.reporting.pages.words import table, value_text
from tinhso.modules.government.reporting.rules.filling import changes, read_content, values_of
from tinhso.platform.clock import now
from tinhso.platform.wording import language, moment


@for_officers
def show_version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What was handed in then; nothing of it can be changed."""
    view = queries.read_report(public_id, officer_in(request))
    version = queries.read_version(view.row, number)
    if version is None:
        raise Http404(_("Không có bản này."))
    content = read_content(version.content)
    earlier = queries.read_version(view.row, number - 1)
    titles = [_("Ô"), _("Bản trước"), _("Bản này")]
    changed = changes(view.template, read_content(earlier.content), content) if earlier else []
    rows = [
        {
            "cells": [
                {"text": view.template.name_of(each.key, language()), "heads": True},
                {"text": value_text(view.template.cells[each.key], each.before), "label": titles[1], "kind": "num"},
                {"text": value_text(view.template.cells[each.key], each.after), "label": titles[2], "kind": "num"},
            ]
        }
        for each in changed
    ]
    context = {
        **standing_of(view, now()),
        "title": _("Bản %(number)s") % {"number": number},
        "made": _("%(name)s nộp lúc %(at)s") % {"name": version.maker_name, "at": moment(version.made_at)},
        "reason": version.reason,
        "sha256": version.content_sha256,
        **addresses_of_paper(view, number),
        "changed": table(_("Đã đổi so với bản trước"), titles, rows, (1, 2)) if rows else None,
        "is_first": earlier is None,
        "sheets": sheets_of(Shown(view.template, content, values_of(view.template, content))),
        "back_url": reverse("reporting:report", args=[public_id]),
    }
    return show(request, "reporting/version.html", context)
