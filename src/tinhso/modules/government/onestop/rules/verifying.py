"""What the public check finds in a file, one finding after the other, for anybody to read. No database, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.modules.government.onestop.rules.results import Standing
from tinhso.platform.signing.rules import Verdict


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `trouble` says what is wrong when it does not hold."""

    holds: bool
    title: Promise | str
    trouble: Promise | str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """
    Everything the findings are drawn from: the signatures, what the file says, what the register says.

    `same_number` is true for a file that is not in the register and bears a number the register gave to another.
    """

    verdict: Verdict
    is_known: bool
    is_letter: bool
    written: Mapping[str, str]
    registered: Mapping[str, str]
    needs_seal: bool
    same_number: bool
    standing: Standing


def checks_of(seen: Seen) -> Iterator[Check]:
    """The findings, the signatures first; a letter of the system needs no signature, it is known by its very bytes."""
    if not (seen.is_letter and not seen.verdict.signatures):
        yield from _signatures(seen)
    yield _known(seen)
    if seen.is_known and not seen.is_letter and seen.written:
        yield _number(seen)
    if seen.is_known:
        yield _standing(seen.standing)


def _signatures(seen: Seen) -> Iterator[Check]:
    verdict = seen.verdict
    yield Check(verdict.valid, _("Chữ ký số còn nguyên vẹn"), " ".join(verdict.words))
    if seen.needs_seal:
        yield Check(
            verdict.is_signed_in("seal"), _("Có dấu số của cơ quan"), _("Giấy này phải có dấu số mà tệp thì không có.")
        )


def _known(seen: Seen) -> Check:
    if seen.same_number:
        trouble = _("Số trên tệp này trong sổ là của một tệp khác.")
    else:
        trouble = _("Không có tệp này trong sổ của hệ thống.")
    return Check(seen.is_known, _("Có trong sổ đã phát hành"), trouble)


def _number(seen: Seen) -> Check:
    same = dict(seen.written) == dict(seen.registered)
    return Check(same, _("Số và ngày đúng với sổ"), _("Số hoặc ngày ghi trên tệp khác với sổ."))


def _standing(standing: Standing) -> Check:
    troubles = {
        "withdrawn": _("Giấy này đã bị thu hồi hoặc được thay bằng giấy khác."),
        "expired": _("Giấy này đã hết thời hạn giá trị."),
        "waiting": _("Giấy này chưa được phát hành."),
    }
    return Check(standing == "in_force", _("Còn hiệu lực"), troubles.get(standing, ""))
