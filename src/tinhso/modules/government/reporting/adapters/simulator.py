"""The simulated receiver: it keeps what came in a table, and goes wrong on demand."""

from typing import Final

from django.db import transaction

from tinhso.modules.government.reporting.models import ReceiverFault, SimulatedParcel
from tinhso.modules.government.reporting.rules.sending import Parcel, Receipt, read_parcel
from tinhso.platform.clock import now
from tinhso.platform.outside import Refused, Unreachable

NO_ANSWER, LOST_ANSWER, REFUSAL = "no_answer", "lost_answer", "refusal"
FAULTS: Final = (NO_ANSWER, LOST_ANSWER, REFUSAL)


class SimulatedReceiver:
    """
    Takes parcels as the wire brings them.

    Each fault is used up by one call: "no_answer" does nothing and does not answer, "lost_answer" takes the parcel and
    does not answer, "refusal" refuses it. A key that came before with another content is refused always.
    """

    def send(self, parcel: Parcel) -> Receipt:
        """The receipt; raises as promised in the port."""
        fault = _next_fault()
        if fault == NO_ANSWER:
            raise Unreachable("simulated: no answer")
        if fault == REFUSAL:
            raise Refused("Mẫu báo cáo của kỳ này chưa mở ở hệ thống nhận (mô phỏng)")
        receipt = self._take(parcel)
        if fault == LOST_ANSWER:
            raise Unreachable("simulated: taken, but the answer was lost")
        return receipt

    def find(self, parcel: Parcel) -> Receipt | None:
        """The receipt of what is there, or None; raises as promised in the port."""
        if _next_fault() == NO_ANSWER:
            raise Unreachable("simulated: no answer")
        row = SimulatedParcel.objects.filter(key=parcel.key).first()
        return _receipt(row) if row else None

    def _take(self, parcel: Parcel) -> Receipt:
        try:
            read_parcel(parcel.as_json())
        except ValueError as wrong:
            raise Refused(str(wrong)) from wrong
        row, _is_new = SimulatedParcel.objects.get_or_create(
            key=parcel.key,
            defaults={"body": parcel.as_json(), "content_sha256": parcel.content_sha256, "received_at": now()},
        )
        if row.content_sha256 != parcel.content_sha256:
            raise Refused("key: another content came under it before")
        return _receipt(row)


def _receipt(row: SimulatedParcel) -> Receipt:
    return Receipt(f"BN-{row.received_at:%Y}-{row.pk:06}", row.received_at, row.content_sha256)


def _next_fault() -> str:
    with transaction.atomic():
        row = ReceiverFault.objects.select_for_update(skip_locked=True).order_by("pk").first()
        if row is None:
            return ""
        row.delete()
        return row.kind
