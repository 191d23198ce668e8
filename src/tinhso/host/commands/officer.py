"""`tinhso officer`: officers, their posts and passwords, from the machine itself; also on an installation without any."""

from datetime import date, datetime
from typing import Any

import click

DAY = click.DateTime(["%Y-%m-%d"])
UNIT = "Khóa, mã hoặc tên đơn vị; bỏ trống là cả tỉnh · Key, code or name of the unit; the province when left out."


@click.group(help="Cán bộ: đăng ký, giao vị trí, cấp mật khẩu · Officers: register, appoint, renew passwords.")
def command() -> None:
    """
    Hold the subcommands. They act as the system.

    Whoever may run them as the installation's user reads its database and keys anyway; so this is where the first
    administrator comes from, and the last resort when nobody can sign in. Each act leaves its fact in the ledger.
    """


@command.command(
    help="Đăng ký cán bộ, mặc định là quản trị của tỉnh · Register an officer, by default an administrator."
)
@click.argument("name")
@click.option("--sign-in", "sign_in_name", required=True, help="Tên đăng nhập · Name to sign in with.")
@click.option("--unit", default="", help=UNIT)
@click.option("--role", default="administrator", show_default=True, help="Mã vai trò · Code of the role.")
def add(*, name: str, sign_in_name: str, unit: str, role: str) -> None:
    """Register an officer with a first post, and print the one-time password."""
    actions, rules, moment = _ready()
    unit_key = _unit_key(unit, moment)
    password = _try(
        lambda: actions.take_on_officer(
            name=name, sign_in_name=sign_in_name, unit_key=unit_key, appointment=rules.Appointment(role, moment),
            actor=rules.SYSTEM, now=moment,
        )
    )[1]  # fmt: skip
    _print_password(sign_in_name.strip().lower(), password)


@command.command("list", help="Liệt kê cán bộ và vị trí · List officers and their posts.")
@click.option("--unit", default="", help=UNIT)
def list_officers(*, unit: str) -> None:
    """Print one line for each officer at each unit, the unit's own and those below."""
    _actions, rules, moment = _ready(writes=False)
    from tinhso.platform.people import queries
    from tinhso.platform.units.queries import list_descendant_keys

    unit_key, after, count = _unit_key(unit, moment), None, 0
    keys = [unit_key, *list_descendant_keys(unit_key, rules.day_of(moment))]
    while True:
        page = queries.list_staff(keys, moment, after=after)
        for row in page.rows:
            officer = queries.find_officer(row.code)
            _kind, state = rules.sign_in_state(
                has_password=row.has_password, one_time_until=row.one_time_until,
                has_second_factor=row.has_second_factor, now=moment,
            )  # fmt: skip
            roles = ", ".join(row.roles) or "-"
            click.echo(
                f"{officer.sign_in_name if officer else '-':24} {row.name:28} {row.unit_key:22} {roles}  [{state}]"
            )
        count, after = count + len(page.rows), page.after
        if after is None:
            break
    if not count:
        click.echo("Không có cán bộ nào ở đây; thêm bằng `tinhso officer add` · No officer here")


@command.command(help="Giao một vị trí · Give a post.")
@click.argument("sign_in_name")
@click.option("--role", required=True, help="Mã vai trò · Code of the role.")
@click.option("--unit", default="", help=UNIT)
@click.option("--from", "starts_on", type=DAY, help="Từ ngày; mặc định lúc này · From this day; now when left out.")
@click.option("--to", "last_on", type=DAY, help="Đến hết ngày · Until the end of this day.")
def appoint(*, sign_in_name: str, role: str, unit: str, starts_on: datetime | None, last_on: datetime | None) -> None:
    """Give an officer a post from a day on, or until a day."""
    actions, rules, moment = _ready()
    _try(
        lambda: actions.appoint(
            officer_code=_officer_code(sign_in_name), unit_key=_unit_key(unit, moment), role=role,
            valid_from=rules.start_of(starts_on.date()) if starts_on else moment,
            valid_to=rules.start_of(_day_after(last_on)) if last_on else None,
            actor=rules.SYSTEM, now=moment,
        )
    )  # fmt: skip
    click.echo("Đã giao vị trí · appointed")


@command.command(help="Cho thôi giữ một vị trí · End a post.")
@click.argument("sign_in_name")
@click.option("--role", required=True, help="Mã vai trò · Code of the role.")
@click.option("--unit", default="", help=UNIT)
@click.option("--on", "ends_on", type=DAY, help="Từ ngày; mặc định lúc này · From this day; now when left out.")
def end(*, sign_in_name: str, role: str, unit: str, ends_on: datetime | None) -> None:
    """End the post that an officer holds; what is lent from it ends with it."""
    actions, rules, moment = _ready()
    _try(
        lambda: actions.end_post(
            officer_code=_officer_code(sign_in_name), unit_key=_unit_key(unit, moment), role=role,
            valid_to=rules.moment_from(ends_on.date(), moment) if ends_on else moment, actor=rules.SYSTEM, now=moment,
        )
    )  # fmt: skip
    click.echo("Đã cho thôi giữ vị trí · ended")


@command.command(help="Cấp mật khẩu dùng một lần · Give a one-time password.")
@click.argument("sign_in_name")
@click.option("--second-factor", is_flag=True, help="Gỡ cả xác thực hai lớp · Remove the second factor as well.")
def password(*, sign_in_name: str, second_factor: bool) -> None:
    """Print a new one-time password; sessions opened with the old one end."""
    actions, rules, moment = _ready()
    fresh = _try(
        lambda: actions.renew_sign_in(
            officer_code=_officer_code(sign_in_name), removes_second_factor=second_factor,
            actor=rules.SYSTEM, now=moment,
        )
    )  # fmt: skip
    _print_password(sign_in_name.strip().lower(), fresh)


def _ready(*, writes: bool = True) -> tuple[Any, Any, datetime]:
    """Tables and packs in order, also in a home that was never started; actions and rules of people, and this moment."""
    from tinhso.host.cli import start_django

    start_django()
    from django.conf import settings

    from tinhso.host import preparation
    from tinhso.host.prepared import NotReady, Prepared
    from tinhso.platform.clock import now
    from tinhso.platform.people import actions, rules

    moment, prepared = now(), Prepared(settings.HOME / "prepared.json")
    try:
        if writes:
            prepared.keep_mode("demonstration" if settings.DEMO else "real")
        preparation.migrate()
        preparation.bring_packs(prepared, lambda text: click.echo(text, err=True), moment)
    except NotReady as trouble:
        raise click.ClickException(str(trouble)) from None
    return actions, rules, moment


def _try(act: Any) -> Any:
    from django.utils import translation

    from tinhso.platform.people.rules import Invalid

    try:
        with translation.override("vi"):
            return act()
    except Invalid as wrong:
        raise click.ClickException(str(wrong)) from None


def _officer_code(sign_in_name: str) -> str:
    from tinhso.platform.people.queries import find_officer

    if found := find_officer(sign_in_name=sign_in_name.strip()):
        return found.code
    raise click.ClickException(f"Không có cán bộ “{sign_in_name}” · there is no such officer")


def _unit_key(said: str, now: datetime) -> str:
    """The unit meant by a key, a code of today, or a name; the province of the packs when nothing is said."""
    from django.conf import settings

    from tinhso.host.packs import chosen_packs
    from tinhso.platform.people.rules import day_of
    from tinhso.platform.units import queries as units

    on = day_of(now)
    kinds: tuple[str, ...] = ()
    if not said:
        own = settings.PACKS[-1].strip()
        said, kinds = next(pack.name.vi for pack in chosen_packs().packs if pack.code == own), ("province",)
    if "@" in said:
        try:
            return units.get_unit(said).key
        except (LookupError, ValueError) as unknown:
            raise click.ClickException(str(unknown)) from None
    found = [unit for kind in units.KINDS if (unit := units.find_unit(said, kind, on))]
    found = found or units.find_units_by_name(said, on, kinds=kinds, limit=5)
    same = [unit for unit in found if unit.name.casefold() == said.casefold()] or found
    if len(same) != 1:
        several = "".join(f"\n  {unit.key}  {unit.name}" for unit in same)
        raise click.ClickException(f"Không rõ đơn vị “{said}” · which unit is meant?{several}")
    return same[0].key


def _day_after(day: datetime) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _print_password(sign_in_name: str, password: str) -> None:
    click.echo(f"Tên đăng nhập · sign-in name   {sign_in_name}")
    click.echo(f"Mật khẩu · password            {password}")
    click.echo(
        "Chỉ hiện lần này, dùng trong 7 ngày; đổi khi đăng nhập · shown once, good for 7 days, replaced at first sign-in"
    )
