"""The facts this module tells: what people did about messages, what came in, what was compared."""

from typing import Final

MESSAGE_SKIPPED: Final = "portal_link.message.skipped"
MESSAGE_RESENT: Final = "portal_link.message.resent"
DOSSIER_REPAIRED: Final = "portal_link.dossier.repaired"
SUBMISSION_QUARANTINED: Final = "portal_link.submission.quarantined"
SUBMISSION_TAKEN_IN: Final = "portal_link.submission.taken_in"
SUBMISSION_DISMISSED: Final = "portal_link.submission.dismissed"
OUTBOX_DELAYED: Final = "portal_link.outbox.delayed"
COMPARISON_FINISHED: Final = "portal_link.comparison.finished"
