"""The public page that checks a proof: anyone may, nothing is kept."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.platform.ledger import queries, rules

LARGEST = 2 * 1024 * 1024


def check(request: HttpRequest) -> HttpResponse:
    """Choose a proof file, read what holds and what does not."""
    context: dict[str, Any] = {"errors": []}
    if request.method == "POST":
        english = (get_language() or "vi").startswith("en")
        try:
            document = _read(request)
            checks = queries.check_document(document)
            context["holds"] = all(check.holds for check in checks)
            context["checks"] = [
                {
                    "state": "done" if each.holds else "wrong",
                    "title": each.en if english else each.vi,
                    "trouble": "" if each.holds else _("Không khớp."),
                }
                for each in checks
            ]
            context["subject"] = document["fact"]["subject"]
        except rules.NotAProof as wrong:
            text = (wrong.en if english else wrong.vi) if request.FILES else _("Hãy chọn tệp chứng thực (.json).")
            context["errors"] = [{"text": text, "href": "#id_proof"}]
    context["field"] = {
        "id": "id_proof", "name": "proof", "kind": "file", "accept": ".json,application/json",
        "label": _("Tệp chứng thực (.json)"), "hint": _("Tải kèm biên nhận nộp hồ sơ. Tệp chỉ được kiểm tra, không lưu lại."),
        "error": context["errors"][0]["text"] if context["errors"] else "",
    }  # fmt: skip
    return render(request, "ledger/check.html", context, status=400 if context["errors"] else 200)


def _read(request: HttpRequest) -> dict[str, Any]:
    chosen = request.FILES.get("proof")
    if chosen is None or (chosen.size or 0) > LARGEST:
        raise rules.NotAProof
    try:
        document = json.loads(chosen.read())
    except (ValueError, RecursionError) as wrong:
        raise rules.NotAProof from wrong
    if not isinstance(document, dict):
        raise rules.NotAProof
    return document


urlpatterns = [path("verify/", check, name="check")]
