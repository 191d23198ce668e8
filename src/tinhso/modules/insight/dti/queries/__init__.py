"""The only readers of this app."""
