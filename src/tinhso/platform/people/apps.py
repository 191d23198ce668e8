"""Registration of the people app."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, Finding, MenuItem, SignIn
from tinhso.platform.people.rules import ADMINISTRATOR, APPLICANT, CLERK, HANDLER, LEADER, RECEPTIONIST

if TYPE_CHECKING:
    from tinhso.kernel.packs import Packs

AT_UNITS = frozenset({RECEPTIONIST, HANDLER, LEADER, CLERK, ADMINISTRATOR})
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class PeopleConfig(Capability):
    """Persons, officers, sign-in, roles, who looked at what."""

    name = "tinhso.platform.people"
    label = "people"
    menu: ClassVar = [
        MenuItem("portal", _("Ai đã xem"), "people:sights", roles=frozenset({APPLICANT}), order=90),
        MenuItem("workspace", _("Ủy quyền"), "people:delegations", roles=AT_UNITS, order=85),
        MenuItem("workspace", _("Cán bộ"), "people:staff", roles=frozenset({ADMINISTRATOR}), order=90),
    ]

    def ready(self) -> None:
        """Register the check on the demonstration."""
        super().ready()
        checks.register(demonstration_stays_at_home, checks.Tags.security)

    def load_packs(self, packs: "Packs", now: datetime) -> None:  # noqa: ARG002
        """Keep the names of the roles and procedures."""
        from tinhso.platform.people.actions import load_procedures, load_roles

        latest = {code: packs.procedures[code, version] for code, version in sorted(packs.procedures)}
        load_procedures(names=[(code, found.name.vi, found.name.en) for code, found in latest.items()])
        load_roles(roles=[(role.code, role.name.vi, role.name.en, role.scope) for role in packs.roles.values()])

    def load_demonstration(self, now: datetime) -> None:
        """The officers of one commune and of the province, and citizens, as the packs invent them."""
        from tinhso.platform.people.actions import load_demonstration_people
        from tinhso.platform.people.adapters.demonstration import read_places

        if places := read_places():
            load_demonstration_people(commune_key=places[0], province_key=places[1], now=now)

    def sign_ins(self) -> Iterable[SignIn]:
        """One page where each of the invented people is one click away."""
        yield SignIn(_("Mọi người của bản trình diễn, mỗi người một nút bấm"), "people:sign_in")

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Where it matters: whether there is an administrator, and officers who can sign in with a password alone."""
        from tinhso.platform.people.queries import count_officers_without_second_factor, has_administrator

        if not settings.DEMO and not has_administrator(now):
            yield Finding("warning", _("Chưa có người quản trị nào"), "tinhso officer add --help")
        if not settings.DEMO and (count := count_officers_without_second_factor()):
            text = _("%(count)s cán bộ chưa bật xác thực hai lớp, chưa vào làm việc được") % {"count": count}
            yield Finding("warning", text, _("Nhắc họ đăng nhập và làm theo hướng dẫn trên màn hình."))


def demonstration_stays_at_home(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ARG001
    """An error when a demonstration, where anybody is signed in with one click, has a public address."""
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or ""
    if settings.DEMO and host not in LOOPBACK:
        hint = "Unset TINHSO_DEMO, or TINHSO_ADDRESS to serve on this machine only."
        return [checks.Error(f"TINHSO_DEMO is on while the public address is {host}.", hint=hint, id="people.E001")]
    return []
