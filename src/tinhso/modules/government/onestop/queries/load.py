"""What the pace of dossiers is told in: the procedures behind it, and the names of their states."""

from collections.abc import Iterable, Mapping
from datetime import date

from tinhso.kernel.flow import Procedure
from tinhso.modules.government.onestop.rules.words import in_words
from tinhso.platform.cases.models import ProcedureVersion
from tinhso.platform.cases.queries import procedure_on
from tinhso.platform.watch.queries import PaceRow


def procedures_of(paces: Iterable[PaceRow], on: date) -> dict[str, Procedure]:
    """The procedures of these paces by code, as they stand on that day; those that no longer do are left out."""
    found = {}
    for code in sorted({each.procedure_code for each in paces}):
        try:
            found[code] = procedure_on(code, on)
        except ProcedureVersion.DoesNotExist:
            continue
    return found


def state_names(procedures: Mapping[str, Procedure]) -> dict[str, str]:
    """The names of all states of these procedures, by code."""
    return {state.code: in_words(state.name) for procedure in procedures.values() for state in procedure.states}
