"""Persons, officers, sign-in, roles, who looked at what."""
