"""Registration of the ledger app."""

from tinhso.platform.capability import Capability


class LedgerConfig(Capability):
    """Append-only facts chained by hash, seals, receipts, delivery to reactions."""

    name = "tinhso.platform.ledger"
    label = "ledger"
