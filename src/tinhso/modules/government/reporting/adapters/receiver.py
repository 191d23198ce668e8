"""The next level's reporting system over HTTP, in our own words, and which one this installation sends to."""

import json
from urllib.parse import quote

from django.conf import settings

from tinhso.modules.government.reporting.adapters.simulator import SimulatedReceiver
from tinhso.modules.government.reporting.ports import ReportReceiver
from tinhso.modules.government.reporting.rules.sending import OddReceipt, Parcel, Receipt, read_receipt
from tinhso.platform.outside import Unreachable, call, checked_address, read_object

OFF = "off"
NOT_THERE = frozenset({404})
KNOWN_ALREADY = frozenset({409})  # the same key came before: its receipt is in the answer


def is_simulated() -> bool:
    """Whether reports go to the simulator of the demonstration: no address of a real system is set."""
    return bool(settings.DEMO and not settings.REPORT_RECEIVER["address"])


def find_receiver() -> ReportReceiver | None:
    """The real receiver when its address is set, the simulator in a demonstration, else None: what was ordered waits."""
    address = settings.REPORT_RECEIVER["address"]
    if address == OFF:
        return None
    if address:
        return HttpReceiver(address=address, token=settings.REPORT_RECEIVER["token"])
    return SimulatedReceiver() if settings.DEMO else None


class HttpReceiver:
    """`POST /reports` and `GET /reports/KEY` below one address; the key goes in `Idempotency-Key` too."""

    def __init__(self, *, address: str, token: str) -> None:
        self.address = checked_address(address).rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, parcel: Parcel) -> Receipt:
        """The receipt; raises as promised in the port."""
        headers = {**self.headers, "Idempotency-Key": parcel.key}
        answer = call(f"{self.address}/reports", parcel.as_json(), headers, kept=KNOWN_ALREADY)
        try:
            return read_receipt(read_object(answer), parcel.content_sha256)
        except OddReceipt as odd:
            raise Unreachable(str(odd)) from odd

    def find(self, parcel: Parcel) -> Receipt | None:
        """The receipt of what is there, or None; raises as promised in the port."""
        answer = call(f"{self.address}/reports/{quote(parcel.key, safe='')}", None, self.headers, kept=NOT_THERE)
        try:
            body = json.loads(answer)
        except ValueError:
            return None  # a page that says "not found"; the report is sent under its key, which takes it once
        if not isinstance(body, dict) or not body.get("receipt"):
            return None
        try:
            return read_receipt(body, parcel.content_sha256)
        except OddReceipt as odd:
            raise Unreachable(str(odd)) from odd
