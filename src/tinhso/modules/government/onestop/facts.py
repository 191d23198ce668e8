"""The facts this module writes to the ledger."""

DOSSIER_RATED = "onestop.dossier.rated"  # body: score (1 to 5), occasion, points by number of index
LETTER_REPLACED = "onestop.letter.replaced"  # body: kind, fact it follows, revision, sha256
RESULT_WITHDRAWN = "onestop.result.withdrawn"  # body: number, revision, sha256, number and revision that replace it
RESULT_DELIVERED = "onestop.result.delivered"  # body: number, revision, way
REGISTER_WRITTEN = "onestop.register.written"  # subject: the unit; body: period, filters, lines, sha256
