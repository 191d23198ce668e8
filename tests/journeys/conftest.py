"""One running installation for all stories, a browser, and the people who act in them."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, sync_playwright

from journeys.citizen import Portal
from journeys.officer import Board, Leader, Officer
from journeys.person import DESK, FLAGS, Person
from journeys.place import Place, running

Somebody = TypeVar("Somebody", bound=Person)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every journey passes through the one-stop module."""
    for mark in (pytest.mark.journey, pytest.mark.slow, pytest.mark.story_of("onestop")):
        item.add_marker(mark)


@pytest.fixture(scope="package")
def place() -> Iterator[Place]:
    with running() as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())
        yield found
        found.close()


@pytest.fixture
def somebody(place: Place, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Makes people with a browser each; when the story is over they leave, and none had anything to complain of."""
    story = request.path.stem.removeprefix("test_")
    there: list[Person] = []

    def come(kind: type[Somebody], name: str = "", **options: Any) -> Somebody:
        person = kind(browser, place.address, f"{story}/{name or kind.__name__.lower()}", **options)
        there.append(person)
        return person

    yield come
    for person in there:
        person.leaves()


@pytest.fixture
def portal(somebody: Callable[..., Portal]) -> Portal:
    """Hoàng Thị Mai at her phone, not signed in."""
    return somebody(Portal)


def at_work(somebody: Callable[..., Any], kind: type[Officer], name: str, story: str) -> Any:
    officer = somebody(kind, story, width=DESK)
    officer.signs_in(name)
    return officer


@pytest.fixture
def desk(somebody: Callable[..., Any]) -> Officer:
    """Lộc Thị Hoa at the one-stop desk."""
    return at_work(somebody, Officer, "Lộc Thị Hoa", "desk")


@pytest.fixture
def handler(somebody: Callable[..., Any]) -> Officer:
    """Nông Văn Thắng, civil status."""
    return at_work(somebody, Officer, "Nông Văn Thắng", "handler")


@pytest.fixture
def leader(somebody: Callable[..., Any]) -> Leader:
    """Hoàng Văn Kiên, the chairman."""
    return at_work(somebody, Leader, "Hoàng Văn Kiên", "leader")


@pytest.fixture
def board(somebody: Callable[..., Any]) -> Board:
    """The chairman before the figures."""
    return at_work(somebody, Board, "Hoàng Văn Kiên", "board")
