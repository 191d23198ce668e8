"""What the one-stop module reads from packs: templates of documents, the invented dossiers of the demonstration."""

from tinhso.modules.government.onestop.adapters.templates import NoTemplate, find_form, find_result, read_filling

__all__ = ["NoTemplate", "find_form", "find_result", "read_filling"]
