"""Names by code: of people, units, roles, procedures."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language

from tinhso.platform.people import models
from tinhso.platform.units import queries as units


def get_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Names by public code, of persons, officers and organisations; codes of nobody are missing. Three statements."""
    wanted = set(codes)
    names: dict[str, str] = {}
    for model in (models.Person, models.Officer, models.Organisation):
        names |= dict(model.objects.filter(code__in=wanted).values_list("code", "name"))
    return names


def get_unit_names(unit_keys: Iterable[str]) -> Mapping[str, str]:
    """Names of units by key, in the reader's language; a key of no unit is missing."""
    language = get_language() or "vi"
    return {key: unit.name_in(language) for key, unit in units.get_units(unit_keys).items()}


def _name_column() -> str:
    return "name_en" if (get_language() or "vi").startswith("en") else "name_vi"


def get_role_names() -> Mapping[str, str]:
    """Names of the packs' roles by code, in the reader's language."""
    return dict(models.Role.objects.values_list("code", _name_column()))


def get_unit_roles() -> Mapping[str, str]:
    """Names, by code, of the roles that officers hold at units."""
    return dict(models.Role.objects.filter(scope="unit").order_by("code").values_list("code", _name_column()))


def get_procedure_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Names of procedures by code, in the reader's language; codes no pack knows are missing."""
    return dict(models.Procedure.objects.filter(code__in=set(codes)).values_list("code", _name_column()))


def find_unknown_procedures(codes: Iterable[str]) -> list[str]:
    """Those of the codes that no pack knows, sorted."""
    wanted = set(codes)
    return sorted(wanted - set(models.Procedure.objects.filter(code__in=wanted).values_list("code", flat=True)))
