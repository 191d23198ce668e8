"""Regular reports: who reports what to whom for which days, filled, checked, submitted, added up."""
