"""The only writers of the catalogue: taking up files, deciding about records, everyday words."""

from tinhso.platform.catalogue.actions.deciding import approve_record, correct_record, reject_record
from tinhso.platform.catalogue.actions.importing import TooManyVanish, import_records, plan_records
from tinhso.platform.catalogue.actions.words import (
    drop_miss,
    forget_misses,
    load_words,
    note_miss,
    retire_wording,
    set_wording,
    tie_miss,
)

__all__ = [
    "TooManyVanish",
    "approve_record",
    "correct_record",
    "drop_miss",
    "forget_misses",
    "import_records",
    "load_words",
    "note_miss",
    "plan_records",
    "reject_record",
    "retire_wording",
    "set_wording",
    "tie_miss",
]
