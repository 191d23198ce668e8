"""The facts this module writes to the ledger; the subject is the report's id. The acts of its flow are told by cases (`cases.report.*`)."""

from typing import Final

CELLS_SAVED: Final = "reporting.report.filled"  # body: revision, cells, provenance
VERSION_MADE: Final = "reporting.version.made"  # body: version, content_sha256, regime, period
REPORTS_ADDED_UP: Final = "reporting.report.summed"  # body: present, total, versions
REPORT_ASKED_FOR: Final = "reporting.report.asked"  # body: regime, period, units; by hand
