"""Signatures through a port."""
