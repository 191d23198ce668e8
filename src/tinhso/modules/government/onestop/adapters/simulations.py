"""The profiles of simulations that packs hold."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings


class NoProfile(Exception):
    """No pack has a profile of that name."""

    def __init__(self, code: str) -> None:
        known = ", ".join(list_profiles()) or "-"
        self.vi = f"Không có kịch bản “{code}”. Có: {known}."
        self.en = f"There is no profile “{code}”. There are: {known}."
        super().__init__(self.vi)


def list_profiles() -> list[str]:
    """The codes of all profiles, in order."""
    return sorted(path.stem for path in Path(settings.PACKS_ROOT).glob("*/simulations/*.toml"))


def read_table(code: str) -> Mapping[str, Any]:
    """The table of a profile. :raises NoProfile: there is none of that code"""
    found = next((path for path in Path(settings.PACKS_ROOT).glob("*/simulations/*.toml") if path.stem == code), None)
    if found is None:
        raise NoProfile(code)
    return tomllib.loads(found.read_text("utf-8"))
