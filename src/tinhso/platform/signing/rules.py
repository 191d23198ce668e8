"""Who signs what and in what form, and when a signed PDF is worth something; no keys, no clock, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

Capacity = Literal["leader", "seal"]
BY_DELEGATION, FOR_COLLECTIVE = "TUQ.", "TM."  # in what form somebody signs: NĐ 30/2020/NĐ-CP Art 13

PROBLEMS: Mapping[str, Any] = {
    "unreadable": _("Không đọc được tệp này như một tệp PDF có chữ ký số."),
    "unsigned": _("Tệp không có chữ ký số nào."),
    "altered": _("Nội dung tệp đã bị thay đổi sau khi ký."),
    "appended": _("Có nội dung được thêm vào sau chữ ký cuối cùng."),
    "edited_between": _("Sau chữ ký này, tệp đã bị sửa ở chỗ không được phép."),
    "broken": _("Chữ ký số không khớp với chứng thư của người ký."),
    "untrusted": _("Chứng thư của người ký không do tổ chức chứng thực được tin cậy cấp."),
    "not_yet_valid": _("Chứng thư của người ký chưa có hiệu lực vào lúc ký."),
    "expired": _("Chứng thư của người ký đã hết hiệu lực vào lúc ký."),
    "no_time_stamp": _("Chữ ký không có dấu thời gian."),
    "bad_time_stamp": _("Dấu thời gian của chữ ký không có giá trị."),
    "odd_encoding": _("Chữ ký được ghi khác khuôn dạng quy định; tệp có thể đã bị sửa."),
    "seal_before_leader": _("Cơ quan đóng dấu số khi người có thẩm quyền chưa ký."),
}


class CannotSign(Exception):
    """The file was not signed; the text says why."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who signs: public code, name and post as they stand in the certificate."""

    code: str
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SigningUnit:
    """The agency in whose name is signed; `key` is the unit's key in time, as "06211@2025-07-01"."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class SigningRequest:
    """One signature to be made: on which file, by whom, in what capacity, why, and at what moment."""

    pdf: bytes
    signer: Signer
    unit: SigningUnit
    capacity: Capacity
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """What cryptography found about one signature, before anybody judges it."""

    area: str
    signer: Signer
    unit: SigningUnit
    certificate_serial: str
    certificate_from: datetime
    certificate_until: datetime
    signed_at: datetime | None
    time_stamp_valid: bool
    content_intact: bool
    signature_matches: bool
    chain_trusted: bool
    changes_allowed: bool
    exactly_encoded: bool
    covers_whole_file: bool


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature judged: by whom, when, and what is wrong with it."""

    area: str
    signer: Signer
    unit: SigningUnit
    certificate_serial: str
    signed_at: datetime | None
    time_stamp_valid: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A signed PDF judged; worth something only when `valid`, that is when there is no problem at all."""

    signatures: tuple[SignatureVerdict, ...] = ()
    whole_file: bool = False
    file_problems: tuple[str, ...] = field(default=())

    @property
    def problems(self) -> tuple[str, ...]:
        """Codes of all that is wrong, each once; the words for them are in `PROBLEMS`."""
        of_signatures = (code for signature in self.signatures for code in signature.problems)
        return tuple(dict.fromkeys([*self.file_problems, *of_signatures]))

    @property
    def words(self) -> tuple[str, ...]:
        """The problems in the reader's language."""
        return tuple(str(PROBLEMS[code]) for code in self.problems)

    @property
    def valid(self) -> bool:
        """Signed, whole, trusted and time-stamped, without any reservation."""
        return bool(self.signatures) and self.whole_file and not self.problems

    @property
    def signer(self) -> Signer | None:
        """The person who signed first, or None when nobody did."""
        return self.signatures[0].signer if self.signatures else None

    @property
    def signed_at(self) -> datetime | None:
        """The moment the last signature was time-stamped."""
        return self.signatures[-1].signed_at if self.signatures else None

    @property
    def time_stamp_valid(self) -> bool:
        """Every signature carries a time-stamp that holds."""
        return bool(self.signatures) and all(signature.time_stamp_valid for signature in self.signatures)

    def is_signed_in(self, capacity: Capacity) -> bool:
        """A signature without problems stands in that area."""
        return any(found.area == capacity and not found.problems for found in self.signatures)

    def as_json(self) -> dict[str, Any]:
        """The verdict as kept beside the signature: codes and names, moments in ISO 8601."""
        rows = [
            asdict(row) | {"signed_at": row.signed_at.isoformat() if row.signed_at else None} for row in self.signatures
        ]
        return {"valid": self.valid, "whole_file": self.whole_file, "problems": list(self.problems), "signatures": rows}


def judge(findings: Sequence[Finding]) -> Verdict:
    """
    The verdict over the signatures of one file, in the order they were made.

    The last one must cover the file to its end: what stands after it was signed by nobody.
    """
    if not findings:
        return Verdict(file_problems=("unsigned",))
    whole = findings[-1].covers_whole_file
    return Verdict(
        signatures=tuple(_judge_one(finding) for finding in findings),
        whole_file=whole,
        file_problems=tuple(_problems_of_the_file(findings, whole=whole)),
    )


def _problems_of_the_file(findings: Sequence[Finding], *, whole: bool) -> Iterable[str]:
    if not whole:
        yield "appended"
    if findings[0].area == "seal":
        yield "seal_before_leader"


def _judge_one(finding: Finding) -> SignatureVerdict:
    return SignatureVerdict(
        area=finding.area,
        signer=finding.signer,
        unit=finding.unit,
        certificate_serial=finding.certificate_serial,
        signed_at=finding.signed_at,
        time_stamp_valid=finding.time_stamp_valid,
        problems=(*_problems_of_content(finding), *_problems_of_time(finding)),
    )


def _problems_of_content(finding: Finding) -> Iterable[str]:
    if not finding.content_intact:
        yield "altered"
    if not finding.signature_matches:
        yield "broken"
    if not finding.changes_allowed:
        yield "edited_between"
    if not finding.exactly_encoded:
        yield "odd_encoding"


def _problems_of_time(finding: Finding) -> Iterable[str]:
    if finding.signed_at is None:
        yield "no_time_stamp"
    elif not finding.time_stamp_valid:
        yield "bad_time_stamp"
    outside = list(_outside_validity(finding))
    yield from outside
    if not finding.chain_trusted and not outside:
        yield "untrusted"


def _outside_validity(finding: Finding) -> Iterable[str]:
    if finding.signed_at and finding.signed_at < finding.certificate_from:
        yield "not_yet_valid"
    if finding.signed_at and finding.signed_at > finding.certificate_until:
        yield "expired"


@dataclass(frozen=True, slots=True)
class Title:
    """A title as the packs name it; `form` and `of` say how and for whom it signs (KT. of the chairman)."""

    name: str
    form: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """In whose place somebody signs: own title, the head's title, whether by a delegation, in the name of whom."""

    title: str
    head: str
    is_delegated: bool = False
    in_the_name_of: str = ""


def signature_lines(authority: Authority, titles: Mapping[str, Title]) -> tuple[str, ...]:
    """
    The lines above a signature, from the top: ("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch").

    A title of the packs may be given by its code or in words; who signs by a delegation signs TUQ. the head.
    """
    head = titles.get(authority.head, Title(authority.head)).name
    lines = [f"{FOR_COLLECTIVE} {authority.in_the_name_of}"] if authority.in_the_name_of else []
    own = titles.get(authority.title, Title(authority.title))
    if authority.is_delegated:
        lines.append(f"{BY_DELEGATION} {head}")
        return (*lines, own.name) if own.name and own.name != head else tuple(lines)
    if own.form:
        lines.append(f"{own.form} {titles[own.of].name if own.of in titles else head}")
    return (*lines, own.name or head)


def signer_title(lines: tuple[str, ...]) -> str:
    """The lines in one, as they stand in a certificate and in lists: "KT. Chủ tịch, Phó Chủ tịch"."""
    return ", ".join(line for line in lines if not line.startswith(FOR_COLLECTIVE))
