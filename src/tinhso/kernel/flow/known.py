"""What a procedure is checked against: the roles, forms, notices, procedures and kinds of unit there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """What exists beside a procedure; None where it is not known, and then it is not checked either."""

    roles: Collection[str] | None = None
    form_fields: Mapping[str, Collection[str]] | None = None
    procedures: Collection[str] | None = None
    notices: Collection[str] | None = None
    unit_kinds: Collection[str] | None = None
