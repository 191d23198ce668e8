"""The writers of the one-stop module: acts from the desk, signing, handing over, documents, ratings."""

from tinhso.modules.government.onestop.actions.acting import REFUSALS, take_in_papers, take_step
from tinhso.modules.government.onestop.actions.demonstration import load_demonstration_dossiers
from tinhso.modules.government.onestop.actions.documents import (
    CannotReissue,
    issue_document,
    issue_documents,
    keep_case_document,
    reissue_document,
)
from tinhso.modules.government.onestop.actions.handing_over import (
    HandedOverAlready,
    NothingToHandOver,
    hand_over,
    note_handed_over,
)
from tinhso.modules.government.onestop.actions.rating import CannotRate, rate_dossier
from tinhso.modules.government.onestop.actions.sealing import seal_dossiers
from tinhso.modules.government.onestop.actions.signing import order_signing, sign_dossiers, sign_next_of_batch
from tinhso.modules.government.onestop.actions.simulation import live_elsewhere

__all__ = [
    "REFUSALS",
    "CannotRate",
    "CannotReissue",
    "HandedOverAlready",
    "NothingToHandOver",
    "hand_over",
    "issue_document",
    "issue_documents",
    "keep_case_document",
    "live_elsewhere",
    "load_demonstration_dossiers",
    "note_handed_over",
    "order_signing",
    "rate_dossier",
    "reissue_document",
    "seal_dossiers",
    "sign_dossiers",
    "sign_next_of_batch",
    "take_in_papers",
    "take_step",
]
