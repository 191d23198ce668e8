"""What reporting needs from outside: the reporting system of the next level, and how it may fail."""

from typing import Protocol

from tinhso.modules.government.reporting.rules.sending import Parcel, Receipt
from tinhso.platform.outside import Refused, Unreachable

__all__ = ["Refused", "ReportReceiver", "Unreachable"]


class ReportReceiver(Protocol):
    """Whoever takes reports for the level above: the government's reporting system, or a ministry's."""

    def send(self, parcel: Parcel) -> Receipt:
        """
        Hand in one version of a report; the same key twice is one report, and the same receipt again.

        :raises Refused: it will not take this, with its reason
        :raises Unreachable: no usable answer came; it may have been taken or not, so it is sent again under its key
        """
        ...

    def find(self, parcel: Parcel) -> Receipt | None:
        """
        The receipt of what it holds under that key, None when it holds nothing.

        :raises Unreachable: no usable answer came
        """
        ...
