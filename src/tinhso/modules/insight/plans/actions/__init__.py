"""The only writers of plans: figures of packs, typed, imported, withdrawn; sources named, responsibilities assigned."""

from tinhso.modules.insight.plans.actions.choosing import Duty, NotFound, assign_responsibility, choose_source
from tinhso.modules.insight.plans.actions.entering import KeyReused, enter_figure, known_for, withdraw_figure
from tinhso.modules.insight.plans.actions.importing import (
    WrongState,
    discard_import,
    finish_import,
    try_import,
    undo_import,
)
from tinhso.modules.insight.plans.actions.loading import load_results

__all__ = [
    "Duty",
    "KeyReused",
    "NotFound",
    "WrongState",
    "assign_responsibility",
    "choose_source",
    "discard_import",
    "enter_figure",
    "finish_import",
    "known_for",
    "load_results",
    "try_import",
    "undo_import",
    "withdraw_figure",
]
