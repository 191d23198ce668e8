"""Alerts: thresholds on figures and readings, events that explain figures, letters to subscribers."""
