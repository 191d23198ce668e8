"""Early warnings at the rows of lists: a badge for each, in the colour of its rule."""

from collections.abc import Collection
from datetime import datetime

from tinhso.modules.government.onestop.rules import Badge, in_words
from tinhso.platform.watch.queries import Warned, list_warned


def flags_of(public_ids: Collection[str], moment: datetime) -> dict[str, list[Badge]]:
    """The warnings about these cases as badges, by tracking id; cases without any are left out."""
    found = list_warned(public_ids, moment) if public_ids else {}
    return {public_id: [badge_of(each) for each in warnings] for public_id, warnings in found.items()}


def badge_of(warned: Warned) -> Badge:
    """The name of the rule, in its colour."""
    return Badge("late" if warned.rule.level == "late" else "soon", in_words(warned.rule.name))
