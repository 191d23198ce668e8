"""What the pages of plans say: numbers as people write them, states as badges, days, who may."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tinhso.modules.insight.plans.queries import list_levels_aimed_at
from tinhso.modules.insight.plans.rules.definitions import LEVELS, Measure, Resolution
from tinhso.modules.insight.plans.rules.drafts import Trouble
from tinhso.modules.insight.plans.rules.numbers import SIGNS, Quantity
from tinhso.modules.insight.plans.rules.states import STATES
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in
from tinhso.platform.people.rules import Actor, day_of
from tinhso.platform.wording import language, number, said

KINDS = {"missed": "late", "behind": "soon", "on_path": "ok", "reached": "ok", "no_data": "none"}


def today() -> date:
    """This day in Vietnam."""
    return day_of(now())


def is_public(request: HttpRequest) -> bool:
    """Whether the reader sees only what is published."""
    return sees_published_only(actor_in(request))


def sees_published_only(actor: Actor | None) -> bool:
    """The same, of whoever looks; None is everybody."""
    return actor is None or actor.kind != "officer" or not actor.posts


def officer_in(request: HttpRequest) -> Actor:
    """Who makes the request, behind a door for officers."""
    actor = actor_in(request)
    assert actor
    return actor


def quantity(found: Quantity, measure: Measure | None = None) -> str:
    """A quantity with its sign, and the unit where the measure is known: ≥ 20%, 5–10%, 1.684 tổ."""
    text = SIGNS[found.comparator] + number(found.low) + (f"–{number(found.high)}" if found.high is not None else "")
    return text + unit_of(measure) if measure else text


def unit_of(measure: Measure) -> str:
    """The unit behind a number: a percent sign close to it, words and shares of something after a space."""
    unit = measure.unit.in_language(language())
    return unit if unit.startswith("%") else f" {unit}"


def badge(state: str) -> dict[str, str]:
    """A state as the badge component takes it."""
    return {"kind": KINDS.get(state, ""), "text": str(STATES[state])}


def name_of(text: Resolution) -> str:
    """What a text is called for short: its number, or its title where it has none."""
    return text.number or text.title.in_language(language())


def errors_of(troubles: Iterable[Trouble]) -> list[dict[str, str]]:
    """Troubles for the summary on top of a form."""
    return [{"text": said(each), "href": f"#{each.field}"} for each in troubles]


def counted(counts: dict[str, int]) -> str:
    """How many cannot be told, as a sentence: 7 trên 34 chỉ tiêu chưa có số liệu."""
    told = {"missing": counts["no_data"], "all": sum(counts.values())}
    return _("%(missing)s trên %(all)s chỉ tiêu chưa có số liệu") % told


def beside_the_aim(measure: str, unit_key: str, level: str) -> str:
    """What to say of a figure at a level at which no target is set while others are; empty when all is well."""
    aimed = list_levels_aimed_at(measure, unit_key, today())
    if not aimed or level in aimed:
        return ""
    told = {"aimed": ", ".join(str(LEVELS[each]) for each in aimed), "level": str(LEVELS[level])}
    return _("Chỉ tiêu đặt ra ở: %(aimed)s. Số này ghi ở: %(level)s, nên không dùng để xét chỉ tiêu.") % told
