"""What an act would do to many dossiers at once: what it asks, and which of them it cannot take together."""

from collections.abc import Sequence
from dataclasses import dataclass

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop.rules import is_bulk
from tinhso.platform.capability import case_address
from tinhso.platform.cases.queries import CaseView, get_cases, list_steps_open_to
from tinhso.platform.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Bulk:
    """An act on many: the step as most of them have it, what all of them together ask, which must be done one by one."""

    step: Step | None
    asks: tuple[str, ...]
    together: tuple[str, ...]
    alone: tuple[CaseView, ...]


def plan_bulk(public_ids: Sequence[str], act: str, actor: Actor) -> Bulk:
    """How that act goes for these dossiers; those to whom it is not open stay together, the engine says why."""
    found = get_cases(public_ids)
    steps: list[Step] = []
    alone: list[CaseView] = []
    for case in found.values():
        step = next((each.step for each in list_steps_open_to(case, actor) if each.act == act), None)
        if step is None:
            continue
        if is_bulk(case.procedure, step) and not case_address(case.procedure.kind, case.public_id):
            steps.append(step)
        else:
            alone.append(case)
    kept_apart = {case.public_id for case in alone}
    asks = tuple(dict.fromkeys(ask for step in steps for ask in step.asks))
    together = tuple(each for each in dict.fromkeys(public_ids) if each not in kept_apart)
    return Bulk(steps[0] if steps else None, asks, together, tuple(alone))
