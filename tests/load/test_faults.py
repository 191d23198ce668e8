"""Outside systems that are slow, silent or lying, met by a real web server and a real worker: nothing is lost, nothing doubled."""

import os
import signal
import threading
import time
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from load.crowd import citizen_codes
from load.site import Site
from load.visitor import Visitor, child_named, paper_for
from tinhso.platform.people.tests.conftest import Browser

DUNG = "020091003265"
SLOW_SECONDS = 3
LETTERS = """
select d.state, d.attempts, (select count(*) from notices_simulatedmessage m where m.key = d.key)
from notices_delivery d join notices_notice n on n.id = d.notice_id
where n.case_id = %s and n.kind = 'cases.dossier.filed' and d.channel = %s
"""
NOW = "update procrastinate_jobs set scheduled_at = now() where status = 'todo' and queue_name = 'notices'"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def mai(site: Site) -> Visitor:
    site.await_whole("worker")
    visitor = Visitor(site.port, citizen_codes()[0])
    visitor.sign_in()
    return visitor


def plan(visitor: Visitor, fault: str, channel: str = "sms") -> None:
    asked = urlencode({"channel": channel, "fault": fault, "count": 1}).encode()
    assert visitor.ask("POST", "/simulators/messages/faults/", asked, FORM).status == 302


def file_dossier(visitor: Visitor, number: int) -> str:
    child = child_named(number)
    return visitor.file_dossier(f"fault-{number}", child, visitor.hand_in(paper_for(child)))


def await_letter(database: psycopg.Connection[Any], public_id: str, *expected: object, channel: str = "sms") -> None:
    """Wait until the letter about the filing is (state, attempts, copies at the gateway)."""
    until = time.monotonic() + 40
    while (found := database.execute(LETTERS, [public_id, channel]).fetchall()) != [expected]:
        assert time.monotonic() < until, found
        time.sleep(0.1)


@pytest.mark.slow
def test_a_text_message_that_fails_twice_arrives_once_though_the_worker_dies_between(site: Site, mai: Visitor) -> None:
    site.await_quiet()
    plan(mai, "timeout")
    plan(mai, "lost_answer")
    public_id = file_dossier(mai, 900_001)
    with site.connect() as database:
        await_letter(database, public_id, "queued", 1, 0)
        (victim,) = site.parts("worker")
        os.kill(victim, signal.SIGKILL)
        site.await_whole("worker", without=victim)
        database.execute(NOW)
        await_letter(database, public_id, "queued", 2, 1)
        database.execute(NOW)
        await_letter(database, public_id, "sent", 3, 1)
        await_letter(database, public_id, "sent", 1, 1, channel="email")


@pytest.mark.slow
def test_while_vneid_is_slow_others_are_served_and_whoever_waits_comes_in(site: Site, mai: Visitor) -> None:
    pages: list[str] = []
    waiting = [threading.Thread(target=lambda: pages.append(come_by_vneid(site))) for _ in range(2)]
    for thread in waiting:
        thread.start()
    time.sleep(1)
    begun = time.monotonic()
    public_id = file_dossier(mai, 900_002)
    took, still_waiting = time.monotonic() - begun, sum(thread.is_alive() for thread in waiting)
    for thread in waiting:
        thread.join(30)

    assert mai.expect(200, "GET", f"/dossiers/{public_id}/")
    assert still_waiting == 2, f"the filing took {took:.1f} s, as long as VNeID"
    assert ["Nông Văn Dũng" in page for page in pages] == [True, True]


def come_by_vneid(site: Site) -> str:
    """The page on which somebody arrives who signs in through a slow VNeID."""
    browser = Browser(f"http://127.0.0.1:{site.port}")
    browser.get("/my/account/").send("/account/by/vneid/")
    return browser.send(answer="allow", number=DUNG, fault="", seconds=SLOW_SECONDS).text
