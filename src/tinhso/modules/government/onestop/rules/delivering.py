"""Into whose hands a result goes, by which way, and what must be said of it. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.modules.government.onestop.rules.asking import Fault

COUNTER, POST, ELECTRONIC = "counter", "post", "electronic"
WAYS: Final = {
    COUNTER: lazy("Tại quầy"),
    POST: lazy("Qua bưu chính"),
    ELECTRONIC: lazy("Bản điện tử trong kho giấy tờ, không in"),
}
LONGEST_NAME, LONGEST_PAPER = 120, 60


@dataclass(frozen=True, slots=True)
class Handed:
    """By which way, into whose hands, seen which paper of theirs, under which waybill."""

    way: str = COUNTER
    name: str = ""
    paper: str = ""
    waybill: str = ""


def handed_from(answers: Mapping[str, Any], applicant: str) -> Handed:
    """What an act says of the hand-over; where it says nothing the applicant took it at the desk."""
    way = str(answers.get("way") or COUNTER)
    return Handed(
        way if way in WAYS else COUNTER,
        str(answers.get("recipient_name") or applicant)[:LONGEST_NAME],
        str(answers.get("recipient_paper") or "")[:LONGEST_PAPER],
        str(answers.get("waybill") or "")[:LONGEST_PAPER],
    )


def read_handed(typed: Mapping[str, str], applicant: str) -> tuple[dict[str, str], list[Fault]]:
    """
    What was typed of the hand-over, and what is wrong: at the desk the recipient is named and identified, a letter has a
    waybill, the electronic copy needs nobody's hands.
    """
    way = typed.get("way", "")
    answers = {"way": way, "recipient_name": " ".join(typed.get("recipient_name", "").split())[:LONGEST_NAME]}
    faults = [] if way in WAYS else [Fault("way", _("Hãy chọn cách trả kết quả."))]
    if way == COUNTER:
        answers["recipient_paper"] = typed.get("recipient_paper", "").strip()[:LONGEST_PAPER]
        if not answers["recipient_name"]:
            faults.append(Fault("recipient_name", _("Hãy ghi họ tên người nhận.")))
        if not answers["recipient_paper"]:
            faults.append(
                Fault("recipient_paper", _("Hãy ghi giấy tờ người nhận xuất trình, ví dụ căn cước số cuối 817."))
            )
    if way == POST:
        answers["waybill"] = typed.get("waybill", "").strip()[:LONGEST_PAPER]
        if not answers["waybill"]:
            faults.append(Fault("waybill", _("Hãy ghi số bưu gửi.")))
    answers["recipient_name"] = answers["recipient_name"] or applicant
    return answers, faults
