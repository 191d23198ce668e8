"""The figures of the first page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.asking import Asked
from tinhso.modules.insight.indicators.pages.dressing import dress, kept
from tinhso.modules.insight.indicators.rules import last_months
from tinhso.platform.wording import language, moment

KEPT_SECONDS = 60


def list_headline(now: datetime) -> Sequence[Mapping[str, Any]]:
    """The whole installation's figures of the last three months as the component takes them; kept for a minute."""
    return kept(f"indicators:headline:{language()}", lambda: _headline(now), KEPT_SECONDS)


def _headline(now: datetime) -> list[dict[str, Any]]:
    board, period = queries.read_board(), last_months(now, 3)
    asked = Asked(board, None, "", period, theme="", wall=False, language=language(), now=now)
    figures = [(asked.figure(card), asked.trend(card)) for card in board.main_cards]
    return [
        {**dress(asked, figure, course), "period": _("3 tháng gần đây"), "as_of": moment(figure.as_of)}
        for figure, course in figures
        if figure.value is not None
    ]
