"""Figures as the table component takes them."""

from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators.pages.dressing import told
from tinhso.modules.insight.indicators.rules import Card, Figure
from tinhso.platform.wording import number


def table_of(card: Card, named: list[tuple[str, Figure]], head: str) -> dict[str, Any]:
    """Figures as the table component takes them: what they are of, the figure, numerator and denominator."""
    titles = [head, str(card.measure.text)]
    titles += [_("Tử số"), _("Mẫu số")] if card.measure.is_share else [_("Số hồ sơ")]
    rows = []
    for name, figure in named:
        counted = [figure.numerator, figure.denominator] if card.measure.is_share else [figure.denominator]
        numbers = ["–" if figure.hidden else number(each) for each in counted]
        cells: list[dict[str, Any]] = [{"text": name, "heads": True}]
        values = zip(titles[1:], [told(figure), *numbers], strict=True)
        cells += [{"text": text, "kind": "num", "label": title} for title, text in values]
        rows.append({"cells": cells})
    columns = [{"title": titles[0]}, *({"title": title, "kind": "num"} for title in titles[1:])]
    return {"columns": columns, "rows": rows, "cards": False}
