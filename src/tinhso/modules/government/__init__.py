"""Digital government."""
