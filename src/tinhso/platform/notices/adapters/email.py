"""E-mail by SMTP, as Django is set to send it."""

from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage
from django.core.mail.message import BadHeaderError

from tinhso.platform.notices.ports import Letter
from tinhso.platform.outside import Refused, Unreachable

FOR_EVER = 500


class SmtpGate:
    """Sends through the server of EMAIL_HOST; the key becomes the Message-ID, so that a second copy shows itself as one."""

    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, letter: Letter) -> str:
        """The Message-ID of the letter the server took; raises as promised in the port."""
        domain = self.sender.rpartition("@")[2].rstrip(">")
        message_id = f"<{sha256(letter.key.encode()).hexdigest()[:32]}@{domain}>"
        headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
        try:
            EmailMessage(letter.subject, letter.body, self.sender, [letter.to], headers=headers).send()
        except BadHeaderError as problem:
            raise Refused(str(problem)) from problem
        except (SMTPRecipientsRefused, SMTPResponseException) as problem:
            raise (Refused if _is_final(problem) else Unreachable)(str(problem)) from problem
        except (SMTPException, OSError) as problem:
            raise Unreachable(str(problem)) from problem
        return message_id


def _is_final(problem: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    """Replies from 500 on are for good; those below, such as greylisting, pass."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code >= FOR_EVER for code, _words in problem.recipients.values())
    return problem.smtp_code >= FOR_EVER
