"""Early warnings at the rows of lists: a badge for each, in the colour of its rule."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.modules.government.onestop.rules import Badge, in_words
from tinhso.platform.watch.queries import Warned, list_warned

MEASURES: Final[Mapping[str, Promise]] = {
    "time_left": _("hạn %(measure)s"),
    "share_of_limit": _("đã qua %(measure)s"),
    "late_at_unit": _("%(measure)s hồ sơ trễ"),
    "longer_than_usual": _("%(measure)s ngày"),
    "asked_again": _("%(measure)s lần"),
}


def flags_of(public_ids: Collection[str], moment: datetime) -> dict[str, list[Badge]]:
    """The warnings about these cases as badges, by tracking id; cases without any are left out."""
    found = list_warned(public_ids, moment) if public_ids else {}
    return {public_id: [badge_of(each) for each in warnings] for public_id, warnings in found.items()}


def alerts_of(public_id: str, moment: datetime) -> list[dict[str, str]]:
    """The warnings about one case with what to do about each, as the component `alerts` takes them."""
    return [
        {
            "kind": "late" if each.rule.level == "late" else "soon",
            "title": f"{in_words(each.rule.name)}: {said_measure(each)}",
            "text": in_words(each.rule.advice),
        }
        for each in list_warned([public_id], moment).get(public_id, [])
    ]


def badge_of(warned: Warned) -> Badge:
    """The name of the rule, in its colour."""
    return Badge("late" if warned.rule.level == "late" else "soon", in_words(warned.rule.name))


def said_measure(warned: Warned) -> str:
    """What the rule found, in words."""
    return str(MEASURES[warned.rule.looks_at]) % {"measure": warned.measure}
