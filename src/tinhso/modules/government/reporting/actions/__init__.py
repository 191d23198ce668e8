"""The only writers of reporting: open, fill, hand in, return, approve, add up, send up, open again."""

from tinhso.modules.government.reporting.actions.demonstration import load_demonstration
from tinhso.modules.government.reporting.actions.filling import (
    Outdated,
    Saved,
    refresh_cells,
    refresh_untouched,
    save_cells,
)
from tinhso.modules.government.reporting.actions.handing_in import (
    approve_report,
    give_back_report,
    propose_report,
    reopen_report,
    return_report,
    submit_report,
)
from tinhso.modules.government.reporting.actions.opening import Asked, ask_for_reports, open_reports
from tinhso.modules.government.reporting.actions.summing import send_up, sum_up_report
from tinhso.modules.government.reporting.actions.writing import Forbidden, NotOpen, NotReady

__all__ = [
    "Asked",
    "Forbidden",
    "NotOpen",
    "NotReady",
    "Outdated",
    "Saved",
    "approve_report",
    "ask_for_reports",
    "give_back_report",
    "load_demonstration",
    "open_reports",
    "propose_report",
    "refresh_cells",
    "refresh_untouched",
    "reopen_report",
    "return_report",
    "save_cells",
    "send_up",
    "submit_report",
    "sum_up_report",
]
