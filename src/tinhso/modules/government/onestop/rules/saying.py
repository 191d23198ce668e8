"""How the portal says limits and sizes: a deadline in words, bytes as people read them."""

from django.utils.translation import gettext as _

from tinhso.kernel.flow import Deadline
from tinhso.kernel.worktime import Duration

KILOBYTE = 1024


def say_deadline(deadline: Deadline | None, language: str) -> str:
    """The time limit in words; empty without one."""
    if deadline is None:
        return ""
    if deadline.amount == 0:
        said = _("Trong ngày làm việc")
    else:
        words = Duration(deadline.amount, deadline.unit).text
        said = words.en if language.startswith("en") else words.vi
    if deadline.cut_off:
        said += _("; nhận từ %(hour)s thì tính sang ngày làm việc sau") % {"hour": f"{deadline.cut_off:%H:%M}"}
    return said


def say_size(size: int) -> str:
    """Bytes as one reads them: "812 kB", "1,4 MB"."""
    if size < KILOBYTE * KILOBYTE:
        return f"{max(1, round(size / KILOBYTE))} kB"
    return f"{size / KILOBYTE / KILOBYTE:.1f} MB".replace(".", ",")
