"""Registration of the onestop app."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, MenuItem, Simulation

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs
    from tinhso.platform.people.rules import Actor


def _waiting(actor: "Actor", now: datetime) -> int:
    from tinhso.modules.government.onestop.queries.oversight import count_waiting

    return count_waiting(actor, now)


def _to_sign(actor: "Actor", now: datetime) -> int:
    from tinhso.modules.government.onestop.queries.oversight import count_to_sign

    return count_to_sign(actor, now)


def _to_seal(actor: "Actor", now: datetime) -> int:
    from tinhso.modules.government.onestop.queries.oversight import count_to_seal

    return count_to_seal(actor, now)


def _open_at_unit(actor: "Actor", now: datetime) -> int:
    from tinhso.modules.government.onestop.queries.oversight import count_open

    return count_open(actor, now)


def _warned(actor: "Actor", now: datetime) -> int:
    from tinhso.modules.government.onestop.queries.oversight import count_warnings_below

    return count_warnings_below(actor, now)


WATCHERS = frozenset({"leader", "administrator"})
OFFICERS = frozenset(
    {"receptionist", "handler", "leader", "clerk", "administrator"}
)  # those whose work comes to an inbox


class OneStopConfig(Capability):
    """Public services and one-stop processing: the portal for citizens, the workspace for officers."""

    name = "tinhso.modules.government.onestop"
    label = "onestop"
    menu: ClassVar = [
        MenuItem("portal", _("Bàn làm việc"), "onestop:inbox", OFFICERS, order=5),
        MenuItem("portal", _("Hồ sơ của tôi"), "onestop:mine", order=10),
        MenuItem("portal", _("Kho giấy tờ"), "onestop:locker", frozenset({"applicant"}), order=15),
        MenuItem("portal", _("Tra cứu"), "onestop:track", order=20),
        MenuItem("workspace", _("Việc của tôi"), "onestop:inbox", OFFICERS, order=10, count=_waiting),
        MenuItem(
            "workspace", _("Nộp giúp người dân"), "onestop:counter", frozenset({"receptionist", "helper"}), order=15
        ),
        MenuItem("workspace", _("Chờ ký"), "onestop:sign_queue", frozenset({"leader"}), order=20, count=_to_sign),
        MenuItem("workspace", _("Chờ đóng dấu"), "onestop:seal_queue", frozenset({"clerk"}), order=22, count=_to_seal),
        MenuItem("workspace", _("Sổ theo dõi"), "onestop:register", OFFICERS, order=35),
        MenuItem("verify", _("Kiểm tra giấy tờ, kết quả bằng mã hoặc tệp PDF"), "onestop:verify_paper", order=10),
        MenuItem(
            "workspace", _("Cả đơn vị"), "onestop:unit", frozenset({"leader", "administrator"}), 30, _open_at_unit
        ),
        MenuItem("workspace", _("Chuyển đơn vị"), "onestop:moved", OFFICERS, order=37),
        MenuItem("workspace", _("Tiến độ"), "onestop:progress", WATCHERS, 31, _warned),
        MenuItem("workspace", _("Tải việc"), "onestop:load", WATCHERS, order=32),
        MenuItem("workspace", _("Đánh giá"), "onestop:ratings", OFFICERS, order=38),
        MenuItem("workspace", _("Không rõ ai giữ"), "onestop:hanging", frozenset({"administrator"}), order=40),
    ]

    def simulations(self) -> Iterable[Simulation]:
        """Quarters of a province's one-stop desks, as the packs hold them."""
        from tinhso.modules.government.onestop.actions.simulation import run_profile
        from tinhso.modules.government.onestop.adapters.simulations import list_profiles, read_table

        for code in list_profiles():
            table = read_table(code)
            yield Simulation(code, table["name"]["vi"], table["pack"], partial(run_profile, table))

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Results that are to be sealed without a place for their number."""
        from tinhso.modules.government.onestop.queries.pack_problems import find_problems

        return find_problems(packs)

    def load_demonstration(self, now: datetime) -> None:
        """The dossiers of one commune over the past weeks, as the packs invent them; of the others sums enough for a map."""
        from tinhso.modules.government.onestop.actions import live_elsewhere, load_demonstration_dossiers

        if load_demonstration_dossiers(now=now):
            live_elsewhere(now=now)
