"""Public codes of assessments and tables: unguessable, without look-alikes."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """A code such as DTI-7K3M-9QXD."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"DTI-{signs[:4]}-{signs[4:]}"
