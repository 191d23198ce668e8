"""A dossier is filed; the board that a leader looks at shows it within ten seconds, without being loaded anew."""

import time

import pytest

from journeys.birth import new_name
from journeys.officer import Officer
from journeys.person import DESK
from journeys.place import COMMUNE

pytestmark = pytest.mark.story_of("boards", "indicators")
HANDLED = '[data-slot="live"] .figure >> nth=0'
WITHIN_SECONDS = 10


def test_a_dossier_is_on_the_board_within_ten_seconds(somebody, portal):
    leader = somebody(Officer, "leader", width=DESK)
    leader.signs_in("Hoàng Văn Kiên")
    leader.goes(f"/board/?unit={COMMUNE}")
    leader.page.evaluate("window.opened = true")
    leader.page.locator('[data-slot="map"] summary').click()
    before = handled(leader)

    portal.has_filed(child_name=new_name())
    filed = time.monotonic()
    while handled(leader) == before:
        assert time.monotonic() - filed < WITHIN_SECONDS
        leader.page.wait_for_timeout(100)

    assert handled(leader) == before + 1
    assert leader.page.evaluate("window.opened"), "the page was not loaded anew"
    assert leader.page.locator('[data-slot="map"] details').get_attribute("open") is not None, (
        "what was opened stays open"
    )


def handled(leader: Officer) -> int:
    """How many dossiers are being handled, as the tile says."""
    return int(leader.page.locator(f"{HANDLED} >> .figure__value").inner_text().replace(".", ""))
