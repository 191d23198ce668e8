"""What the one-stop module reads from packs: templates of documents, numbering, titles; the invented dossiers."""

from tinhso.modules.government.onestop.adapters.templates import (
    NoTemplate,
    Series,
    Sheet,
    find_result,
    find_series,
    find_sheet,
    get_sheet,
    read_filling,
)

__all__ = [
    "NoTemplate",
    "Series",
    "Sheet",
    "find_result",
    "find_series",
    "find_sheet",
    "get_sheet",
    "read_filling",
]
