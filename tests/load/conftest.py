"""One demonstration for all tests under load: it is killed, cut off and copied, and must be whole for the next test."""

from collections.abc import Iterator

import pytest

from load.site import Site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    site = Site()
    try:
        site.start()
        yield site
    finally:
        site.close()
