"""The people of the demonstration, as the packs name them in `people.toml`."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from tinhso.platform.people.rules import Identity


@dataclass(frozen=True, slots=True)
class OfficerCard:
    """An invented officer: `key` makes the sign-in name, `at` is "commune", "province", or the key of another unit."""

    key: str
    name: str
    at: str
    roles: tuple[str, ...]
    title: str = ""


def read_officers() -> Sequence[OfficerCard]:
    """The officers of all chosen packs."""
    return [
        OfficerCard(
            key=row["key"], name=row["name"], at=row["at"], roles=tuple(row["roles"]), title=row.get("title", "")
        )
        for row in _rows("officer")
    ]


def read_citizens() -> Sequence[Identity]:
    """The citizens of all chosen packs, as VNeID would vouch for them."""
    return [Identity(**row) for row in _rows("citizen")]


def read_places() -> tuple[str, str] | None:
    """Keys of the commune and of the province where the officers work; None when no chosen pack has people."""
    return next(((table["commune"], table["province"]) for table in _tables()), None)


def _rows(kind: str) -> list[dict[str, Any]]:
    return [row for table in _tables() for row in table.get(kind, [])]


def _tables() -> list[dict[str, Any]]:
    paths = [Path(settings.PACKS_ROOT) / pack / "people.toml" for pack in settings.PACKS]
    return [tomllib.loads(path.read_text()) for path in paths if path.is_file()]
