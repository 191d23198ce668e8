"""What the packs say about telemetry."""

from collections.abc import Iterable
from pathlib import Path

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.telemetry.adapters import pack_files
from tinhso.modules.insight.telemetry.rules.kinds import Definitions


def get_definitions() -> Definitions:
    """All kinds of devices of the chosen packs; in a demonstration also its devices."""
    return pack_files.find_definitions()


def find_problems(folders: Iterable[Path]) -> list[Problem]:
    """Everything that is wrong with what these packs say about telemetry."""
    return pack_files.read_folders(folders)[1]
