"""One edition: what it measures, points, pillars, lists of criteria, where each statement was read and how sure it is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.pages.words import NONE, crumbs, show, table
from tinhso.modules.insight.dti.queries.editions import get_edition, list_criteria
from tinhso.modules.insight.dti.rules import Edition
from tinhso.modules.insight.dti.rules.criteria import CriteriaList
from tinhso.modules.insight.dti.rules.shapes import SHAPES, Shape
from tinhso.platform.wording import number, said


def show_edition(request: HttpRequest, code: str) -> HttpResponse:
    """The edition of that code, for everybody."""
    try:
        edition = get_edition(code)
    except LookupError:
        raise Http404 from None
    lists = [each for each in list_criteria(edition) if any(not criterion.is_rest for criterion in each.criteria)]
    context = {
        "title": said(edition.name),
        "legal": said(edition.legal),
        "crumbs": crumbs((said(edition.name), "")),
        "note": said(edition.note),
        "counts": _counts(edition),
        "is_weighted": edition.is_weighted,
        "indices": _indices(edition),
        "pillars": _pillars(edition) if any(pillar.of for pillar in edition.pillars) else None,
        "sources": [
            {"title": said(each.title), "address": each.address, "sure": said(each.sure)} for each in edition.sources
        ],
        "lists": [{"title": said(each.name), "note": said(each.note), "table": _criteria(each)} for each in lists],
    }
    return show(request, "edition", context)


def _counts(edition: Edition) -> list[dict[str, str]]:
    years = [str(year) for year in edition.years]
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    rows = [
        (span, _("năm đo")),
        (number(edition.total) if edition.is_weighted else _("chưa rõ"), _("tổng điểm")),
        (str(len(edition.indices)), _("nhóm chỉ số") if edition.kind != "dti" else _("chỉ số chính")),
        (str(edition.sub_indicators or NONE), _("chỉ số thành phần")),
    ]
    return [{"value": value, "text": text} for value, text in rows]


def _indices(edition: Edition) -> dict[str, Any]:
    columns = [
        (_("Chỉ số chính"), ""),
        (_("Điểm tối đa"), "num"),
        (_("Thành phần"), "num"),
        (_("Chắc đến đâu"), "note"),
    ]
    rows = []
    for index in edition.indices:
        most = _("chưa rõ") if index.max_points is None else number(index.max_points)
        rows.append(
            [
                {"text": said(index.name), "note": index.code},
                most if index.scored else _("không chấm"),
                str(index.sub_indicators or NONE),
                said(index.sure),
            ]
        )
    return table(columns, rows, _("Chỉ số chính"))


def _pillars(edition: Edition) -> dict[str, Any]:
    rows = []
    for pillar in edition.pillars:
        indices = [index for index in edition.scored if index.code in pillar.of]
        most = sum(index.max_points or 0 for index in indices)
        rows.append([said(pillar.name), " + ".join(said(index.name) for index in indices), number(most)])
    columns = [(_("Trụ cột"), ""), (_("Gồm điểm của"), ""), (_("Chia cho"), "num")]
    return table(columns, rows, _("Trụ cột"))


def shape_names() -> dict[str, str]:
    """What each shape of scoring is called."""
    names = (
        _("điểm khai"),
        _("tỷ lệ"),
        _("theo bậc"),
        _("lựa chọn"),
        _("cộng các phần"),
        _("so với đơn vị cao nhất"),
        _("so với mục tiêu"),
    )
    return dict(zip(SHAPES, names, strict=True))


def shape_in_words(shape: Shape) -> str:
    """How a criterion is scored, in a line."""
    title = shape_names()[shape.kind]
    parts = {
        "steps": "; ".join(
            _("từ %(start)s: %(points)s điểm") % {"start": number(start), "points": number(earned)}
            for start, earned in shape.steps
        ),
        "choice": "; ".join(f"{said(each.name)}: {number(each.share * 100)}%" for each in shape.choices),
        "halves": "; ".join(said(part) for part in shape.parts),
        "target": _("mục tiêu %(share)s%%") % {"share": number(shape.target * 100)},
    }
    rest = parts.get(shape.kind, "")
    return f"{title}: {rest}" if rest else title


def _criteria(criteria: CriteriaList) -> dict[str, Any]:
    rows = [
        [
            {"text": said(each.name), "note": f"{each.index} · {each.code}"},
            number(each.max_points),
            {"text": shape_in_words(each.shape), "note": said(each.sure)},
        ]
        for each in criteria.criteria
        if not each.is_rest
    ]
    return table([(_("Tiêu chí"), ""), (_("Điểm tối đa"), "num"), (_("Cách chấm"), "")], rows, said(criteria.name))
