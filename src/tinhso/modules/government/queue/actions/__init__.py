"""The writers of the queue: numbers taken, desks sat at, numbers called and served, dossiers linked."""

from tinhso.modules.government.queue.actions.serving import (
    call_absent,
    call_again,
    call_next,
    finish_ticket,
    miss_ticket,
    pass_on,
)
from tinhso.modules.government.queue.actions.sitting import leave_desk, sit_down
from tinhso.modules.government.queue.actions.taking import link_filing, take_ticket

__all__ = [
    "call_absent",
    "call_again",
    "call_next",
    "finish_ticket",
    "leave_desk",
    "link_filing",
    "miss_ticket",
    "pass_on",
    "sit_down",
    "take_ticket",
]
