"""Registration of the ledger app."""

from collections.abc import Iterator
from datetime import datetime

from tinhso.platform.capability import Capability, Finding

SEALS_BEHIND = 5


class LedgerConfig(Capability):
    """Append-only facts chained by hash, seals, receipts, delivery to reactions."""

    name = "tinhso.platform.ledger"
    label = "ledger"

    def examine(self, now: datetime) -> Iterator[Finding]:  # noqa: ARG002 - anchors and seals are compared, not clocks
        """Whether each place where seals are written down keeps up, and has nothing that the database lacks."""
        from tinhso.platform.ledger import queries

        seals = queries.ledger_state()["seals"]
        for place, last in queries.list_anchors():
            if last > seals:
                text = f"{place}: niêm phong đến {last}, cơ sở dữ liệu chỉ còn đến {seals} · seals are missing"
                yield Finding("trouble", text, "tinhso ledger verify")
            elif seals - last > SEALS_BEHIND:
                text = f"{place}: còn {seals - last} niêm phong chưa ghi ra ngoài · seals are not written down there"
                yield Finding("warning", text, "tinhso ledger seal")
            else:
                yield Finding("well", f"Niêm phong {last} đã ghi ở {place} · written down")
