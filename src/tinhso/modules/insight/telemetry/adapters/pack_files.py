"""What the chosen packs say about telemetry, read from `telemetry/*.toml` of each and kept while the packs stay as they are."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.packs.positions import line_of, positions
from tinhso.modules.insight.telemetry.rules.kinds import Definitions
from tinhso.modules.insight.telemetry.rules.packs import find_dangling, read_telemetry
from tinhso.platform.units.queries import forget_when_packs_change

FOLDER, TRIAL_FOLDER = "telemetry", "telemetry_trial"


def find_definitions() -> Definitions:
    """All kinds in force; in a demonstration also the devices invented for it."""
    return _read(str(settings.PACKS_ROOT), tuple(code.strip() for code in settings.PACKS), folders_read())


def folders_read() -> tuple[str, ...]:
    """The folders of a pack that count here: what is invented only in a demonstration."""
    return (FOLDER, TRIAL_FOLDER) if settings.DEMO else (FOLDER,)


@lru_cache(maxsize=8)
def _read(root: str, codes: tuple[str, ...], folders: tuple[str, ...]) -> Definitions:
    return read_folders(_folders(Path(root), codes, []), folders)[0]


forget_when_packs_change(_read.cache_clear)


def _folders(root: Path, codes: Iterable[str], found: list[Path]) -> list[Path]:
    """The folders of these packs, each after those it requires; what is wrong with a pack itself is said elsewhere."""
    for code in codes:
        folder = root / code
        if folder not in found and (folder / "pack.toml").is_file():
            head = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
            _folders(root, head.get("requires", ()), found)
            found.append(folder)
    return found


def read_folders(
    packs: Iterable[Path], folders: Iterable[str] = (FOLDER, TRIAL_FOLDER)
) -> tuple[Definitions, list[Problem]]:
    """What these packs say, the later one winning, and everything that is wrong with it, each with file and line."""
    whole, problems, origins = Definitions(), list[Problem](), dict[str, Path]()
    folders = tuple(folders)
    for path in [path for pack in packs for folder in folders for path in sorted((pack / folder).glob("*.toml"))]:
        text = path.read_text(encoding="utf-8")
        wrong = list[Problem]()
        found = read_telemetry(tomllib.loads(text), wrong)
        problems += _placed(path, text, wrong)
        whole.kinds.update(found.kinds)
        whole.invented.update(found.invented)
        origins |= dict.fromkeys(found.invented, path)
    for code, dangling in find_dangling(whole):
        path = origins[code]
        problems += _placed(path, path.read_text(encoding="utf-8"), [dangling])
    return whole, problems


def _placed(path: Path, text: str, problems: Iterable[Problem]) -> list[Problem]:
    lines: dict[Place, int] = {}
    placed = []
    for each in problems:
        lines = lines or positions(text)
        placed.append(replace(each, path=str(path), line=line_of(each.place, lines)))
    return placed
