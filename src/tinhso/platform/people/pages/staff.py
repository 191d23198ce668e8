"""The staff of units: lists for administrators, and taking on a new officer."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.platform.clock import now
from tinhso.platform.people import actions, queries, rules
from tinhso.platform.people.pages.work import for_administrators, officer_in, show, table
from tinhso.platform.people.pages.work_forms import TakeOn
from tinhso.platform.people.queries import StaffRow
from tinhso.platform.people.rules import Invalid, NotAllowed
from tinhso.platform.units import queries as units
from tinhso.platform.units.rules import UnitRow

LONGEST_TEXT = 60


@for_administrators
def staff(request: HttpRequest) -> HttpResponse:
    """The officers of one unit, or also of those below it, by unit and name; and the units below."""
    unit, moment = unit_asked(request), now()
    text, below = request.GET.get("q", "")[:LONGEST_TEXT], bool(request.GET.get("below"))
    under = units.list_descendant_keys(unit.key, rules.day_of(moment))
    after = _read_key(request.GET.get("after", ""))
    page = queries.list_staff([unit.key, *(under if below else [])], moment, text=text, after=after)
    kept = {"unit": unit.key, "q": text, **({"below": "1"} if below else {})}
    context = {
        "unit": unit,
        "unit_title": _name(unit),
        "own_units": [{"url": f"?{urlencode({'unit': own.key})}", "text": _name(own)} for own in queries.list_administered_units(officer_in(request))],
        "above": _above(request, unit),
        "query": text,
        "below": below,
        "rows": bool(page.rows),
        "table": _table(page.rows, below=below),
        "units_below": _units_below(unit, under) if not after else [],
        "first_url": f"?{urlencode(kept)}" if after else "",
        "next_url": f"?{urlencode({**kept, 'after': '~'.join(page.after)})}" if page.after else "",
        "new_url": f"{reverse('people:take_on')}?{urlencode({'unit': unit.key})}",
    }  # fmt: skip
    return show(request, "people/staff.html", context)


@for_administrators
def take_on(request: HttpRequest) -> HttpResponse:
    """A new officer of a unit; the answer shows the one-time password, once."""
    unit, moment = unit_asked(request), now()
    form = TakeOn(request.POST or None, now=moment, roles=list(queries.get_unit_roles().items()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            code, password = actions.take_on_officer(
                name=said["name"],
                sign_in_name=said["sign_in_name"],
                unit_key=unit.key,
                appointment=form.appointment(),
                actor=officer_in(request),
                now=moment,
            )
        except Invalid as wrong:
            form.add_error(None, str(wrong))
        else:
            return show_password(request, code, password)
    title = _("Thêm cán bộ của %(unit)s") % {"unit": _name(unit)}
    back = f"{reverse('people:staff')}?{urlencode({'unit': unit.key})}"
    context = {"heading": title, "form": form, "button": _("Thêm cán bộ"), "back_url": back}
    context["text"] = _("Cán bộ nhận một mật khẩu dùng một lần, và phải đổi nó khi đăng nhập lần đầu.")
    return show(request, "people/work_form.html", context)


def show_password(request: HttpRequest, officer_code: str, password: str) -> HttpResponse:
    """The one-time password on paper's behalf: shown this once, kept nowhere in clear."""
    officer = queries.find_officer(officer_code)
    return show(request, "people/one_time_password.html", {"officer": officer, "password": password})


def unit_asked(request: HttpRequest) -> UnitRow:
    """
    The unit named in the address, else the first that the actor administers.

    :raises NotAllowed: the actor does not administer the unit
    :raises LookupError: there is no such unit
    """
    actor = officer_in(request)
    key = request.GET.get("unit", "")
    if not key:
        return queries.list_administered_units(actor)[0]
    try:
        unit = units.get_unit(key)
    except ValueError as bare:
        raise LookupError(key) from bare
    if not queries.administers(actor, unit.key):
        raise NotAllowed(_("Chỉ người quản trị của đơn vị mới xem được danh sách này."))
    return unit


def _name(unit: UnitRow) -> str:
    return unit.name_in(get_language() or "vi")


def _read_key(written: str) -> tuple[str, str] | None:
    unit_key, sign, code = written[:140].partition("~")
    return (unit_key, code) if sign else None


def _above(request: HttpRequest, unit: UnitRow) -> list[dict[str, str]]:
    """The way down to the unit from where the actor's administration begins."""
    seen = [above for above in reversed(units.list_ancestors(unit.key)) if queries.administers(officer_in(request), above.key)]  # fmt: skip
    trail = [{"text": _name(above), "url": f"{request.path}?{urlencode({'unit': above.key})}"} for above in seen]
    return [*trail, {"text": _name(unit)}] if trail else []


def _units_below(unit: UnitRow, under: list[str]) -> list[dict[str, Any]]:
    """The units right below, each with how many officers hold a post there or further down."""
    moment = now()
    counts = queries.count_staff(under, moment)
    found = units.get_units(counts)
    return [
        {
            "text": _name(child),
            "url": f"?{urlencode({'unit': child.key})}",
            "count": sum(count for key, count in counts.items() if child.key in found[key].path),
        }
        for child in units.list_children(unit.key, rules.day_of(moment))
    ]


def _table(rows: tuple[StaffRow, ...], *, below: bool) -> dict[str, Any]:
    roles, moment = queries.get_role_names(), now()
    names = queries.get_unit_names(row.unit_key for row in rows) if below else {}
    columns = [_("Họ và tên"), *([_("Đơn vị")] if below else []), _("Vị trí"), _("Đăng nhập")]
    return table(_("Cán bộ"), columns, [_cells(row, roles, names, moment) for row in rows])


def _cells(row: StaffRow, roles: Mapping[str, str], names: Mapping[str, str], moment: Any) -> list[dict[str, Any]]:
    kind, words = rules.sign_in_state(
        has_password=row.has_password,
        one_time_until=row.one_time_until,
        has_second_factor=row.has_second_factor,
        now=moment,
    )
    held = ", ".join(roles.get(role, role) for role in row.roles) or _("Chưa giữ vị trí nào")
    unit = [{"text": names.get(row.unit_key, row.unit_key)}] if names else []
    name = {"text": row.name, "url": reverse("people:officer", args=[row.code])}
    return [name, *unit, {"text": held}, {"badge": {"kind": kind, "text": words}}]
