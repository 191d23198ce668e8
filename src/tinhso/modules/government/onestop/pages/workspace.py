"""The inbox over all of an officer's posts: what is late, today, tomorrow; filters, bulk acts."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.worktime.texts import date_text
from tinhso.modules.government.onestop.pages.desk import for_officers, names_seen, officer_in, show
from tinhso.modules.government.onestop.pages.flags import flags_of
from tinhso.modules.government.onestop.rules import (
    due_badge,
    in_words,
    is_bulk,
    tonight,
    urgency,
    waiting_since,
    way_of,
)
from tinhso.platform.capability import case_address, case_kinds
from tinhso.platform.cases.queries import InboxRow, count_hanging, count_inbox, list_inbox
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.people.queries import administers, get_names, get_role_names
from tinhso.platform.people.rules import ADMINISTRATOR, Actor, acts_for
from tinhso.platform.units.queries import get_unit
from tinhso.platform.watch.queries import count_warned

KINDS: Final[Mapping[str, Promise]] = {"dossier": lazy("Hồ sơ"), "opinion": lazy("Ý kiến được hỏi")}
GROUPS: Final[Mapping[str, tuple[Promise, str]]] = {
    "late": (lazy("Quá hạn"), "late"),
    "today": (lazy("Hạn hôm nay"), "soon"),
    "undated": (lazy("Chưa tính hạn, chờ lâu nhất đứng đầu"), ""),
    "soon": (lazy("Sắp đến hạn, trong ba ngày tới"), ""),
    "later": (lazy("Còn lại"), ""),
}
NOTHING: Mapping[str, Any] = {}
COUNTED_AT_MOST = 1000
LONGEST_KEY, MOST_BUTTONS = 60, 3


@for_officers
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the officer, the most urgent first, fifty at a time."""
    actor, moment = officer_in(request), now()
    role, kind, after = (request.GET.get(name, "") for name in ("role", "kind", "after"))
    roles = [role] if role in {post.role for post in actor.posts} else None
    page = list_inbox(
        actor, roles=roles, kinds=[kind] if kind in KINDS or kind in case_kinds() else None, after=read_key(after)
    )
    names_seen(request, "inbox", page.rows)
    names = get_role_names()
    context = {
        "heading": _("Việc của tôi, %(day)s") % {"day": _day(moment)},
        "counts": _counts(actor, moment, roles, {urgency(row.due_at, moment) for row in page.rows}),
        "filters": _filters(actor, page.rows, names, role, kind),
        "table": work_table(page.rows, actor, names, moment, flags=flags_of([row.public_id for row in page.rows], moment)),
        "buttons": bulk_buttons(page.rows, actor),
        "shown": _("%(count)s việc") % {"count": len(page.rows)},
        "first_url": request.path if after else "",
        "next_url": f"{request.path}?{urlencode({'role': role, 'kind': kind, 'after': write_key(page.after)})}" if page.after else "",
        "here": request.get_full_path(),
    }  # fmt: skip
    return show(request, "onestop/desk_inbox.html", context)


def read_key(written: str) -> tuple[datetime, int] | None:
    """The key of a page of an inbox from its address; None for the first page, or for what is no key."""
    at, _sign, number = written[:LONGEST_KEY].rpartition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    fits = number.isascii() and number.isdigit() and len(number) < 19 and moment.tzinfo is not None
    return (moment, int(number)) if fits else None


def write_key(key: tuple[datetime, int] | None) -> str:
    """The key of a page of an inbox as an address holds it."""
    return f"{key[0].isoformat()}~{key[1]}" if key else ""


def _day(moment: datetime) -> str:
    said = date_text(moment.astimezone(VIETNAM).date())
    return in_words(said).rpartition("/")[0]


def _counts(actor: Actor, moment: datetime, roles: list[str] | None, shown: Collection[str]) -> list[dict[str, Any]]:
    """How much there is in all; a number leads to its group where this page shows it."""
    found = count_inbox(actor, moment, tonight=tonight(moment), roles=roles)
    said = {name: f"{count}+" if count >= COUNTED_AT_MOST else str(count) for name, count in found.items()}
    counts: list[dict[str, Any]] = [
        {"value": said["late"], "text": _("quá hạn"), "kind": "late" if found["late"] else "ok", "url": _to("late", shown)},
        {"value": said["today"], "text": _("hôm nay"), "kind": "soon" if found["today"] else "", "url": _to("today", shown)},
        {"value": said["tomorrow"], "text": _("ngày mai"), "url": _to("soon", shown) if found["tomorrow"] else ""},
        {"value": said["open"], "text": _("đang mở")},
    ]  # fmt: skip
    if warned := count_warned(actor):
        counts.append({"value": str(warned), "text": _("có cảnh báo"), "kind": "soon"})
    if any(post.role == ADMINISTRATOR for post in actor.posts):
        lost = sum(count for unit, count in count_hanging(moment).items() if administers(actor, unit))
        text, url = _("không rõ ai giữ"), reverse("onestop:hanging")
        counts.append({"value": str(lost), "text": text, "kind": "late" if lost else "ok", "url": url})
    return counts


def _to(group: str, shown: Collection[str]) -> str:
    return f"#{group}" if group in shown else ""


def _filters(
    actor: Actor, rows: Iterable[InboxRow], names: Mapping[str, str], role: str, kind: str
) -> list[dict[str, Any]]:
    """One line of links for the roles held, one for the kinds of case, where there is a choice."""
    held = list(dict.fromkeys(post.role for post in actor.posts))
    known = {**KINDS, **{each: page.title for each, page in case_kinds().items()}}
    kinds = {row.procedure.kind for row in rows if row.procedure.kind in known} | ({kind} & known.keys())
    lines = []
    if len(held) > 1:
        options = [("", _("Mọi vai trò")), *((each, names.get(each, each)) for each in held)]
        lines.append({"label": _("Vai trò"), "links": [_link({"role": code, "kind": kind}, text, code == role) for code, text in options]})  # fmt: skip
    if len(kinds) > 1 or kind in known:
        options = [("", _("Mọi việc")), *((each, str(text)) for each, text in known.items() if each in kinds)]
        lines.append({"label": _("Loại việc"), "links": [_link({"role": role, "kind": code}, text, code == kind) for code, text in options]})  # fmt: skip
    return lines


def _link(asked: dict[str, str], text: str, is_current: bool) -> dict[str, Any]:  # noqa: FBT001 - made in two places
    query = urlencode({name: value for name, value in asked.items() if value})
    return {"url": f"{reverse('onestop:inbox')}?{query}", "text": text, "current": is_current}


def work_table(
    rows: Sequence[InboxRow],
    actor: Actor,
    names: Mapping[str, str],
    moment: datetime,
    *,
    form: str = "picked",
    flags: Mapping[str, Any] = NOTHING,
) -> dict[str, Any]:
    """Pieces of work as the component `table` takes them, with a box to tick each."""
    titles = [_("Mã"), _("Việc"), _("Đang ở bước"), _("Ai giữ"), _("Hạn")]
    holders = _holders(rows, actor, names)
    shown = ((row.due_at, _row(row, titles, holders[row.item_id], moment, flags)) for row in rows)
    groups = in_groups(shown, moment)
    return {
        "caption": _("Việc của tôi"), "caption_hidden": True, "picks": "case", "form": form,
        "columns": [{"title": title} for title in titles], "width": len(titles) + 1, "groups": groups,
    }  # fmt: skip


def in_groups(rows: Iterable[tuple[datetime | None, dict[str, Any]]], moment: datetime) -> list[dict[str, Any]]:
    """Rows of a table, each with its deadline, under headings with counts: late, today, and so on; empty ones left out."""
    found: dict[str, list[dict[str, Any]]] = {group: [] for group in GROUPS}
    for due_at, row in rows:
        found[urgency(due_at, moment)].append(row)
    return [
        {"id": group, "title": title, "kind": kind, "count": str(len(found[group])), "rows": found[group]}
        for group, (title, kind) in GROUPS.items()
        if found[group]
    ]


def _row(
    row: InboxRow, titles: list[str], holder: tuple[str, str], moment: datetime, flags: Mapping[str, Any]
) -> dict[str, Any]:
    work, about = in_words(row.procedure.name), row.title or row.applicant_name
    url = case_address(row.procedure.kind, row.public_id) or reverse("onestop:case", args=[row.public_id])
    return {
        "id": row.public_id,
        "name": f"{work}, {about}",
        "cells": [
            {"text": row.code or row.public_id, "kind": "code", "label": titles[0]},
            {"text": work, "url": url, "note": about, "heads": True, "flags": flags.get(row.public_id)},
            {"text": in_words(row.state.name), "label": titles[2]},
            {"text": holder[0], "note": holder[1], "label": titles[3]},
            {"badge": due_badge(row.due_at, moment), "label": titles[4]}
            if row.due_at
            else {"text": waiting_since(row.sort_at, moment), "kind": "soft", "label": _("Chưa có hạn")},
        ],
    }


def _holders(rows: Sequence[InboxRow], actor: Actor, names: Mapping[str, str]) -> dict[int, tuple[str, str]]:
    """By piece of work: the role that holds it, and beneath it the unit or for whom the officer stands in."""
    several = len({post.unit_key for post in actor.posts}) > 1
    givers = {row.item_id: acts_for(actor, row.role, row.unit_key, row.procedure.code) for row in rows}
    known = get_names(code for code in givers.values() if code) if any(givers.values()) else {}
    found = {}
    for row in rows:
        giver = givers[row.item_id]
        note = get_unit(row.unit_key).short_name if several else ""
        if giver:
            note = _("thay %(name)s") % {"name": known.get(giver, giver)}
        found[row.item_id] = (names.get(row.role, row.role), note)
    return found


def bulk_buttons(rows: Iterable[InboxRow], actor: Actor) -> list[dict[str, Any]]:
    """The acts that most of these can take at once, those that ask nothing first; signing has a page of its own."""
    counted: Counter[tuple[bool, str, str]] = Counter()
    signs = False
    own = case_kinds()
    for row in rows:
        if row.procedure.kind in own:
            continue
        steps = row.procedure.steps_from(row.state.code, actor.roles_in(row.unit_key, row.procedure.code))
        counted.update(
            {(bool(step.asks), step.act, in_words(step.name)) for step in steps if is_bulk(row.procedure, step)}
        )
        signs = signs or any(way_of(step) in {"result", "refusal"} for step in steps)
    chosen = sorted(counted, key=lambda each: (each[0], -counted[each]))[:MOST_BUTTONS]
    buttons = [
        {"text": text, "name": "act", "value": act, "form": "picked", "kind": "secondary"}
        for _asks, act, text in chosen
    ]
    if signs:
        url = reverse("onestop:sign_queue")
        buttons.insert(0, {"text": _("Ký"), "name": "sign", "value": "", "form": "picked", "formaction": url})
    if buttons:
        buttons[0]["kind"] = "primary"
    return buttons


urlpatterns = [path("work/", inbox, name="inbox")]
