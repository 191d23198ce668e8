"""The facts this module writes to the ledger; subject is the number's own id, bodies hold codes and seconds."""

TICKET_TAKEN = "queue.ticket.taken"  # body: group, priority
TICKET_CALLED = "queue.ticket.called"  # body: group, desk, waiting_seconds (to the first call; 0 when called anew)
TICKET_PASSED_ON = "queue.ticket.passed_on"  # body: group, desk, to_desk, serving_seconds
TICKET_MISSED = "queue.ticket.missed"  # body: group, desk
TICKET_SERVED = "queue.ticket.served"  # body: group, desk, waiting_seconds, serving_seconds in all
TICKET_FILED = "queue.ticket.filed"  # body: case, filed while the number was served
