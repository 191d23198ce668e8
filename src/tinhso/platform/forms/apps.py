"""Registration of the forms app."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from tinhso.platform.capability import Capability

if TYPE_CHECKING:
    from tinhso.kernel.packs import Packs


class FormsConfig(Capability):
    """Forms from packs, drafts."""

    name = "tinhso.platform.forms"
    label = "forms"
    address = "drafts/"

    def files_in_use(self, hashes: Collection[str]) -> set[str]:
        """The papers of filings that somebody has begun."""
        from tinhso.platform.forms.queries import list_drafted_files

        return super().files_in_use(hashes) | (list_drafted_files() & set(hashes))

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep every form version of the packs."""
        from tinhso.platform.forms.actions import load_forms

        load_forms(packs=packs, now=now)
