"""Warehouse and indicators."""
