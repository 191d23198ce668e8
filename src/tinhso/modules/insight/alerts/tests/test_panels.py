"""What boards show of alerts: to officers what they may see, to walls what their unit has, to the public nothing."""

from tinhso.modules.insight.alerts.pages.panels import draw_course, draw_open
from tinhso.modules.insight.alerts.queries import narrow
from tinhso.modules.insight.alerts.tests.conftest import COMMUNE, MINUTE, NOW, PROVINCE, actor
from tinhso.platform.capability import PanelAsked
from tinhso.platform.people.rules import Actor

OTHER = "90002@2025-07-01"


def asked(by: Actor | None, unit: str = "", *, wall: bool = False) -> PanelAsked:
    return PanelAsked(unit, "2026-11", by, NOW + 20 * MINUTE, wall=wall, options={})


def test_the_shift_sees_open_alerts_with_a_line_for_a_letter(flooded):
    panel = draw_open(asked(actor("operator"), PROVINCE))

    assert panel
    assert panel.state == "trouble"
    assert panel.lines == ["Nước sông cao, Trạm Kỳ Cùng: 5,6 m (ngưỡng 5 m) · Mới"]
    assert panel.context["items"][0]["url"] == f"/alerts/{flooded.public_id}/"
    assert len(panel.table) == 2


def test_the_public_gets_no_panel_and_other_communes_no_alert(flooded):
    assert draw_open(asked(None)) is draw_course(asked(None)) is None
    assert draw_open(asked(Actor("citizen:mai", "citizen", "Mai"))) is None
    panel = draw_open(asked(actor("handler", OTHER)))
    assert panel
    assert panel.context["items"] == []


def test_a_wall_of_officers_sees_its_unit_and_leads_nowhere(flooded):
    wall = draw_open(asked(Actor("wall:1", "officer", ""), PROVINCE, wall=True))
    nobody = draw_open(asked(Actor("officer:gone", "officer", "Cũ"), PROVINCE, wall=True))

    assert wall
    assert wall.context["items"][0]["url"] == ""
    assert nobody
    assert nobody.context["items"] == []


def test_the_course_of_another_unit_is_no_officers_to_see_by_its_address_or_as_a_wall(flooded):
    handler, wall = actor("handler", OTHER), Actor("wall:1", "officer", "")

    seen = [
        draw_course(asked(by, unit, wall=is_wall))
        for by, unit, is_wall in (
            (handler, PROVINCE, False), (handler, PROVINCE, True), (handler, "", True), (handler, OTHER, False),
            (wall, PROVINCE, True), (wall, "", True), (actor("leader", COMMUNE), PROVINCE, False),
        )
    ]  # fmt: skip

    assert [panel and sum(row[1] for row in panel.table[1:]) for panel in seen] == [0, 0, 0, 0, 1, 1, 0]


def test_a_reader_sees_of_a_unit_what_lies_in_both(province):
    assert narrow(COMMUNE, {PROVINCE}) == narrow(PROVINCE, {COMMUNE}) == narrow("", {COMMUNE}) == {COMMUNE}
    assert narrow(OTHER, {COMMUNE}) == narrow("", ()) == frozenset()
    assert (narrow("", None), narrow(OTHER, None)) == (None, {OTHER})


def test_the_course_counts_by_day_with_the_medians(flooded):
    panel = draw_course(asked(actor("leader")))

    assert panel
    assert [row[1] for row in panel.table[1:]][-1] == 1
    assert "1 cảnh báo trong 14 ngày" in panel.lines[0]
