"""Figures that are derived, and the measuring of targets."""
