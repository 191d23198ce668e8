"""What the packs hold of alerts: files of rules and of events, kept while the packs stay as they are."""

from tinhso.modules.insight.alerts.adapters.pack_files import Definitions, find_definitions, read_folders
from tinhso.modules.insight.alerts.rules.happenings import Happening

__all__ = ["Definitions", "Happening", "find_definitions", "read_folders"]
