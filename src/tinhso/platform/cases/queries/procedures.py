"""Texts of procedures, parsed once for each process and read anew when packs were loaded."""

from datetime import date
from functools import lru_cache

from tinhso.kernel.flow import Procedure, read_procedure
from tinhso.kernel.identifiers import format_dossier_code
from tinhso.platform.cases import models
from tinhso.platform.units.queries import forget_when_packs_change, get_agency_code, notice_new_packs

KEPT = 8192  # texts of procedures, codes that strangers ask for, units times days: more than are in use at once


def get_procedure(code: str, version: date) -> Procedure:
    """That text of that procedure. :raises models.ProcedureVersion.DoesNotExist: it was never loaded."""
    notice_new_packs()
    return _procedure(code, version)


@lru_cache(maxsize=KEPT)
def _procedure(code: str, version: date) -> Procedure:
    row = models.ProcedureVersion.objects.get(code=code, version=version)
    return read_procedure(row.body)


@lru_cache(maxsize=KEPT)
def _versions(code: str) -> tuple[date, ...]:
    return tuple(
        models.ProcedureVersion.objects.filter(code=code).order_by("version").values_list("version", flat=True)
    )


def procedure_on(code: str, on: date) -> Procedure:
    """The text in force on that day. :raises models.ProcedureVersion.DoesNotExist: none is."""
    notice_new_packs()
    in_force = [version for version in _versions(code) if version <= on]
    if not in_force:
        raise models.ProcedureVersion.DoesNotExist(f"{code} on {on}")
    return get_procedure(code, in_force[-1])


def list_procedures(on: date, kind: str = "dossier") -> list[Procedure]:
    """The texts in force on that day, of that kind of case, by code."""
    codes = (
        models.ProcedureVersion.objects.filter(version__lte=on)
        .values_list("code", flat=True)
        .distinct()
        .order_by("code")
    )
    found = [procedure_on(code, on) for code in codes]
    return [procedure for procedure in found if procedure.kind == kind]


@forget_when_packs_change
def forget_procedures() -> None:
    """Read texts anew; called after loading packs."""
    _procedure.cache_clear()
    _versions.cache_clear()
    code_prefix.cache_clear()


@lru_cache(maxsize=KEPT)
def code_prefix(unit_key: str, on: date) -> str:
    """How the dossier codes of that unit and day begin: agency code and date, by the rule in force."""
    return format_dossier_code(get_agency_code(unit_key, on), on, 1).removesuffix("0001")
