"""One officer as administrators see one: posts given and ended, a new one-time password, the second factor removed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.platform.clock import now
from tinhso.platform.people import actions, queries, rules
from tinhso.platform.people.pages.staff import show_password
from tinhso.platform.people.pages.work import (
    for_administrators,
    from_day,
    officer_in,
    post_in_words,
    show,
    span,
    table,
    to_day,
)
from tinhso.platform.people.pages.work_forms import Appoint, EndPost
from tinhso.platform.people.queries import OfficerRow, PostRow
from tinhso.platform.people.rules import Actor, Invalid, NotAllowed
from tinhso.platform.units import queries as units


@for_administrators
def officer(request: HttpRequest, code: str) -> HttpResponse:
    """Who it is, how far the officer has got with signing in, all posts, what is lent, and what may be done."""
    actor, moment, found = officer_in(request), now(), officer_asked(request, code)
    context = {
        "officer": found,
        "rows": _rows(found),
        "table": _posts(found, actor),
        "lent": [_lent_in_words(row) for row in queries.list_delegations(code, moment)],
        "may_renew": queries.administers_officer(actor, code, moment),
    }
    return show(request, "people/officer.html", context)


@for_administrators
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """One more post for the officer."""
    found, moment = officer_asked(request, code), now()
    form = Appoint(
        request.POST or None,
        now=moment,
        initial={"unit": found.unit_key},
        units=_choices(request),
        roles=list(queries.get_unit_roles().items()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, form, code, moment)
        except Invalid as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Đã giao vị trí cho %(name)s.") % {"name": found.name})
            return _back(code)
    title = _("Giao vị trí cho %(name)s") % {"name": found.name}
    context = {"heading": title, "form": form, "button": _("Giao vị trí"), "back_url": _address(code)}
    return show(request, "people/work_form.html", context)


@transaction.atomic
def _give(request: HttpRequest, form: Appoint, code: str, moment: datetime) -> None:
    """The post as the form has it, with the title under which its holder signs. :raises Invalid: it cannot be given"""
    asked, unit_key, actor = form.appointment(), form.cleaned_data["unit"], officer_in(request)
    actions.appoint(
        officer_code=code, unit_key=unit_key, role=asked.role, valid_from=asked.valid_from, valid_to=asked.valid_to,
        actor=actor, now=moment,
    )  # fmt: skip
    if title := form.cleaned_data["title"].strip():
        actions.give_title(
            officer_code=code, unit_key=unit_key, role=asked.role, title=title, actor=actor, now=moment
        )  # fmt: skip


@for_administrators
def end_post(request: HttpRequest, code: str, post_id: int) -> HttpResponse:
    """Say what ending the post will do, and end it."""
    found, moment = officer_asked(request, code), now()
    post = queries.find_post(post_id)
    if post is None or post.officer_code != code:
        raise LookupError(post_id)
    if not queries.administers(officer_in(request), post.unit_key):
        raise NotAllowed(_("Chỉ người quản trị của đơn vị mới làm được việc này."))
    form = EndPost(request.POST or None, now=moment)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_post(
                officer_code=code,
                unit_key=post.unit_key,
                role=post.role,
                valid_to=form.moment(),
                actor=officer_in(request),
                now=moment,
            )
        except Invalid as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Đã ghi việc %(name)s thôi giữ vị trí.") % {"name": found.name})
            return _back(code)
    title = _("Cho %(name)s thôi giữ vị trí?") % {"name": found.name}
    context = {"heading": title, "form": form, "button": _("Cho thôi giữ vị trí"), "back_url": _address(code)}
    return show(request, "people/work_form.html", context | {"is_grave": True, "items": _what_ends(post)})


def _what_ends(post: PostRow) -> list[str]:
    """What ending a post does, for whoever is about to do it. Cases are not known here: only who else holds the role."""
    moment, what = now(), post_in_words(post.role, post.unit_key)
    found = [_("Vị trí: %(post)s, giữ %(span)s.") % {"post": what, "span": span(post.valid_from, post.valid_to)}]
    found.append(_("Từ ngày đó người này không xem và không làm được việc của vị trí này nữa."))
    if lent := queries.count_delegations_of_post(post.id, moment):
        found.append(_("Ủy quyền từ vị trí này cũng hết: %(count)s.") % {"count": lent})
    holders = queries.officers_holding(post.role, post.unit_key, moment)
    others = sorted({each.name for each in holders if not each.on_behalf_of and each.code != post.officer_code})
    if others:
        found.append(_("Việc đang chờ do người cùng vị trí làm tiếp: %(names)s.") % {"names": ", ".join(others)})
    else:
        found.append(
            _(
                "Không còn ai giữ vị trí này ở đơn vị. Hồ sơ đang chờ sẽ không có người làm cho tới khi giao cho người khác."
            )
        )
    return found


@for_administrators
def renew_password(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a new one-time password will do, and give it."""
    items = [
        _("Mật khẩu cũ hết tác dụng ngay. Nơi nào đang đăng nhập bằng tài khoản này đều bị đăng xuất."),
        _("Mật khẩu mới hiện ra một lần, dùng được trong 7 ngày, và phải đổi khi đăng nhập."),
        _("Xác thực hai lớp vẫn giữ nguyên."),
        _("Việc này được ghi vào sổ cùng với tên bạn."),
    ]
    return _renew(request, code, _("Cấp mật khẩu mới cho %(name)s?"), items)


@for_administrators
def remove_second_factor(request: HttpRequest, code: str) -> HttpResponse:
    """Say what removing the second factor will do, and do it, with a new one-time password."""
    items = [
        _("Ứng dụng tạo mã, khóa và mã dự phòng của người này bị gỡ hết; lần đăng nhập tới phải đặt lại."),
        _("Mật khẩu cũng đổi: mật khẩu mới hiện ra một lần, dùng được trong 7 ngày."),
        _("Nơi nào đang đăng nhập bằng tài khoản này đều bị đăng xuất."),
        _("Hãy chắc rằng đúng là người ấy nhờ bạn: gặp mặt, hoặc gọi lại số máy bạn biết."),
        _("Việc này được ghi vào sổ cùng với tên bạn."),
    ]
    return _renew(request, code, _("Gỡ xác thực hai lớp của %(name)s?"), items, removes_second_factor=True)


def _renew(
    request: HttpRequest, code: str, title: str, items: list[str], *, removes_second_factor: bool = False
) -> HttpResponse:
    found, actor, moment = officer_asked(request, code), officer_in(request), now()
    if not queries.administers_officer(actor, code, moment):
        raise NotAllowed(_("Chỉ người quản trị của mọi đơn vị mà cán bộ này làm việc mới làm được việc này."))
    wrong = ""
    if request.method == "POST":
        try:
            password = actions.renew_sign_in(
                officer_code=code, removes_second_factor=removes_second_factor, actor=actor, now=moment
            )
        except Invalid as refusal:
            wrong = str(refusal)
        else:
            return show_password(request, code, password)
    context = {"heading": title % {"name": found.name}, "items": items, "wrong": wrong, "back_url": _address(code)}
    button = _("Gỡ và cấp mật khẩu mới") if removes_second_factor else _("Cấp mật khẩu mới")
    return show(request, "people/work_form.html", context | {"is_grave": True, "button": button})


def officer_asked(request: HttpRequest, code: str) -> OfficerRow:
    """
    The officer with that code, for an administrator of one of the officer's units.

    :raises LookupError: there is none, or the actor administers none of the units to which the officer belongs
    """
    found, actor, moment = queries.find_officer(code), officer_in(request), now()
    if found is None or not any(queries.administers(actor, key) for key in queries.list_units_of(code, moment)):
        raise LookupError(code)
    return found


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Every unit the actor administers, and those below, a parent before what is below it."""
    on, language = rules.day_of(now()), get_language() or "vi"
    keys = [
        key
        for own in queries.list_administered_units(officer_in(request))
        for key in (own.key, *units.list_descendant_keys(own.key, on))
    ]
    found = units.get_units(keys)
    return [(key, found[key].name_in(language)) for key in dict.fromkeys(keys)]


def _rows(found: OfficerRow) -> list[dict[str, Any]]:
    kind, words = rules.sign_in_state(
        has_password=found.has_password,
        one_time_until=found.one_time_until,
        has_second_factor=found.has_second_factor,
        now=now(),
    )
    last = found.last_signed_in_at
    unit = queries.get_unit_names([found.unit_key]).get(found.unit_key, found.unit_key)
    return [
        {"key": _("Tên đăng nhập"), "value": found.sign_in_name},
        {"key": _("Đơn vị đăng ký"), "value": unit or _("Không rõ")},
        {"key": _("Đăng nhập"), "value": "", "badge": {"kind": kind, "text": words}},
        {
            "key": _("Lần đăng nhập cuối"),
            "value": last.astimezone(rules.VIETNAM).strftime("%H:%M %d/%m/%Y") if last else _("Chưa lần nào"),
        },
    ]


def _posts(found: OfficerRow, actor: Actor) -> dict[str, Any]:
    posts = queries.list_posts(found.code)
    roles, names = queries.get_role_names(), queries.get_unit_names(post.unit_key for post in posts)
    rows = []
    for post in posts:
        lasts = post.valid_to is None or post.valid_to > now()
        cell: dict[str, Any] = {"text": _("Đã hết") if not lasts else ""}
        if lasts and queries.administers(actor, post.unit_key):
            cell = {"text": _("Cho thôi giữ"), "url": reverse("people:end_post", args=[found.code, post.id])}
        rows.append(
            [
                {"text": roles.get(post.role, post.role)},
                {"text": names.get(post.unit_key, post.unit_key)},
                {"text": from_day(post.valid_from)},
                {"text": to_day(post.valid_to) or _("chưa hẹn")},
                cell,
            ]
        )
    return table(_("Vị trí"), [_("Vị trí"), _("Đơn vị"), _("Từ ngày"), _("Đến hết ngày"), _("Việc")], rows)


def _lent_in_words(row: queries.DelegationRow) -> str:
    names = queries.get_names([row.giver_code, row.receiver_code])
    said = {
        "giver": names.get(row.giver_code, row.giver_code),
        "receiver": names.get(row.receiver_code, row.receiver_code),
        "post": post_in_words(row.role, row.unit_key),
        "span": span(row.valid_from, row.valid_to),
    }
    return _("%(giver)s ủy quyền cho %(receiver)s: %(post)s, %(span)s") % said


def _address(code: str) -> str:
    return reverse("people:officer", args=[code])


def _back(code: str) -> HttpResponse:
    return HttpResponseRedirect(_address(code))
