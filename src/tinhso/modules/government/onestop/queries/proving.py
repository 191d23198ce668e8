"""The proof of filing: as JSON that a stranger checks, and as the fields of the printed one."""

from datetime import datetime
from typing import Any

from django.conf import settings

from tinhso.modules.government.onestop.queries.letters import agency_of, check_address
from tinhso.modules.government.onestop.rules.filling import local_iso
from tinhso.platform.cases.models import Paper
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.files.adapters import qr_svg
from tinhso.platform.ledger import ports
from tinhso.platform.ledger.queries import Proof, get_proof, proof_document
from tinhso.platform.ledger.rules import content_digest
from tinhso.platform.units import queries as units


def filing_proof(case: CaseView) -> Proof:
    """The proof that the dossier was filed; its `seal` is None until the next sealing, at most a minute."""
    return get_proof(case.public_id, f"cases.{case.procedure.kind}.filed")


def proof_file(case: CaseView, proof: Proof) -> dict[str, Any]:
    """
    The proof with what was filed and the nonce, so that who has it can recompute everything.

    The content is left out when the case's data was amended since, as it would no longer be what was filed.
    """
    document = proof_document(proof)
    content = _content(case)
    if content_digest(content, case.proof_nonce) == proof.fact.body.get("content_sha256"):
        document |= {"content": content, "nonce": case.proof_nonce}
    return document


def _content(case: CaseView) -> dict[str, Any]:
    return {"data": dict(case.data), "papers": [[paper.code, paper.file_sha256] for paper in _papers_filed(case)]}


def _papers_filed(case: CaseView) -> list[Paper]:
    """The papers as they were filed, those that were replaced later too."""
    return list(Paper.objects.filter(case_id=case.case_id, added_at=case.filed_at).order_by("id"))


def fields_of_proof(case: CaseView, proof: Proof, now: datetime) -> dict[str, Any]:
    """What stands on the printed proof. The proof must be sealed."""
    assert proof.seal is not None
    fact, seal = proof.fact, proof.seal
    authority, stamped_at = ports.authority(), None
    if authority and seal.token:
        stamped_at = authority.verify(bytes(seal.token), bytes(seal.hash))
    rules = {paper.code: paper.name.vi for paper in case.procedure.papers}
    return {
        "agency": agency_of(case.unit_key, now),
        "place": units.get_unit(case.unit_key).short_name,
        "issued_at": local_iso(now),
        "tracking": case.public_id,
        "code": case.code or "",
        "applicant": {"name": case.applicant_name},
        "procedure": case.procedure.name.vi,
        "filed_at": local_iso(case.filed_at),
        "papers": [{"name": rules.get(paper.code, paper.code), "sha256": paper.file_sha256} for paper in _papers_filed(case)],
        "fact": {
            "kind": fact.kind, "number": fact.sequence, "hash": fact.hash.hex(), "happened_at": local_iso(fact.happened_at),
        },
        "path": [{"side": side, "hash": sibling.hex()} for side, sibling in proof.path],
        "seal": {
            "number": seal.number, "root": bytes(seal.root).hex(), "hash": bytes(seal.hash).hex(),
            "sealed_at": local_iso(seal.sealed_at), "stamped_at": local_iso(stamped_at),
        },
        "authority": "cơ quan cấp dấu thời gian của hệ thống",
        "check_command": f"tinhso ledger check {case.public_id}.json",
        "check_address": check_address(),
        "hotline": "",
        "qr": qr_svg(f"{settings.PUBLIC_ADDRESS}/verify/"),
    }  # fmt: skip
