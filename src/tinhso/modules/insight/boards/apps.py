"""Registration of the boards app."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, MenuItem, Topic

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs


class BoardsConfig(Capability):
    """The operations centre: boards of panels from all apps, walls."""

    name = "tinhso.modules.insight.boards"
    label = "boards"
    menu = (
        MenuItem("portal", _("Số liệu"), "boards:default", order=80),
        MenuItem("workspace", _("Số liệu"), "boards:default", order=80),
        MenuItem("operations", _("Bảng điều hành"), "boards:default", order=80),
        MenuItem("operations", _("Màn hình"), "boards:walls", frozenset({"administrator"}), order=95),
    )

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Boards that name panels, kinds of units or places that are not there."""
        from tinhso.modules.insight.boards import queries

        return queries.find_problems(pack.folder for pack in packs.packs)

    def topics(self) -> Mapping[str, Topic]:
        """Each board, to subscribe to."""
        from tinhso.modules.insight.boards.pages import topics

        return topics.list_topics()
