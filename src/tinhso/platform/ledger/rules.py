"""How entries are hashed and how a Merkle tree over them is built and walked; no database, no clock."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

NO_HASH = bytes(32)
LEAF, NODE = b"\x00", b"\x01"
PROOF_FORMAT = "tinhso-proof-1"
Side = Literal["left", "right"]
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
    return _canonical.encode(body)


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


@dataclass(frozen=True, slots=True)
class Span:
    """The facts that one seal closes: the first and the last id, and how many there are."""

    first: int
    last: int
    count: int


def seal_hash(*, number: int, span: Span, root: bytes, previous_hash: bytes) -> bytes:
    """SHA-256 that closes the chain of seals; this is what the time-stamp authority signs."""
    parts = [previous_hash.hex(), number, span.first, span.last, span.count, root.hex()]
    return sha256("\n".join(map(str, parts)).encode()).digest()


@dataclass(frozen=True, slots=True)
class Checked:
    """One check of a proof, in words, and whether it holds."""

    holds: bool
    vi: str
    en: str


class NotAProof(ValueError):
    """What was given is no proof of this format."""

    def __init__(self) -> None:
        self.vi = "Tệp này không phải là chứng thực của tỉnh số. Hãy chọn tệp .json đã tải kèm biên nhận."
        self.en = "This file is no proof made by tinhso. Choose the .json file that came with the receipt."
        super().__init__(self.vi)


def check_proof(proof: Mapping[str, Any]) -> list[Checked]:
    """
    Recompute everything in a proof that needs no database and no key: entry, path, seal, and the content when it is there.

    :raises NotAProof: the shape is not that of a proof
    """
    try:
        if proof["format"] != PROOF_FORMAT:
            raise NotAProof
        return [_check_entry(proof), *_check_seal(proof), *_check_content(proof)]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as wrong:
        raise NotAProof from wrong


def _check_entry(proof: Mapping[str, Any]) -> Checked:
    fact = proof["fact"]
    entry = Entry(
        str(fact["subject"]), int(fact["sequence"]), str(fact["kind"]), str(fact["actor_code"]), str(fact["unit_key"]),
        datetime.fromisoformat(fact["happened_at"]), str(fact["body"]),
    )  # fmt: skip
    holds = entry_hash(entry, bytes.fromhex(proof["previous_hash"])).hex() == proof["hash"]
    return Checked(holds, "Nội dung ghi nhận khớp với dấu băm của nó", "The entry matches its hash")


def _check_seal(proof: Mapping[str, Any]) -> list[Checked]:
    seal = proof["seal"]
    if seal is None:
        return [
            Checked(
                holds=False,
                vi="Chưa niêm phong: hãy tải lại chứng thực sau một phút",
                en="Not sealed yet: fetch the proof again in a minute",
            )
        ]
    path = [(side, bytes.fromhex(sibling)) for side, sibling in proof["path"]]
    root = root_from_path(bytes.fromhex(proof["hash"]), path).hex()
    span = Span(int(seal["first_fact"]), int(seal["last_fact"]), int(seal["count"]))
    sealed, previous = bytes.fromhex(seal["root"]), bytes.fromhex(seal["previous_hash"])
    digest = seal_hash(number=int(seal["number"]), span=span, root=sealed, previous_hash=previous)
    return [
        Checked(root == seal["root"], "Ghi nhận nằm trong sổ đã niêm phong", "The entry is part of the sealed ledger"),
        Checked(digest.hex() == seal["hash"], "Niêm phong còn nguyên", "The seal is intact"),
    ]


def _check_content(proof: Mapping[str, Any]) -> list[Checked]:
    if "content" not in proof:
        return []
    claimed = json.loads(proof["fact"]["body"]).get("content_sha256")
    found = content_digest(proof["content"], str(proof["nonce"]))
    return [
        Checked(
            found == claimed, "Hồ sơ kèm theo đúng là hồ sơ đã nộp", "The dossier enclosed is the one that was filed"
        )
    ]


def content_digest(content: Mapping[str, Any], nonce: str) -> str:
    """SHA-256 (hex) of a filing's content with its nonce; the nonce keeps short contents from being guessed."""
    return sha256(f"{nonce}\n{canonical(content)}".encode()).hexdigest()
