"""Registration of the catalogue app."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, Finding, MenuItem

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs
    from tinhso.platform.people.rules import Actor

CONTROLLERS = frozenset({"controller", "administrator"})


def _held(actor: "Actor", now: datetime) -> int:  # noqa: ARG001
    from tinhso.platform.catalogue.queries import count_held

    return count_held()


class CatalogueConfig(Capability):
    """What may be asked of the province, and finding it in people's words."""

    name = "tinhso.platform.catalogue"
    label = "catalogue"
    menu: ClassVar = [MenuItem("workspace", _("Danh mục thủ tục"), "catalogue:report", CONTROLLERS, 70, _held)]

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep the everyday words and life events of the packs; what officers changed stays theirs."""
        from tinhso.platform.catalogue.actions import load_words
        from tinhso.platform.catalogue.adapters import read_words

        load_words(texts=read_words([pack.folder for pack in packs.packs]), now=now)

    def load_demonstration(self, now: datetime) -> None:
        """The portal's catalogue, where its file lies beside the project; without it there are the packs' procedures."""
        from tinhso.platform.catalogue.actions import import_records
        from tinhso.platform.catalogue.adapters import read_file
        from tinhso.platform.people.rules import SYSTEM

        if settings.CATALOGUE_FILE.is_file():
            import_records(file=read_file(settings.CATALOGUE_FILE), actor=SYSTEM, now=now)

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Everyday words that cannot be used, with file and line."""
        from tinhso.platform.catalogue.adapters import find_word_problems

        return find_word_problems([pack.folder for pack in packs.packs])

    def examine(self, now: datetime) -> Iterable[Finding]:  # noqa: ARG002
        """Whether records of the portal wait for somebody."""
        from tinhso.platform.catalogue.queries import count_held

        if count := count_held():
            text = _("%(count)s thủ tục của cổng quốc gia chờ người xem lại") % {"count": count}
            yield Finding("warning", text, _("Mở trang “Danh mục thủ tục” trên bàn làm việc."))
