"""The chairman sees a red figure on the board and opens it down to the late dossiers behind it; each look is recorded."""

import re

import pytest

from journeys.officer import Officer
from journeys.person import DESK
from journeys.place import COMMUNE

pytestmark = pytest.mark.story_of("boards", "indicators")
FIGURES = '[data-slot="figures"]'


def test_a_leader_opens_a_red_figure_down_to_three_late_dossiers(somebody):
    leader = somebody(Officer, "leader", width=DESK)
    leader.signs_in("Hoàng Văn Kiên")
    red = find_red(leader)
    leader.looks("board")
    assert "ngưỡng của bảng 95%" in red.inner_text()
    told = re.search(r"(\d+) trên (\d+) hồ sơ", red.inner_text())
    late = int(told[2]) - int(told[1])
    assert late == 3

    red.locator(".figure__basis a").click()
    leader.page.wait_for_url("**/indicators/on_time_rate/cases/**which=failed**")
    leader.looks("late-dossiers")
    links = leader.page.locator('tbody a[href^="/work/cases/"]')
    addresses = [link.get_attribute("href") for link in links.all()]
    assert len(addresses) == late
    assert all("trễ" in row.inner_text() for row in leader.page.locator("tbody tr").all())

    for number, address in enumerate(addresses):
        leader.goes(address)
        assert leader.page.locator(".due, .badge, time").count(), "the dossier's own page"
        if not number:
            leader.looks("dossier")
    assert {seen_by(leader, address) for address in addresses} == {True}


def find_red(leader: Officer):
    """The on-time figure of the period in which it is red; figures of a new installation are still being counted."""
    for _time in range(30):
        for period in leader_periods(leader):
            leader.goes(f"/board/?unit={COMMUNE}&period={period}")
            found = leader.page.locator(f"{FIGURES} .figure", has=leader.page.locator(".text-late")).first
            if found.count() and "đúng hạn" in found.inner_text():
                return found
        leader.page.wait_for_timeout(1000)
    raise AssertionError("no figure is red")


def leader_periods(leader: Officer) -> list[str]:
    """This month and the ones before, as the board offers them."""
    leader.goes(f"/board/?unit={COMMUNE}")
    options = leader.page.locator('[name="period"] option').all()[:3]
    return [option.get_attribute("value") for option in options]


def seen_by(leader: Officer, address: str) -> bool:
    """Whether the dossier's own record of sights names the leader."""
    leader.goes(address)
    return "Hoàng Văn Kiên" in leader.page.locator('[aria-labelledby="lookers"]').inner_text()
