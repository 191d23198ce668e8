"""The editions of the national pack, and the tables of published figures that lie beside the project."""

import csv
from collections.abc import Callable

import pytest
from django.conf import settings

from tinhso.modules.insight.dti.adapters.packs import read_editions
from tinhso.modules.insight.dti.rules import Edition

PRINTED = settings.CATALOGUE_FILE.parent
EDITIONS, PROBLEMS = read_editions(sorted((settings.PACKS_ROOT / "national" / "dti").glob("*.toml")))


@pytest.fixture
def editions() -> dict[str, Edition]:
    assert not PROBLEMS
    return EDITIONS


@pytest.fixture
def printed() -> Callable[[str], list[dict[str, str]]]:
    """The rows of a table of published figures; without the tables the test is left out."""

    def rows(name: str) -> list[dict[str, str]]:
        path = PRINTED / name
        if not path.is_file():
            pytest.skip(f"{name} is not beside the project")
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return rows
