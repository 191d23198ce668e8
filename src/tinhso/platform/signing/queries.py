"""What a signed PDF or a time-stamp is worth, and what was signed here."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.platform.people.rules import LEADER, Actor
from tinhso.platform.signing import adapters
from tinhso.platform.signing.adapters.titles import list_titles
from tinhso.platform.signing.models import SignatureRecord
from tinhso.platform.signing.rules import Authority, Capacity, Verdict, signature_lines
from tinhso.platform.units.queries import get_unit


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature made here."""

    capacity: Capacity
    signer_code: str
    unit_key: str
    certificate_serial: str
    signed_at: datetime


def verify_pdf(pdf: bytes) -> Verdict:
    """
    What the signatures of a PDF are worth here: whole file covered, trusted, time-stamped, unaltered.

    Never raises, whatever the bytes are; `valid` is the answer, `words` the reasons in the reader's language.
    """
    return adapters.signature_provider().verify(pdf)


def read_number_and_date(pdf: bytes) -> dict[str, str]:
    """What is written in the fields "number" and "date" of a PDF; empty where it has none. Never raises."""
    return adapters.read_fields(pdf)


def verify_token(token: bytes, digest: bytes) -> datetime:
    """
    The moment a time-stamp token (RFC 3161, DER) swears to; works offline.

    :raises ValueError: the token is not over this SHA-256 digest, or not of a known authority, or was altered
    """
    return adapters.time_stamp_authority().moment(token, digest)


def list_signatures(sha256: str) -> tuple[SignatureRow, ...]:
    """The signatures made here that ended in the file of that hash (hexadecimal): one, or none for a stranger's file."""
    rows = SignatureRecord.objects.filter(sha256_after=sha256).order_by("pk")
    fields = ("capacity", "signer_code", "unit_key", "certificate_serial", "signed_at")
    return tuple(SignatureRow(*row) for row in rows.values_list(*fields))


def lines_above_signature(
    actor: Actor, unit_key: str, *, procedure_code: str = "", in_the_name_of: str = ""
) -> tuple[str, ...]:
    """
    The lines above the actor's signature for that unit: as its head, KT., TL., or by a delegation TUQ.

    The title is that of the leader's post; a post without one signs as the head of that kind of unit.
    """
    titles, heads = list_titles()
    posts = [
        post
        for post in actor.posts
        if post.role == LEADER and post.unit_key == unit_key and post.covers(procedure_code)
    ]
    post = min(posts, key=lambda each: each.on_behalf_of, default=None)
    head = heads.get(get_unit(unit_key).kind, heads.get("*", ""))
    if post and post.on_behalf_of:
        at_unit = [each.title for each in actor.posts if each.unit_key == unit_key and not each.on_behalf_of]
        own = next((title for title in at_unit if title), "")
        authority = Authority(own, post.title or head, is_delegated=True, in_the_name_of=in_the_name_of)
    else:
        authority = Authority(post.title if post and post.title else head, head, in_the_name_of=in_the_name_of)
    return signature_lines(authority, titles)
