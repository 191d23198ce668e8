"""Names on the wire: codes of devices, topics of the broker, names of SenML records, keys."""

import base64
import hashlib
import hmac
import re
from typing import Final

DEVICE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,39}")
MEASURE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
ROOT: Final = "tinhso/v1"
MEASURES, EVENTS, ORDERS, ACKNOWLEDGEMENTS = "senml", "events", "orders", "acks"
FROM_DEVICES: Final = (MEASURES, EVENTS, ACKNOWLEDGEMENTS)
PREFIX: Final = "urn:dev:tinhso:"
ROUNDS: Final = 101  # the secret has 160 random bits: stretching it would only cost time
LONGEST_KEY: Final = 120
OURS, SIMULATOR = "tinhso", "simulator"  # who we are at the broker; they may speak of everything


def is_ours(code: str, *users: str) -> bool:
    """Whether a device of that code would be taken for the platform itself at the broker; `users`: further names of ours."""
    return code.lower() in {each.lower() for each in (OURS, SIMULATOR, *users)}


def topic_of(device: str, what: str) -> str:
    """Where a device speaks of `what`, or is spoken to."""
    return f"{ROOT}/{device}/{what}"


def read_topic(topic: str) -> tuple[str, str] | None:
    """Device and what it speaks of; None for a topic that is none of ours."""
    parts = topic.split("/")
    if len(parts) != 4 or "/".join(parts[:2]) != ROOT or parts[3] not in FROM_DEVICES or not DEVICE.fullmatch(parts[2]):
        return None
    return parts[2], parts[3]


def split_name(name: str) -> tuple[str, str]:
    """Device (empty where none is named) and measure of a resolved SenML name such as KC-01/water_level."""
    device, _sign, measure = name.removeprefix(PREFIX).replace(":", "/").rpartition("/")
    return device, measure


def key_of(device: str, secret: str) -> str:
    """The key as it is shown once and typed into the device: it says whose it is."""
    return f"{device}.{secret}"


def split_key(key: str) -> tuple[str, str] | None:
    """Device and secret of a key; None where it is none."""
    device, _dot, secret = key.partition(".")
    return (device, secret) if len(key) <= LONGEST_KEY and DEVICE.fullmatch(device) and secret else None


def hash_secret(secret: str, salt: bytes) -> str:
    """What is kept of a secret, written as mosquitto's password file has it: PBKDF2 with SHA-512."""
    digest = hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def is_secret(secret: str, kept: str) -> bool:
    """Whether this is the secret that was kept."""
    parts = kept.split("$")
    if len(parts) != 5:
        return False
    return hmac.compare_digest(hash_secret(secret, base64.b64decode(parts[3])), kept)
