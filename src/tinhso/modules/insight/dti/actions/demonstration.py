"""An invented self-assessment and offers of the demonstration's province, so that its pages are not empty."""

from datetime import datetime

from django.db import transaction

from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.actions.assessing import declare_value, open_assessment
from tinhso.modules.insight.dti.actions.planning import add_offer
from tinhso.modules.insight.dti.queries.assessments import provinces_of
from tinhso.modules.insight.dti.rules.criteria import FRAME, REST
from tinhso.platform.people.queries import list_demonstration_people
from tinhso.platform.people.rules import ADMINISTRATOR, Actor
from tinhso.platform.units.queries import get_units

EDITION, YEAR = "2021-2023", 2023
POINTS = {
    "awareness": "88", "institutions": "90", "infrastructure": "79.5", "human_resources": "71",
    "cybersecurity": "66", "digital_government_activity": "161", "digital_economy_activity": "108",
    "digital_society_activity": "84",
}  # fmt: skip
OFFERS = (
    ("institutions", "100", "150000000", "60", "Ban hành đủ quy chế, kế hoạch"),
    ("human_resources", "85", "1800000000", "140", "Tập huấn tổ công nghệ số cộng đồng ở 65 xã, phường"),
    ("cybersecurity", "90", "4200000000", "120", "Giám sát an toàn thông tin mọi hệ thống"),
    ("digital_society_activity", "105", "2600000000", "200", "Chữ ký số cá nhân, thanh toán không tiền mặt"),
    ("digital_economy_activity", "120", "5000000000", "180", "Đưa hộ sản xuất lên sàn, cửa khẩu số"),
)


@transaction.atomic
def load_demonstration(*, now: datetime) -> None:
    """Make them once; without demonstration people at a province nothing is made."""
    found = _worker(now)
    if found is None or not models.Edition.objects.filter(code=EDITION).exists():
        return
    actor, unit_key = found
    if unit_key in {unit.key for unit in provinces_of(actor)} and not models.Assessment.objects.exists():
        row = open_assessment(
            edition_code=EDITION, criteria_code=FRAME, year=YEAR, unit_key=unit_key, actor=actor, now=now
        )
        for index, points in POINTS.items():
            declare_value(
                public_id=row.public_id, criterion=REST + index, answer={"value": points}, actor=actor, now=now
            )
        for index, reach, money, effort, note in OFFERS:
            offer = {"criterion": REST + index, "reach": reach, "money": money, "effort": effort, "note": note}
            add_offer(public_id=row.public_id, offer=offer, actor=actor, now=now)


def _worker(now: datetime) -> tuple[Actor, str] | None:
    """The first demonstration officer who administers a province, with that province."""
    people = list_demonstration_people(now)
    held = {post.unit_key for actor in people for post in actor.posts if post.role == ADMINISTRATOR}
    provinces = {unit.key for unit in get_units(held).values() if unit.kind == "province"}
    for actor in people:
        for post in actor.posts:
            if post.role == ADMINISTRATOR and post.unit_key in provinces:
                return actor, post.unit_key
    return None
