"""The only writers of the link: messages written, sent and mended; submissions taken in; both sides compared."""

from tinhso.modules.government.portal_link.actions.alerting import alert_when_old
from tinhso.modules.government.portal_link.actions.comparing import compare_with_portal
from tinhso.modules.government.portal_link.actions.mending import (
    NoReason,
    NotStuck,
    forget_settled,
    repair_dossier,
    resend_all,
    resend_message,
    skip_message,
)
from tinhso.modules.government.portal_link.actions.receiving import NotInQuarantine, dismiss, receive, release, take_in
from tinhso.modules.government.portal_link.actions.sending import Round, send_round
from tinhso.modules.government.portal_link.actions.writing import write_messages

__all__ = [
    "NoReason",
    "NotInQuarantine",
    "NotStuck",
    "Round",
    "alert_when_old",
    "compare_with_portal",
    "dismiss",
    "forget_settled",
    "receive",
    "release",
    "repair_dossier",
    "resend_all",
    "resend_message",
    "send_round",
    "skip_message",
    "take_in",
    "write_messages",
]
