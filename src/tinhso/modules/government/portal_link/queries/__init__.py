"""The only readers of the link."""
