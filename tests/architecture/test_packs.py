"""Every pack that is shipped is whole: each procedure, form and text passes the check that authors use."""

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
