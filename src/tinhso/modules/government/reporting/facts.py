"""The facts this module writes to the ledger; the subject is the report's id. The acts of its flow are told by cases (`cases.report.*`)."""

from typing import Final

CELLS_SAVED: Final = "reporting.report.filled"  # body: revision, cells, provenance
VERSION_MADE: Final = "reporting.version.made"  # body: version, content_sha256, regime, period
REPORTS_ADDED_UP: Final = "reporting.report.summed"  # body: present, total, versions
REPORT_ASKED_FOR: Final = "reporting.report.asked"  # body: regime, period, units; by hand
VERSION_SIGNED: Final = "reporting.version.signed"  # body: version, content_sha256, pdf_sha256
PARCEL_ORDERED: Final = "reporting.parcel.ordered"  # body: version, key, content_sha256
PARCEL_RECEIVED: Final = "reporting.parcel.received"  # body: version, key, receipt, content_sha256
PARCEL_REFUSED: Final = "reporting.parcel.refused"  # body: version, key, reason
WORKBOOK_TAKEN: Final = "reporting.workbook.taken"  # body: revision, file, cells
REMINDED: Final = "reporting.report.reminded"  # body: key, kind, told (how many people)
