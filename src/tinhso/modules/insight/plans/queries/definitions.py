"""What the packs say about plans."""

from collections.abc import Iterable
from pathlib import Path

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.plans.adapters import pack_files
from tinhso.modules.insight.plans.rules.definitions import Definitions


def get_definitions() -> Definitions:
    """All measures, old words and resolutions of the chosen packs."""
    return pack_files.find_definitions()


def read_definitions(folders: Iterable[Path]) -> Definitions:
    """What these packs say, in this order."""
    return pack_files.read_folders(folders, pack_files.folders_read())[0]


def find_problems(folders: Iterable[Path]) -> list[Problem]:
    """Everything that is wrong with what these packs say about plans."""
    return pack_files.read_folders(folders)[1]
