"""A home remembers what was made ready in it, and never changes from demonstration to real use."""

from pathlib import Path
from typing import Any

import pytest

from tinhso.host import preparation
from tinhso.host.prepared import NotReady, Prepared
from tinhso.platform.clock import now


def test_a_part_is_made_once_and_again_when_its_source_changed(tmp_path: Path) -> None:
    made = []

    for source in ("a", "a", "b"):
        Prepared(tmp_path / "prepared.json").unless_same("packs", source, lambda source=source: made.append(source))

    assert made == ["a", "b"]


def test_a_part_whose_making_fails_is_made_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError

    prepared = Prepared(tmp_path / "prepared.json")
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it is
        prepared.unless_same("packs", "a", fail)

    assert not prepared.is_same("packs", "a")


def test_a_home_of_real_cases_is_never_opened_as_a_demonstration(tmp_path: Path) -> None:
    Prepared(tmp_path / "prepared.json").keep_mode("real")

    with pytest.raises(NotReady, match="TINHSO_HOME"):
        Prepared(tmp_path / "prepared.json").keep_mode("demonstration")
    Prepared(tmp_path / "prepared.json").keep_mode("real")


def test_a_home_tells_what_it_is_whatever_the_command_that_asks_was_told(tmp_path: Path) -> None:
    assert not Prepared(tmp_path / "prepared.json").is_demonstration(otherwise=False)
    Prepared(tmp_path / "prepared.json").keep_mode("demonstration")

    assert Prepared(tmp_path / "prepared.json").is_demonstration(otherwise=False)


def test_a_demonstration_is_not_made_ready_for_an_address_that_others_reach(tmp_path: Path, settings: Any) -> None:
    settings.HOME, settings.DEMO, settings.PUBLIC_ADDRESS = tmp_path, True, "https://dichvucong.langson.gov.vn"

    with pytest.raises(NotReady, match="TINHSO_DEMO"):
        preparation.prepare(lambda _text: None, now())
