"""The rows of reporting: reports that are due, their versions, and what travels up."""

from tinhso.modules.government.reporting.models.outside import (
    Parcel,
    ReceiverFault,
    Reminder,
    SignedFile,
    SimulatedParcel,
    Workbook,
)
from tinhso.modules.government.reporting.models.reports import Report, Version

__all__ = [
    "Parcel",
    "ReceiverFault",
    "Reminder",
    "Report",
    "SignedFile",
    "SimulatedParcel",
    "Version",
    "Workbook",
]
