"""Reading the ledger: facts of a subject, receipts with proof, and the check of the whole."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from tinhso.platform.ledger import models, ports, rules
from tinhso.platform.ledger.adapters import anchor_folders
from tinhso.platform.ledger.facts import Fact

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
VERIFY_CHAINS = """
select subject, sequence, kind, id, trouble from (
    select f.subject, f.sequence, f.kind, f.id,
        case
            when f.hash <> sha256(convert_to(
                encode(f.previous_hash, 'hex') || E'\\n' || f.subject || E'\\n' || f.sequence::text || E'\\n' || f.kind || E'\\n'
                || f.actor_code || E'\\n' || f.unit_key || E'\\n'
                || to_char(f.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || f.body, 'UTF8'))
                then 'changed'
            when f.sequence <> coalesce(lag(f.sequence) over chain, 0) + 1 then 'gap before'
            when f.previous_hash <> coalesce(lag(f.hash) over chain, decode(repeat('00', 32), 'hex')) then 'chain broken'
            when lead(f.id) over chain is null and (h.hash is distinct from f.hash or h.sequence is distinct from f.sequence)
                then 'head differs'
        end as trouble
    from ledger_fact f left join ledger_head h using (subject)
    window chain as (partition by f.subject order by f.sequence)
) checked where trouble is not null
union all
select h.subject, h.sequence, '', null, 'facts missing' from ledger_head h
where not exists (select from ledger_fact f where f.subject = h.subject)
order by 1, 2 limit 200
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One place where the ledger is not what was written: which row, and what is wrong with it."""

    subject: str
    sequence: int
    kind: str
    fact_id: int | None
    trouble: str


@dataclass(frozen=True, slots=True)
class Proof:
    """All that a stranger needs to check that one fact was in the ledger when the seal was stamped."""

    fact: Fact
    previous_hash: bytes
    body: str
    seal: models.Seal | None
    path: tuple[tuple[rules.Side, bytes], ...]


def _read(row: models.Fact) -> Fact:
    return Fact(
        id=row.pk, subject=row.subject, sequence=row.sequence, kind=row.kind, actor_code=row.actor_code, unit_key=row.unit_key,
        happened_at=row.happened_at, body=Fact.read_body(row.body), hash=bytes(row.hash),
    )  # fmt: skip


def get_fact(fact_id: int) -> Fact:
    """That fact. :raises models.Fact.DoesNotExist: there is none."""
    return _read(models.Fact.objects.get(pk=fact_id))


def list_facts(subject: str) -> list[Fact]:
    """All facts of a subject, in order; a case has about a dozen."""
    return [_read(row) for row in models.Fact.objects.filter(subject=subject).order_by("sequence")]


def find_seal(fact_id: int) -> models.Seal | None:
    """The seal that closes that fact, or None while it waits for the next one."""
    seal = models.Seal.objects.filter(last_fact__gte=fact_id).order_by("last_fact").first()
    return seal if seal and seal.first_fact <= fact_id else None


def get_proof(subject: str, kind: str) -> Proof:
    """
    The proof of the first fact of that kind about the subject; `seal` is None and `path` empty until it is sealed.

    :raises models.Fact.DoesNotExist: no such fact
    """
    row = models.Fact.objects.filter(subject=subject, kind=kind).order_by("sequence").first()
    if row is None:
        raise models.Fact.DoesNotExist(f"{subject}: {kind}")
    seal, path = find_seal(row.pk), tuple[tuple[rules.Side, bytes], ...]()
    if seal:
        rows = list(_range(seal))
        position = [pk for pk, _ in rows].index(row.pk)
        path = tuple(rules.inclusion_path([value for _, value in rows], position))
    return Proof(_read(row), bytes(row.previous_hash), row.body, seal, path)


def proof_document(proof: Proof) -> dict[str, Any]:
    """The proof as the JSON a stranger checks, with `tinhso ledger check FILE` or on the public page."""
    fact, seal = proof.fact, proof.seal
    return {
        "format": rules.PROOF_FORMAT,
        "fact": {
            "subject": fact.subject, "sequence": fact.sequence, "kind": fact.kind, "actor_code": fact.actor_code,
            "unit_key": fact.unit_key, "happened_at": fact.happened_at.isoformat(), "body": proof.body,
        },
        "previous_hash": proof.previous_hash.hex(),
        "hash": fact.hash.hex(),
        "path": [[side, sibling.hex()] for side, sibling in proof.path],
        "seal": _seal_document(seal) if seal else None,
    }  # fmt: skip


def _seal_document(seal: models.Seal) -> dict[str, Any]:
    token = base64.b64encode(bytes(seal.token)).decode() if seal.token else None
    return {
        "number": seal.number, "first_fact": seal.first_fact, "last_fact": seal.last_fact, "count": seal.count,
        "root": bytes(seal.root).hex(), "previous_hash": bytes(seal.previous_hash).hex(), "hash": bytes(seal.hash).hex(),
        "sealed_at": seal.sealed_at.isoformat(), "token": token,
    }  # fmt: skip


def check_document(document: dict[str, Any]) -> list[rules.Checked]:
    """
    All checks of a proof, with the time-stamp: without one anybody could have written the seal, so it must be there.

    :raises rules.NotAProof: the shape is not that of a proof
    """
    checks = rules.check_proof(document)
    return [*checks, _check_token(document["seal"])] if document["seal"] else checks


def _check_token(seal: dict[str, Any]) -> rules.Checked:
    authority = ports.authority()
    if not seal.get("token") or authority is None:
        vi = "Niêm phong không có dấu thời gian kiểm tra được, nên không rõ ai đã lập"
        return rules.Checked(
            holds=False, vi=vi, en="The seal has no time-stamp that can be checked: anybody may have made it"
        )
    try:
        moment = authority.verify(base64.b64decode(seal["token"]), bytes.fromhex(seal["hash"]))
    except (ValueError, TypeError) as wrong:
        return rules.Checked(holds=False, vi=f"Dấu thời gian sai: {wrong}", en=f"The time-stamp is wrong: {wrong}")
    words = f"{moment.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}"
    return rules.Checked(holds=True, vi=f"Dấu thời gian đúng: {words}", en=f"The time-stamp is right: {words}")


def _range(seal: models.Seal) -> Iterator[tuple[int, bytes]]:
    rows = models.Fact.objects.filter(pk__gte=seal.first_fact, pk__lte=seal.last_fact).order_by("pk")
    for pk, value in rows.values_list("pk", "hash").iterator(chunk_size=10_000):
        yield pk, bytes(value)


def verify_ledger() -> list[Trouble]:
    """Every changed, removed or inserted row that chains, heads and seals betray, at most 200; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(VERIFY_CHAINS)
        found = [Trouble(*row) for row in cursor.fetchall()]
    return found + list(_verify_seals())


def verify_anchors() -> list[Trouble]:
    """
    Every seal that was written down outside and that the database lacks or has otherwise, at most 200 for each place.

    This is what betrays a tail that was removed together with its heads and seals: nothing inside speaks of it.
    """
    kept = dict(models.Seal.objects.values_list("number", "hash").iterator())
    found = list[Trouble]()
    for folder in anchor_folders():
        wrong = [
            Trouble(f"seal {number}", number, "", None, f"{trouble}, see {folder.root}")
            for number, value in sorted(folder.read().items())
            if (trouble := _anchor_trouble(kept.get(number), value))
        ]
        found += wrong[:200]
    return found


def _anchor_trouble(kept: bytes | memoryview | None, written_down: bytes) -> str:
    if kept is None:
        return "sealed and written down, now gone with all its facts"
    return "" if bytes(kept) == written_down else "another one was sealed under this number"


def list_anchors() -> list[tuple[str, int]]:
    """Each place where seals are written down, and the number of the last one there."""
    return [(str(folder.root), folder.last()) for folder in anchor_folders()]


def _verify_seals() -> Iterator[Trouble]:
    previous, number = rules.NO_HASH, 0
    for seal in models.Seal.objects.order_by("number").iterator():
        trouble = _seal_trouble(seal, previous, number + 1)
        if trouble:
            yield Trouble(f"seal {seal.number}", seal.number, "", None, trouble)
        previous, number = bytes(seal.hash), seal.number


def _seal_trouble(seal: models.Seal, previous: bytes, number: int) -> str:
    hashes = [value for _, value in _range(seal)]
    span = rules.Span(seal.first_fact, seal.last_fact, seal.count)
    expected = rules.seal_hash(number=seal.number, span=span, root=bytes(seal.root), previous_hash=previous)
    if seal.number != number:
        return f"seal {number} missing"
    if expected != bytes(seal.hash) or previous != bytes(seal.previous_hash):
        return "seal changed"
    if len(hashes) != seal.count:
        return f"{seal.count} facts were sealed, {len(hashes)} are there (ids {seal.first_fact} to {seal.last_fact})"
    if rules.merkle_root(hashes) != bytes(seal.root):
        return f"root differs (ids {seal.first_fact} to {seal.last_fact})"
    return _token_trouble(seal)


def _token_trouble(seal: models.Seal) -> str:
    authority = ports.authority()
    if authority is None:
        return ""
    if not seal.token:
        return "no time-stamp"
    try:
        authority.verify(bytes(seal.token), bytes(seal.hash))
    except ValueError as wrong:
        return f"time-stamp: {wrong}"
    return ""


def ledger_state() -> dict[str, Any]:
    """How many facts wait for a seal and when the last seal was made."""
    last = models.Seal.objects.order_by("-number").first()
    waiting = models.Fact.objects.filter(pk__gt=last.last_fact if last else 0).count()
    sealed_at: datetime | None = last.sealed_at if last else None
    return {"seals": last.number if last else 0, "waiting": waiting, "sealed_at": sealed_at}
