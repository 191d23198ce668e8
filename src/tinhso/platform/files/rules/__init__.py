"""What a file must be to be kept: kinds told by content, limits, refusals in words."""

from tinhso.platform.files.rules.kinds import (
    DOCX,
    JPEG,
    MEDIA_TYPES,
    PDF,
    PNG,
    XLSX,
    is_dangerous,
    kind_of,
    name_of_kind,
)
from tinhso.platform.files.rules.limits import CHUNK_BYTES, DEFAULT_LIMITS, MEGABYTE, QUOTAS, Limits, Quota, clean_name
from tinhso.platform.files.rules.refusals import Refusal, WrongOffset, refuse

__all__ = [
    "CHUNK_BYTES",
    "DEFAULT_LIMITS",
    "DOCX",
    "JPEG",
    "MEDIA_TYPES",
    "MEGABYTE",
    "PDF",
    "PNG",
    "QUOTAS",
    "XLSX",
    "Limits",
    "Quota",
    "Refusal",
    "WrongOffset",
    "clean_name",
    "is_dangerous",
    "kind_of",
    "name_of_kind",
    "refuse",
]
