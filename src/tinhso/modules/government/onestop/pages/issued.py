"""What the page of a case says of results beyond their list: correcting one, what a correction changes, the control slip."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.queries import corrections
from tinhso.modules.government.onestop.queries.casefile import CaseFile, Opened
from tinhso.modules.government.onestop.rules import Seeing
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.forms.rules import answer_texts
from tinhso.platform.people.rules import HANDLER, LEADER, Actor


def parts_about_results(opened: Opened, file: CaseFile, actor: Actor) -> dict[str, Any]:
    """The address where its result is corrected, what a correction changes, the address of the control slip."""
    case = opened.case
    may_correct = opened.seeing is Seeing.WORKING and {HANDLER, LEADER} & actor.roles_in(
        case.unit_key, case.procedure.code
    )
    has_result = any(result.number for result in file.results)
    return {
        "correct_url": reverse("onestop:correct", args=[case.public_id]) if may_correct and has_result else "",
        "changes": _changes(case) if corrections.is_correction(case) else [],
        "slip_url": reverse("onestop:slip", args=[case.public_id]) if case.procedure.kind == "dossier" else "",
        "origin_url": reverse("onestop:case", args=[file.parent.public_id]) if file.parent else "",
    }


def _changes(case: CaseView) -> list[dict[str, str]]:
    """Each answer that is to stand differently: what it says now, and what it said."""
    origin = corrections.origin_of(case)
    form = corrections.form_of(origin)
    if form is None:
        return []
    language, changed = get_language() or "vi", case.data.get(corrections.CHANGED, {})
    before = {**origin.data, **{name: value for name, value in _filed(case).items() if name in changed}}
    old, new = answer_texts(form, before, language=language), answer_texts(form, origin.data, language=language)
    rows = [
        {
            "key": field.label.in_language(language),
            "value": new.get(field.code, "") or _("(bỏ trống)"),
            "note": _("trước: %(old)s") % {"old": old.get(field.code, "") or _("(bỏ trống)")},
        }
        for field in form.fields()
        if field.code in changed
    ]
    return [{"key": _("Lý do sửa"), "value": corrections.reason_of(case)}, *rows]


def _filed(case: CaseView) -> dict[str, Any]:
    parent = corrections.find_parent(case)
    return dict(parent.data) if parent else {}
