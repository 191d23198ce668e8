"""Money that cases owe: charges, payments and their matching, refunds, receipts, reconciliation."""
