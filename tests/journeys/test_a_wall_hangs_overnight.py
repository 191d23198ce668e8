"""A screen on the wall of the operations room: left alone for a night of lost networks, it shows the right figures in the morning."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from playwright.sync_api import Page

from journeys.officer import Officer
from journeys.person import DESK, PICTURES, Person
from journeys.relay import LOGIN_OF_A_HOTEL, Relay, always_new

pytestmark = pytest.mark.story_of("boards", "indicators")
REFRESHES, EVERY = 2000, 4000
WALL = {"width": 1920, "height": 1080}
MORE_BYTES, MORE_NODES = 3_000_000, 2000  # an answer has about five hundred nodes; two may still be about
LOST, LIVE = "Mất kết nối từ", '[data-slot="live"]'


@pytest.fixture
def relay(place):
    found = Relay(place.address)
    found.goes()
    yield found
    found.stops()


@pytest.fixture
def administrator(somebody):
    found = somebody(Officer, "administrator", width=DESK)
    found.signs_in("Bế Minh Tuấn")
    return found


def hang(administrator: Officer) -> str:
    """A wall with the province's board; the path that its key opens."""
    administrator.goes("/walls/")
    administrator.page.locator('[name="place"]').fill("Phòng trực điều hành, tầng 2")
    administrator.page.locator('[name="board"]').select_option("province")
    administrator.press("Cấp khóa")
    administrator.awaits("Đã cấp khóa")
    administrator.looks("key")
    (path,) = re.findall(r"/wall/[\w-]{40,}/", administrator.page.content())[:1]
    return path


def weigh(page: Page) -> tuple[int, int]:
    """Bytes of the heap and nodes of the page after rubbish was taken out."""
    asked = page.context.new_cdp_session(page)
    asked.send("HeapProfiler.collectGarbage")
    asked.send("Performance.enable")
    found = {each["name"]: each["value"] for each in asked.send("Performance.getMetrics")["metrics"]}
    asked.detach()
    return int(found["JSHeapUsedSize"]), int(found["Nodes"])


def refresh(page: Page, times: int) -> None:
    """Let the page's own rhythm pass so often; each time it asks and is answered once."""
    for _time in range(times):
        before, until = answers(page), time.monotonic() + 20
        page.clock.run_for(EVERY)
        while answers(page) == before:
            assert time.monotonic() < until, "the wall asks no more"
            time.sleep(0.005)


def answers(page: Page) -> int:
    return page.evaluate("Number(document.querySelector('[data-live]').dataset.answers || 0)")


def picture(page: Page, step: str) -> None:
    folder = PICTURES / "a_wall_hangs_overnight"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"wall-{step}-1920.png")


def says_lost(page: Page) -> bool:
    """Whether the banner is up and the tiles are grey, the page still being the board."""
    for _try in range(200):
        page.clock.run_for(1000)
        if page.locator("[data-lost]").is_visible():
            return LOST in page.locator("[data-lost]").inner_text() and page.locator(".is-lost").count() == 1
        time.sleep(0.02)
    return False


def is_back(page: Page) -> bool:
    for _try in range(400):
        page.clock.run_for(1000)
        if not page.locator("[data-lost]").is_visible():
            return page.locator(".is-lost").count() == 0
        time.sleep(0.02)
    return False


@pytest.fixture
def wall(administrator, somebody, relay):
    """Somebody's screen, 1920 by 1080, without any session, opened by its key in the evening."""
    path = hang(administrator)
    found = somebody(Person, "wall", width=DESK)
    found.page.set_viewport_size(WALL)
    found.page.clock.install(time=datetime.now(UTC))
    found.goes(relay.address + path)
    found.page.locator(LIVE).get_by_text("Đang quá hạn").wait_for()
    found.page.evaluate("window.hung = true")
    return found


def test_a_wall_survives_the_night(wall, relay, administrator):
    page = wall.page
    assert page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [
        1080,
        1920,
    ]
    picture(page, "evening")

    thousands_of_refreshes_leave_nothing_behind(page, relay)
    for lose, mend in failures(wall, relay):
        comes_back(page, relay, lose, mend)
    picture(page, "morning")
    the_day_changes(page, relay)
    relay.mend = lambda _asked, answer: answer
    refresh(page, 3)
    assert tiles_of(page.content()) == tiles_of(wall.context.request.get(page.url).text())
    assert page.evaluate("window.hung"), "it was never loaded anew"
    assert all(each.endswith("/panels/") and ": 503 " in each for each in wall.complaints), wall.complaints
    wall.complaints.clear()

    administrator.goes("/walls/")
    administrator.page.locator(".wall-row", has_text="treo").first.get_by_role("button", name="Thu hồi").click()
    administrator.awaits("Đã thu hồi màn hình")
    page.clock.run_for(EVERY)
    page.get_by_text("Màn hình này đã bị quản trị thu hồi.").wait_for()
    assert page.locator(".tile").count() == 0


def thousands_of_refreshes_leave_nothing_behind(page: Page, relay: Relay) -> None:
    relay.mend = lambda asked, answer: always_new(answer, relay.asked) if asked.endswith("/panels/") else answer
    refresh(page, 50)
    begun = weigh(page)
    refresh(page, REFRESHES)
    ended = weigh(page)
    assert ended[0] - begun[0] < MORE_BYTES, (begun, ended)
    assert ended[1] - begun[1] < MORE_NODES, (begun, ended)


def comes_back(page: Page, relay: Relay, lose: Callable[[], None], mend: Callable[[], None]) -> None:
    """It says since when it is lost, keeps the last figures in grey, asks ever more rarely, and connects by itself."""
    lose()
    assert says_lost(page), lose
    assert page.locator(LIVE).inner_text()
    asked = relay.asked
    page.clock.fast_forward("01:00:00")
    page.clock.run_for(120_000)
    assert relay.asked - asked < 10
    mend()
    assert is_back(page), mend


def the_day_changes(page: Page, relay: Relay) -> None:
    """The clock on the wall is the server's."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    date = {"Date": format_datetime(tomorrow, usegmt=True)}
    relay.mend = lambda _asked, answer: (answer[0], {**answer[1], **date}, answer[2])
    refresh(page, 3)
    page.clock.run_for(2000)
    assert f"{tomorrow + timedelta(hours=7):%d/%m/%Y}" in page.locator("[data-clock]").inner_text()


def failures(wall: Person, relay: Relay):
    """What happens in a night, each with what ends it: network, server, a proxy's error, a hotel's page, names."""
    yield lambda: wall.context.set_offline(True), lambda: wall.context.set_offline(False)
    yield relay.stops, relay.goes
    for answer in ((503, {"Content-Type": "text/html"}, b"busy"), LOGIN_OF_A_HOTEL):
        yield lambda answer=answer: setattr(relay, "instead", answer), lambda: setattr(relay, "instead", None)
    where = re.compile("/panels/")
    yield (
        lambda: wall.page.route(where, lambda route: route.abort("namenotresolved")),
        lambda: wall.page.unroute(where),
    )


def tiles_of(html: str) -> list[str]:
    """Titles and numbers of a board's tiles, in order, without what tells the time."""
    return re.findall(r'class="(?:tile__title|figure__value[^"]*)">([^<]*)', html)


def test_a_session_that_ends_does_not_stop_a_wall_in_its_own_language(administrator, somebody, place):
    path = hang(administrator)
    administrator.page.set_viewport_size({"width": 3840, "height": 2160})
    administrator.page.goto(place.address + path)
    administrator.context.clear_cookies()
    administrator.context.add_cookies([{"name": "django_language", "value": "en", "url": place.address}])
    version = administrator.page.locator(LIVE).get_attribute("data-version")
    administrator.page.wait_for_function(
        "before => document.querySelector('[data-slot=live]').dataset.version !== before", arg=version
    )
    assert "Đang quá hạn" in administrator.page.locator(LIVE).inner_text()
    assert administrator.page.evaluate("document.documentElement.scrollHeight") == 2160
    administrator.page.set_viewport_size({"width": DESK, "height": 860})
    administrator.page.goto(place.address + path)
    assert "Đang quá hạn" in administrator.page.locator(LIVE).inner_text()
