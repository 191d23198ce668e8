"""Who may decide about the catalogue, and from which day a decision may hold."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from tinhso.platform.people.rules import ADMINISTRATOR, Actor, NotAllowed

CONTROLLER = "controller"
FARTHEST = timedelta(days=3 * 366)


class CannotDecide(ValueError):
    """What was asked cannot be decided so; `vi` and `en` say why."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


def is_controller(actor: Actor) -> bool:
    """Whether the actor looks after the catalogue: a controller of procedures, an administrator, the system."""
    return actor.kind == "system" or any(post.role in {CONTROLLER, ADMINISTRATOR} for post in actor.posts)


def units_as_controller(actor: Actor) -> list[str]:
    """The units at which the actor looks after the catalogue."""
    return [post.unit_key for post in actor.posts if post.role in {CONTROLLER, ADMINISTRATOR}]


def check_controller(actor: Actor, communes: Collection[str] = ()) -> str:
    """
    The unit as whose controller the actor decides; what holds for the whole province is not decided in a commune.

    :param communes: those of the actor's units that are communes
    :raises NotAllowed: the actor controls no procedures, or only those of a commune
    """
    if not is_controller(actor):
        raise NotAllowed(_("Chỉ người kiểm soát thủ tục hành chính hoặc quản trị được làm việc này."))
    units = units_as_controller(actor)
    above = [key for key in units if key not in communes]
    if units and not above:
        raise NotAllowed(_("Danh mục dùng chung cho cả tỉnh: chỉ người của tỉnh được quyết định."))
    return above[0] if above else ""


def check_effective(on: date, today: date) -> date:
    """The day from which a text is told. :raises CannotDecide: it is past or too far away"""
    if on < today:
        raise CannotDecide("Ngày có hiệu lực đã qua.", "The day is past.")
    if on > today + FARTHEST:
        raise CannotDecide("Ngày có hiệu lực xa quá.", "The day is too far away.")
    return on
