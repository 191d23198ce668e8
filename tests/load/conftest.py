"""One demonstration for all tests under load: it is killed, cut off and copied, and must be whole for the next test."""

from collections.abc import Iterator

import pytest

from load.site import Site


def pytest_itemcollected(item: pytest.Item) -> None:
    """What people do under load they do at the one-stop module."""
    if "site" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.story_of("onestop"))


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    site = Site()
    try:
        site.start()
        yield site
    finally:
        site.close()
