"""Capabilities of a province, grouped by pillar; they know each other only by facts."""
