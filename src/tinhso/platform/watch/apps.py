"""Registration of the watch app."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tinhso.platform.capability import Capability

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs


class WatchConfig(Capability):
    """Early warnings by rules of the packs, and the usual pace of dossiers."""

    name = "tinhso.platform.watch"
    label = "watch"

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep the rules of the packs, a later pack's over an earlier one's of the same code."""
        from tinhso.platform.watch.actions import load_rules
        from tinhso.platform.watch.adapters import read_files

        load_rules(tables=read_files(packs).values(), now=now)

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Rules of warning that cannot be read or can never speak, with file and line."""
        from tinhso.platform.watch.adapters import find_problems

        return find_problems(packs)

    def load_demonstration(self, now: datetime) -> None:
        """Warn of what the invented dossiers give cause for, without waiting for the next quarter of an hour."""
        from tinhso.platform.watch.actions import count_paces, evaluate_rules

        count_paces(now=now)
        evaluate_rules(now=now)
