"""Codes that people, enterprises, vehicles and dossiers carry: written, read, checked. One door for all of them."""

from tinhso.kernel.identifiers.dossier_codes import (
    DOSSIER_CODE_RULES,
    LAST_SEQUENCE,
    RULE_2018,
    RULE_2020,
    DossierCode,
    DossierCodeRule,
    broad_first,
    format_dossier_code,
    narrow_first,
    parse_dossier_code,
)
from tinhso.kernel.identifiers.errors import NotReadable
from tinhso.kernel.identifiers.personal_numbers import (
    BIRTH_PROVINCES,
    WARNING_TEXTS,
    OldIdentityCard,
    PersonalNumber,
    PersonalNumberWarning,
    parse_identity_number,
    parse_personal_number,
)
from tinhso.kernel.identifiers.plates import Plate, PlateKind, compact_plate, parse_plate
from tinhso.kernel.identifiers.tax_codes import TaxCode, check_digit, parse_tax_code
from tinhso.kernel.identifiers.tracking_ids import is_tracking_id, new_tracking_id, read_tracking_id

__all__ = [
    "BIRTH_PROVINCES",
    "DOSSIER_CODE_RULES",
    "LAST_SEQUENCE",
    "RULE_2018",
    "RULE_2020",
    "WARNING_TEXTS",
    "DossierCode",
    "DossierCodeRule",
    "NotReadable",
    "OldIdentityCard",
    "PersonalNumber",
    "PersonalNumberWarning",
    "Plate",
    "PlateKind",
    "TaxCode",
    "broad_first",
    "check_digit",
    "compact_plate",
    "format_dossier_code",
    "is_tracking_id",
    "narrow_first",
    "new_tracking_id",
    "parse_dossier_code",
    "parse_identity_number",
    "parse_personal_number",
    "parse_plate",
    "parse_tax_code",
    "read_tracking_id",
]
