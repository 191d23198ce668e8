"""The innermost ring: plain Python, no Django, no clock, no database."""
