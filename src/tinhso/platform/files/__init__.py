"""Files kept by content hash."""
