"""Whether a procedure can be told in the ten states: each state has its number, each step is one the list allows."""

from collections.abc import Iterator

from tinhso.kernel.flow import Problem, Procedure
from tinhso.modules.government.portal_link.rules.exchange import Exchange
from tinhso.modules.government.portal_link.rules.states import NAMES


def problems_of(procedure: Procedure, exchange: Exchange) -> Iterator[Problem]:
    """Every state of a dossier without its number, every step outside the moves; nothing for other kinds of case."""
    if procedure.kind != "dossier":
        return
    for state in procedure.states:
        if state.national not in NAMES:
            vi = f"{procedure.code}: trạng thái “{state.code}” chưa có số (national) trong mười trạng thái đồng bộ."
            en = f"{procedure.code}: the state “{state.code}” has no number (national) among the ten that are synchronised."
            yield Problem("state_not_national", vi, en)
    for step in procedure.steps:
        before, after = procedure.state(step.source).national, procedure.state(step.target).national
        if before in NAMES and after in NAMES and not exchange.may_move(before or 0, after or 0):
            way = f"{step.source} ({before}) → {step.target} ({after})"
            vi = f"{procedure.code}: bước “{step.act}” {way} nằm ngoài các bước của mười trạng thái (national_portal.toml, states.moves)."
            en = f"{procedure.code}: the step “{step.act}” {way} is none of the moves of the ten states (national_portal.toml, states.moves)."
            yield Problem("move_not_national", vi, en)
