"""Titles of signers as the packs name them; a province's own before the country's."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tinhso.platform.signing.rules import Title
from tinhso.platform.units.queries import forget_when_packs_change

FILE, NATIONAL = "documents/titles.toml", "national"


def list_titles() -> tuple[Mapping[str, Title], Mapping[str, str]]:
    """Titles of signers by code and by name, and the code of the head's title by kind of unit."""
    codes = dict.fromkeys([*reversed(settings.PACKS), NATIONAL])
    tables = [_read(Path(settings.PACKS_ROOT) / code.strip() / FILE) for code in codes]
    rows = [row for table in tables for row in table.get("title", ())]
    titles = {row["code"]: Title(row["name"], row.get("form", ""), row.get("of", "")) for row in rows}
    titles |= {title.name: title for title in titles.values()}
    heads: Mapping[str, str] = next((table["head"] for table in tables if "head" in table), {})
    return titles, heads


@cache
def _read(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text()) if path.is_file() else {}


forget_when_packs_change(_read.cache_clear)
