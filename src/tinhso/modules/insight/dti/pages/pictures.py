"""The picture of main indices: a bar each, with where the mean and the best of the others stand, and what a plan adds."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.pages.words import percent, told
from tinhso.modules.insight.dti.rules import Edition
from tinhso.platform.wording import number, said

Others = Mapping[str, tuple[Decimal, Decimal, int]]


def index_bars(
    edition: Edition, own: Mapping[str, Decimal], others: Others, after: Mapping[str, Decimal] | None = None
) -> list[dict[str, Any]]:
    """One bar for each scored index, in the edition's order."""
    return [_bar(edition, index.code, own, others, after or {}) for index in edition.scored]


def _bar(
    edition: Edition, code: str, own: Mapping[str, Decimal], others: Others, after: Mapping[str, Decimal]
) -> dict[str, Any]:
    index, value, then = edition.index(code), own.get(code), after.get(code)
    mean, best, _count = others.get(code, (None, None, 0))
    shown = told(value)
    if then is not None and value is not None and then != value:
        shown = f"{told(value)}\u00a0→\u00a0{told(then)}"
    return {
        "text": said(edition.name_of(code)),
        "most": _("%(points)s điểm") % {"points": number(index.max_points or 0)} if index else "",
        "value": shown,
        "own": percent(value),
        "after": percent(then) if then is not None else "",
        "mean": percent(mean) if mean is not None else "",
        "best": percent(best) if best is not None else "",
        "marks": _marks(mean, best),
    }


def _marks(mean: Decimal | None, best: Decimal | None) -> str:
    if mean is None or best is None:
        return _("chưa có tỉnh nào công bố")
    return _("trung bình %(mean)s · cao nhất %(best)s") % {"mean": told(mean), "best": told(best)}


def basis_of(others: Others) -> str:
    """Of how many provinces mean and best are; they are of those whose values were published, not of all."""
    counts = {count for _mean, _best, count in others.values()}
    if not counts:
        return _("Chưa tỉnh nào có giá trị từng chỉ số chính được công bố cho năm này.")
    return _("Trung bình và cao nhất chỉ tính trong %(count)s tỉnh có công bố giá trị từng chỉ số.") % {
        "count": max(counts)
    }
