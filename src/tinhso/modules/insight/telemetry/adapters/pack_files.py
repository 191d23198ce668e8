"""What the chosen packs say about telemetry, read from `telemetry/*.toml` of each and kept while the packs stay as they are."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.kernel.flow import Problem
from tinhso.kernel.packs.files import list_folders, placed, read_table
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
    return read_folders(list_folders(Path(root), codes), folders)[0]


forget_when_packs_change(_read.cache_clear)


def read_folders(
    packs: Iterable[Path], folders: Iterable[str] = (FOLDER, TRIAL_FOLDER)
) -> tuple[Definitions, list[Problem]]:
    """What these packs say, the later one winning, and everything that is wrong with it, each with file and line."""
    whole, problems, origins = Definitions(), list[Problem](), dict[str, Path]()
    folders = tuple(folders)
    for path in [path for pack in packs for folder in folders for path in sorted((pack / folder).glob("*.toml"))]:
        wrong = list[Problem]()
        found = read_telemetry(read_table(path, problems), wrong)
        problems += placed(path, wrong)
        whole.kinds.update(found.kinds)
        whole.invented.update(found.invented)
        origins |= dict.fromkeys(found.invented, path)
    for code, dangling in find_dangling(whole):
        path = origins[code]
        problems += placed(path, [dangling])
    return whole, problems
