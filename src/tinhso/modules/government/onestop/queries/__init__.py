"""The readers of onestop: tracking, the desk's lists, filing."""
