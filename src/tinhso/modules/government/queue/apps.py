"""Registration of the queue."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, MenuItem, Panel, PanelAsked

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs
    from tinhso.platform.people.rules import Actor


def _waiting(actor: "Actor", now: datetime) -> int:
    from tinhso.modules.government.queue.queries import count_waiting_for

    return count_waiting_for(actor, now)


class QueueConfig(Capability):
    """Numbers at the one-stop desk."""

    name = "tinhso.modules.government.queue"
    label = "queue"
    menu: ClassVar = [
        MenuItem("workspace", _("Gọi số"), "queue:desk", frozenset({"receptionist"}), order=12, count=_waiting)
    ]

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """Who waits now."""
        from tinhso.modules.government.queue.pages.panels import draw_now

        return {"queue.now": draw_now}

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Files of the queue that lack something, or in which two groups share a letter."""
        import tomllib

        from tinhso.kernel.flow import Problem
        from tinhso.modules.government.queue.adapters import FILE
        from tinhso.modules.government.queue.rules import read_rules

        for path in (pack.folder / FILE for pack in packs.packs):
            if path.is_file():
                try:
                    read_rules(tomllib.loads(path.read_text(encoding="utf-8")))
                except (KeyError, TypeError, ValueError) as wrong:
                    said = f"{FILE}: {wrong}"
                    yield Problem("queue_unreadable", said, said, path=str(path), line=1)
