"""Append-only facts chained by hash, seals, receipts, delivery to reactions."""
