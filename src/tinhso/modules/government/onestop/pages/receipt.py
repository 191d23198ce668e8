"""The page right after filing: what was handed in, the way it takes from here, to be printed or shown to somebody."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.queries.tracking import Standing
from tinhso.modules.government.onestop.rules.journey import tell_journey
from tinhso.modules.government.onestop.rules.words import in_words, moment
from tinhso.platform.units.queries import get_unit
from tinhso.platform.wording import language


def receipt_parts(standing: Standing, now: datetime) -> dict[str, Any]:
    """What was filed as a summary list, and the way as a timeline: what is done, who has it now, what comes next."""
    case = standing.case
    unit_name = get_unit(case.unit_key).name_in(language())
    return {
        "rows": _rows(standing, unit_name, now),
        "steps": tell_journey(replace(standing.journey, unit_name=unit_name)),
        "is_new": case.state.code == case.procedure.start,
    }


def _rows(standing: Standing, unit_name: str, now: datetime) -> list[dict[str, Any]]:
    case = standing.case
    names = {rule.code: in_words(rule.name) for rule in case.procedure.papers}
    papers = list(dict.fromkeys(names.get(paper.code, paper.code) for paper in standing.papers))
    rows: list[dict[str, Any]] = [
        {"key": _("Việc"), "value": in_words(case.procedure.name)},
        {"key": _("Về"), "value": case.title if case.title != case.applicant_name else ""},
        {"key": _("Người nộp"), "value": case.applicant_name},
        {"key": _("Nơi nhận"), "value": unit_name},
        {"key": _("Nộp lúc"), "value": moment(case.filed_at, now)},
        {"key": _("Giấy tờ đã gửi"), "value": "\n".join(papers) or _("không có")},
        {
            "key": _("Tra cứu tại"),
            "value": f"{settings.PUBLIC_ADDRESS}{reverse('onestop:short', args=[case.public_id])}",
        },
    ]
    return [row for row in rows if row["value"]]
