"""What officers take away: an assessment as a workbook, and a sheet of offers to fill in and send back."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.pages.assessments import answer_in_words, state_badge
from tinhso.modules.insight.dti.queries.assessments import Opened, open_for
from tinhso.modules.insight.dti.queries.planning import list_offers
from tinhso.platform.people.pages.work import for_officers, officer_in
from tinhso.platform.sheets import xlsx_answer
from tinhso.platform.wording import moment, said


@for_officers
def take_assessment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every criterion with value, points, evidence and who declared it; on a second sheet the sums and the steps."""
    opened = open_for(public_id, officer_in(request))
    return xlsx_answer({_("Tiêu chí"): _criteria(opened), _("Tổng hợp"): _sums(opened)}, public_id)


@for_officers
def take_offers(request: HttpRequest, public_id: str) -> HttpResponse:
    """The offers there are, or where there are none a row for each criterion to be filled in."""
    opened = open_for(public_id, officer_in(request))
    return xlsx_answer({_("Phương án"): _offers(opened)}, f"phuong-an-{public_id}")


def _criteria(opened: Opened) -> Iterator[list[Any]]:
    yield [_("Mã"), _("Chỉ số chính"), _("Tiêu chí"), _("Giá trị"), _("Điểm"), _("Tối đa"), _("Minh chứng"), _("Ghi chú"), _("Lúc khai")]  # fmt: skip
    for criterion in opened.criteria.criteria:
        value = opened.values.get(criterion.code)
        files = "; ".join(each.name for each in opened.evidence if each.criterion == criterion.code)
        own = [answer_in_words(criterion, value.answer), value.points] if value else ["", ""]
        index = said(opened.edition.name_of(criterion.index))
        told = [criterion.max_points, files, value.note if value else "", moment(value.declared_at) if value else ""]
        yield [criterion.code, index, said(criterion.name), *own, *told]


def _sums(opened: Opened) -> Iterator[list[Any]]:
    yield [opened.unit.name, opened.year, said(opened.edition.name), state_badge(opened.state)["text"]]
    yield [_("Chỉ số chính"), _("Điểm"), _("Tối đa"), _("Giá trị")]
    for index in opened.total.indices:
        yield [said(opened.edition.name_of(index.code)), index.points, index.most, index.value]
    yield [_("Điểm tổng"), opened.total.points, opened.edition.total, opened.total.composite]
    for code, value in opened.total.pillars.items():
        yield [said(opened.edition.name_of(code)), "", "", value]
    for move in opened.moves:
        yield [state_badge(move.state)["text"], move.moved_name, moment(move.moved_at), move.note]


def _offers(opened: Opened) -> Iterator[list[Any]]:
    yield [_("Tiêu chí"), _("Mức có thể đạt"), _("Chi phí"), _("Công sức"), _("Việc làm"), _("Đang có"), _("Tối đa")]
    rows = list_offers(opened)
    for row in rows:
        offer = row.offer
        yield [offer.criterion, row.reach, offer.money, offer.effort, row.note, row.before, row.criterion.max_points]
    for criterion in () if rows else opened.criteria.criteria:
        value = opened.values.get(criterion.code)
        yield [criterion.code, "", "", "", "", value.points if value else 0, criterion.max_points]
