"""What the packs hold of alerts: files of rules and of events, kept while the packs stay as they are."""

from tinhso.modules.insight.alerts.adapters.pack_files import Definitions, find_definitions, read_folders

__all__ = ["Definitions", "find_definitions", "read_folders"]
