"""What boards may show of the queue: who waits now at a unit's one-stop desk, and who is being served."""

from django.utils.translation import gettext as _

from tinhso.modules.government.queue import queries
from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.rules import CannotQueue, day_of
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.wording import said


def draw_now(asked: PanelAsked) -> Panel | None:
    """How many wait, by group, and how many are being served; None where no numbers are taken."""
    try:
        unit = queries.get_place(asked.unit_key, asked.now)
    except CannotQueue:
        return None
    today = day_of(asked.now)
    waiting = queries.count_waiting(unit.key, today)
    rows = [(said(group.name), waiting[group.code]) for group in find_rules().groups]
    rows.append((_("Đang được phục vụ"), len(queries.list_calls(unit.key, today))))
    most = max((count for _name, count in rows), default=0) or 1
    return Panel(
        title=_("Hàng chờ tại một cửa"),
        template="queue/panel.html",
        context={"bars": [{"text": name, "value": count, "percent": 100 * count / most} for name, count in rows]},
        table=[[_("Việc"), _("Người đang chờ")], *([name, count] for name, count in rows)],
        as_of=asked.now,
        lines=[f"{name}: {count}" for name, count in rows],
    )
