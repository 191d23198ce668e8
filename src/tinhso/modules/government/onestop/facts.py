"""The facts this module writes to the ledger."""

DOSSIER_RATED = "onestop.dossier.rated"  # body: score, 1 to 5
