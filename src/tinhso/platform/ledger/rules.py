"""How entries are hashed and how a Merkle tree over them is built and walked; no database, no clock."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

NO_HASH = bytes(32)
LEAF, NODE = b"\x00", b"\x01"
Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Entry:
    """The hashed content of one fact, as the ledger keeps it."""

    subject: str
    sequence: int
    kind: str
    actor_code: str
    unit_key: str
    happened_at: datetime
    body: str


def canonical(body: Mapping[str, Any] | Sequence[Any]) -> str:
    """The one text of a fact's body that is stored and hashed: JSON, keys sorted, no white space."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_text(entry: Entry, previous_hash: bytes) -> str:
    """The text whose SHA-256 is the entry's hash; the function `ledger_append` writes the very same in the database."""
    moment = entry.happened_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    head = [
        previous_hash.hex(),
        entry.subject,
        str(entry.sequence),
        entry.kind,
        entry.actor_code,
        entry.unit_key,
        moment,
    ]
    return "\n".join([*head, entry.body])


def entry_hash(entry: Entry, previous_hash: bytes) -> bytes:
    """SHA-256 that closes the chain over this entry and all before it of the same subject."""
    return sha256(entry_text(entry, previous_hash).encode()).digest()


def _leaf(value: bytes) -> bytes:
    return sha256(LEAF + value).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()


def merkle_root(hashes: Iterable[bytes]) -> bytes:
    """Root over entry hashes in order (RFC 6962 prefixes; an odd one out moves up unchanged); 32 zero bytes when empty."""
    level = [_leaf(value) for value in hashes]
    while len(level) > 1:
        level = _next_level(level)
    return level[0] if level else NO_HASH


def _next_level(level: Sequence[bytes]) -> list[bytes]:
    paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return paired + ([level[-1]] if len(level) % 2 else [])


def inclusion_path(hashes: Sequence[bytes], position: int) -> list[tuple[Side, bytes]]:
    """The siblings from leaf to root that prove `hashes[position]` is under the root; each with the side it stands on."""
    level, path = [_leaf(value) for value in hashes], list[tuple[Side, bytes]]()
    while len(level) > 1:
        sibling = position ^ 1
        if sibling < len(level):
            path.append(("left" if sibling < position else "right", level[sibling]))
        level, position = _next_level(level), position // 2
    return path


def root_from_path(value: bytes, path: Iterable[tuple[Side, bytes]]) -> bytes:
    """The root that an entry hash and its inclusion path lead to."""
    here = _leaf(value)
    for side, sibling in path:
        here = _node(sibling, here) if side == "left" else _node(here, sibling)
    return here


def seal_hash(*, number: int, first: int, last: int, count: int, root: bytes, previous_hash: bytes) -> bytes:
    """SHA-256 that closes the chain of seals; this is what the time-stamp authority signs."""
    return sha256(
        "\n".join([previous_hash.hex(), str(number), str(first), str(last), str(count), root.hex()]).encode()
    ).digest()
