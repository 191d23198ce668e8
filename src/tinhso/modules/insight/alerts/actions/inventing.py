"""Alerts for a demonstration: the rules look at what the others invented, and people have dealt with some of it."""

from datetime import datetime, timedelta
from typing import Final

from tinhso.modules.insight.alerts.actions.acting import Told, act_on_alert, note_on_alert
from tinhso.modules.insight.alerts.actions.evaluating import evaluate_alerts
from tinhso.modules.insight.alerts.actions.telling import enter_event
from tinhso.modules.insight.alerts.models import Alert
from tinhso.platform.cases.queries import get_case
from tinhso.platform.people.queries import find_officer_actor, officers_holding
from tinhso.platform.people.rules import Actor, day_of

MINUTE: Final = timedelta(minutes=1)
# What was done with the first, the second … alert: acts with the minute before now and the words said then.
COURSES: Final = (
    (("acknowledge", 50, ""), ("dispatch", 45, "Cử tổ kiểm tra đến tận nơi."), ("arrive", 20, "")),
    (("acknowledge", 40, ""), ("resolve", 10, "Đã gọi nơi chịu trách nhiệm; số đo trở lại bình thường.")),
    (("dismiss", 30, "Thiết bị đang bảo trì, số đo không đúng."),),
    (("acknowledge", 25, ""),),
)


def load_invented(*, now: datetime) -> int:
    """Look as of two hours ago and since, and let people act; how many alerts there are. Done once."""
    if Alert.objects.exists():
        return 0
    for minutes in (130, 60, 55):
        evaluate_alerts(now=now - minutes * MINUTE)
    alerts = list(Alert.objects.order_by("level", "pk"))
    for alert, course in zip(alerts, COURSES, strict=False):
        _live_through(alert, course, now)
    if alerts and (actor := _holder(alerts[0], now)):
        note_on_alert(
            public_id=alerts[0].public_id,
            text="Đã báo lãnh đạo đơn vị qua điện thoại.",
            actor=actor,
            now=now - 18 * MINUTE,
        )
    _tell_of_an_outage(alerts, now)
    return len(alerts)


def _live_through(alert: Alert, course: tuple[tuple[str, int, str], ...], now: datetime) -> None:
    for act, minutes, words in course:
        actor = _holder(alert, now)
        if actor is None:
            return
        act_on_alert(
            public_id=alert.public_id, act=act, told=Told(words, words), actor=actor, now=now - minutes * MINUTE
        )


def _holder(alert: Alert, now: datetime) -> Actor | None:
    """Somebody who may act on the alert as it stands."""
    case = get_case(alert.public_id)
    for role in (case.state.holder, "leader"):
        for each in officers_holding(role, alert.unit_key, now) if role else ():
            return find_officer_actor(each.code, now)
    return None


def _tell_of_an_outage(alerts: list[Alert], now: datetime) -> None:
    province = next((alert.unit_key for alert in alerts if alert.unit_key.startswith("20@")), "")
    leaders = officers_holding("leader", province, now) if province else ()
    actor = find_officer_actor(leaders[0].code, now) if leaders else None
    if actor is None:
        return
    first = day_of(now - timedelta(days=40))
    sent = {
        "unit": province,
        "first_on": first.isoformat(),
        "last_on": (first + timedelta(days=2)).isoformat(),
        "title_vi": "Hệ thống ngừng để chuyển máy chủ",
        "title_en": "The system moved to other servers",
        "source": "Thông báo bịa ra để trình diễn.",
        "address": "",
    }
    enter_event(sent=sent, actor=actor, now=now - 39 * 24 * 60 * MINUTE)
