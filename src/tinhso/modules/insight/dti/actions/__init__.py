"""The only writers of this app: what packs hold, published tables, lists of criteria, self-assessments, offers of a plan."""

from tinhso.modules.insight.dti.actions.assessing import (
    attach_evidence,
    declare_value,
    detach_evidence,
    move_assessment,
    open_assessment,
    take_from_records,
)
from tinhso.modules.insight.dti.actions.demonstration import load_demonstration
from tinhso.modules.insight.dti.actions.loading import load_criteria, load_folder, load_published
from tinhso.modules.insight.dti.actions.planning import add_offer, load_offers, remove_offer

__all__ = [
    "add_offer",
    "attach_evidence",
    "declare_value",
    "detach_evidence",
    "load_criteria",
    "load_demonstration",
    "load_folder",
    "load_offers",
    "load_published",
    "move_assessment",
    "open_assessment",
    "remove_offer",
    "take_from_records",
]
