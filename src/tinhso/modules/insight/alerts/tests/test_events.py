"""What happened stands beside the figures it explains: of packs and of people, by unit and time, withdrawn with a reason."""

from datetime import date

import pytest

from tinhso.modules.insight.alerts import actions, queries
from tinhso.modules.insight.alerts.models import Event
from tinhso.modules.insight.alerts.rules.drafts import Refused
from tinhso.modules.insight.alerts.tests.conftest import COMMUNE, NOW, PROVINCE, RULE, actor
from tinhso.platform.capability import list_events
from tinhso.platform.people.rules import NotAllowed

OTHER = "90002@2025-07-01"
OUTAGE = {
    "title_vi": "Hệ thống ngừng",
    "first_on": "2026-03-08",
    "last_on": "2026-03-10",
    "unit": PROVINCE,
    "source": "Sở KH&CN",
}
REFORM = """
[[event]]
code = "reform"
first_on = 2025-07-01
title = { vi = "Hai cấp", en = "Two levels" }
source = "thử"
"""


def enter(by: str = "leader", at: str = PROVINCE, **changes: str) -> str:
    return actions.enter_event(sent=OUTAGE | changes, actor=actor(by, at), now=NOW)


def titles(unit: str, first: date = date(2026, 1, 1), last: date = date(2026, 12, 31)) -> list[str]:
    return [each.title.vi for each in list_events(unit, first, last)]


def test_an_event_of_the_province_explains_figures_of_all_its_communes(province):
    enter()

    assert titles(COMMUNE) == titles(PROVINCE) == titles("") == ["Hệ thống ngừng"]


def test_an_event_of_a_commune_explains_its_own_figures_only(province):
    enter(at=COMMUNE, unit=COMMUNE, title_vi="Mất điện ba ngày")

    assert titles(COMMUNE) == ["Mất điện ba ngày"]
    assert titles(OTHER) == titles(PROVINCE) == titles("") == []


@pytest.mark.parametrize(("first", "last", "shown"), [("2026-03-10", "2026-04-01", True), ("2026-03-11", "2026-04-01", False), ("2026-01-01", "2026-03-08", True), ("2026-01-01", "2026-03-07", False)])  # fmt: skip
def test_the_last_day_of_an_event_and_of_a_time_count(province, first, last, shown):
    enter()

    assert bool(titles("", date.fromisoformat(first), date.fromisoformat(last))) is shown


def test_what_a_pack_tells_stands_with_what_people_tell(province, small_pack):
    small_pack(RULE, REFORM)
    enter()

    assert titles("") == ["Hai cấp", "Hệ thống ngừng"]


def test_a_withdrawn_event_is_kept_and_no_longer_shown(province):
    public_id = enter()

    actions.withdraw_event(public_id=public_id, reason="ghi nhầm ngày", actor=actor("leader"), now=NOW)

    assert titles("") == []
    assert Event.objects.get().withdraw_reason == "ghi nhầm ngày"
    with pytest.raises(Refused):
        actions.withdraw_event(public_id=public_id, reason="lần nữa", actor=actor("leader"), now=NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [("first_on", ""), ("first_on", "2026-02-30"), ("last_on", "2026-03-07"), ("title_vi", " "), ("source", ""), ("address", "javascript:1"), ("unit", "nowhere")],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(province, field, value):
    with pytest.raises(Refused) as refused:
        enter(**{field: value})
    assert [each.field for each in refused.value.troubles] == [field]


def test_a_commune_tells_nothing_of_the_province_and_the_shift_nothing_at_all(province):
    with pytest.raises(NotAllowed):
        enter(at=COMMUNE)
    with pytest.raises(NotAllowed):
        enter(by="operator")


def test_an_event_is_entered_and_withdrawn_on_its_page(signed_in):
    client = signed_in("leader")

    wrong = client.post("/alerts/events/", OUTAGE | {"source": ""})
    assert wrong.status_code == 422
    client.post("/alerts/events/", OUTAGE)
    row = queries.list_events()[0]
    assert "08/03/2026" in client.get("/alerts/events/").content.decode()
    client.post(f"/alerts/events/{row.public_id}/withdraw/", {"reason": "ghi nhầm ngày"})
    assert "đã rút: ghi nhầm ngày" in client.get("/alerts/events/").content.decode()
