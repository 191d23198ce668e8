"""Who may do what with a province's self-assessment, and which acts lead from which state where."""

from collections.abc import Collection, Mapping
from typing import Final

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.rules.wording import Said
from tinhso.platform.people.rules import ADMINISTRATOR, CLERK, HANDLER, LEADER, Actor

DRAFT, SUBMITTED, REVIEWED, SIGNED = "draft", "submitted", "reviewed", "signed"
ACTS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "submit": ((DRAFT,), SUBMITTED),
    "review": ((SUBMITTED,), REVIEWED),
    "sign": ((REVIEWED,), SIGNED),
    "return": ((SUBMITTED, REVIEWED), DRAFT),
}
WORKERS: Final = frozenset({HANDLER, LEADER, CLERK, ADMINISTRATOR})


class NotOpen(Said):
    """The act is not open from this state, or not to this actor; the sentence says why."""


def refuse(vi: str, en: str) -> NotOpen:
    """A refusal in both languages."""
    return NotOpen(Problem("dti_not_open", vi, en))


def require_worker(provinces: Collection[str], unit_key: str) -> None:
    """
    Refuse who works in no agency of the province.

    :param provinces: keys of the provinces in whose agencies the actor works, with those they were made of
    :raises NotOpen: the province is not among them
    """
    if unit_key not in provinces:
        raise refuse(
            "Chỉ cán bộ của tỉnh được làm bản tự đánh giá của tỉnh đó.", "Only officers of the province may do this."
        )


def require_act(actor: Actor, act: str, state: str, submitted_by: str, provinces_led: Collection[str]) -> str:
    """
    The state that the act leads to.

    :param provinces_led: keys of provinces where the actor holds the post of a leader at the province itself
    :raises NotOpen: it is not open from this state, or not to this actor
    """
    sources, target = ACTS[act]
    if state not in sources:
        raise refuse(
            "Việc này không làm được ở trạng thái hiện tại; tải lại trang.",
            "This is not open in this state; reload the page.",
        )
    if act == "review" and actor.code == submitted_by:
        raise refuse("Người trình không tự rà soát bản của mình.", "Who submitted it does not review it.")
    if act == "sign" and not provinces_led:
        raise refuse("Chỉ lãnh đạo UBND tỉnh được ký bản tự đánh giá.", "Only a leader of the province may sign.")
    return target


def open_acts(actor: Actor, state: str, submitted_by: str, provinces_led: Collection[str]) -> list[str]:
    """The acts that are open to the actor now, in their order."""
    found = []
    for act in ACTS:
        try:
            require_act(actor, act, state, submitted_by, provinces_led)
        except NotOpen:
            continue
        found.append(act)
    return found
