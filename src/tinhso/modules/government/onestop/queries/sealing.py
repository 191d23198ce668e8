"""What the clerk is about to seal: the step, the signed result that waits, and what a queue of them shows."""

from collections.abc import Mapping, Sequence

from tinhso.kernel.flow import NotAllowed, Step
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.rules import way_of
from tinhso.platform.cases.queries import CaseView, list_steps_open_to
from tinhso.platform.people.rules import Actor


def sealing_step(case: CaseView, actor: Actor) -> Step:
    """
    The step by which this actor seals what the case awaits.

    :raises NotAllowed: nothing awaits the seal; carries the acts that are open
    """
    steps = [each.step for each in list_steps_open_to(case, actor)]
    for step in steps:
        if way_of(step) == "seal":
            return step
    raise NotAllowed(case.procedure, case.state.code, "seal", tuple(steps))


def list_waiting(public_ids: Sequence[str]) -> Mapping[str, IssuedResult]:
    """The signed results that wait for number and seal, by the case in which they were signed; one statement."""
    rows = IssuedResult.objects.filter(signed_in__in=list(public_ids), count=None).order_by("revision")
    return {row.signed_in: row for row in rows}
