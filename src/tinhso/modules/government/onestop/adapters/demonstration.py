"""The invented dossiers of the demonstration, as the packs name them in `dossiers.toml`."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from tinhso.modules.government.onestop.rules.demonstration import Journey, Story, Turn
from tinhso.platform.people.adapters.demonstration import read_places


def read_story() -> Story | None:
    """What happened at the demonstration's commune, from the first chosen pack that tells it; None when none does."""
    places = read_places()
    for pack in settings.PACKS:
        path = Path(settings.PACKS_ROOT) / pack.strip() / "dossiers.toml"
        if places and path.is_file():
            return _story(tomllib.loads(path.read_text()), places[0])
    return None


def sample_paper() -> Path:
    """The template of the paper that stands for every paper of an invented dossier."""
    folders = [Path(settings.PACKS_ROOT) / pack.strip() / "documents" for pack in settings.PACKS]
    return next(folder / "sample_paper.typ" for folder in folders if (folder / "sample_paper.typ").is_file())


def _story(table: dict[str, Any], commune_key: str) -> Story:
    return Story(
        seed=table["seed"],
        commune_key=commune_key,
        people=table["people"],
        answers=table["answers"],
        papers=table.get("papers", {}),
        ratings=table.get("ratings", {}),
        journeys=tuple(_journey(row) for row in table["journey"]),
        elsewhere=table.get("elsewhere", {}),
    )


def _journey(row: dict[str, Any]) -> Journey:
    first, last = row["filed_days_ago"]
    return Journey(
        procedure=row["procedure"],
        channel=row["channel"],
        is_own=row.get("own", False),
        count=row["count"],
        filed_days_ago=(first, last),
        scores=tuple(row.get("scores", ())),
        turns=tuple(_turn(step) for step in row["step"]),
    )


def _turn(step: dict[str, Any]) -> Turn:
    answers = {name: value for name, value in step.items() if name not in {"act", "after"}}
    return Turn(step["act"], step["after"], answers)
