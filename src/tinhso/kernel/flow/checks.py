"""Everything that is wrong with a procedure, before it meets a case."""

from tinhso.kernel.flow.fee_checks import find_fee_problems
from tinhso.kernel.flow.known import Known
from tinhso.kernel.flow.limits import find_limit_problems
from tinhso.kernel.flow.problem import Problem
from tinhso.kernel.flow.procedure import Procedure
from tinhso.kernel.flow.references import find_reference_problems, find_translation_problems
from tinhso.kernel.flow.shape import find_shape_problems
from tinhso.kernel.flow.ways import find_way_problems

KNOWN_NOTHING = Known()


def find_problems(procedure: Procedure, known: Known = KNOWN_NOTHING) -> list[Problem]:
    """
    All that is wrong with a procedure, each with its place in the table; empty when a case can be carried by it.

    What `known` leaves out (roles, forms, notices, procedures, kinds of unit) is not checked against.
    """
    return [
        *find_reference_problems(procedure, known),
        *find_shape_problems(procedure),
        *find_way_problems(procedure),
        *find_limit_problems(procedure),
        *find_fee_problems(procedure, known.form_fields and known.form_fields.get(procedure.form)),
        *find_translation_problems(procedure),
    ]
