"""Every pack that is shipped is whole: each procedure, form and text passes the check that authors use."""

import tomllib
from pathlib import Path

import pytest

from tinhso.kernel.packs.checks import check_packs
from tinhso.kernel.packs.reading import read_packs

pytestmark = pytest.mark.tree
PACKS = Path(__file__).resolve().parents[2] / "packs"
CODES = sorted(path.parent.name for path in PACKS.glob("*/pack.toml"))


def test_there_are_packs_to_check() -> None:
    assert {"national", "lang-son"} <= set(CODES)
    assert read_packs(PACKS, CODES).procedures


@pytest.mark.parametrize("code", CODES)
def test_a_pack_has_no_problem(code: str) -> None:
    problems = check_packs(PACKS, [code])

    assert not [f"{problem}" for problem in problems]


def test_every_procedure_that_people_file_stands_under_a_life_event_of_the_first_page() -> None:
    packs = read_packs(PACKS, CODES)
    tables = [tomllib.loads(path.read_text()) for path in PACKS.glob("*/texts/life_events.toml")]
    events = {event["code"] for table in tables for event in table["life_event"]}
    filed = [text for text in packs.procedures.values() if text.kind == "dossier" and text.form]

    assert {text.life_event for text in filed if text.life_event} <= events
