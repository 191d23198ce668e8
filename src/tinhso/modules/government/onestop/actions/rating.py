"""The applicant's own word on how it went."""

from datetime import datetime

from django.db import transaction

from tinhso.modules.government.onestop.facts import DOSSIER_RATED
from tinhso.modules.government.onestop.models import Rating
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

LOWEST, HIGHEST = 1, 5


class CannotRate(Exception):
    """The dossier is not the actor's, is not over yet, or the score is none."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@transaction.atomic
def rate_dossier(*, case: CaseView, score: int, comment: str = "", actor: Actor, now: datetime) -> Rating:
    """
    Keep what the applicant says of a finished dossier, once; the same person again finds the first rating.

    The fact holds the score and no words. Officers see ratings added up, never by name.

    :param score: 1, very poor, to 5, very good
    :raises CannotRate: not the applicant, not finished, or no such score
    """
    if actor.code != case.applicant_code:
        raise CannotRate("Chỉ người nộp hồ sơ mới đánh giá được.", "Only the applicant can rate it.")
    if case.resolved_at is None and case.closed_at is None:
        raise CannotRate("Hồ sơ chưa xong nên chưa đánh giá được.", "The dossier is not finished yet.")
    if not LOWEST <= score <= HIGHEST:
        raise CannotRate("Hãy chọn một trong năm mức.", "Choose one of the five levels.")
    rating, is_new = Rating.objects.get_or_create(
        case_public_id=case.public_id,
        defaults={
            "unit_key": case.unit_key,
            "procedure_code": case.procedure.code,
            "score": score,
            "comment": comment.strip()[:1000],
            "rated_at": now,
        },
    )
    if is_new:
        record_fact(
            kind=DOSSIER_RATED,
            subject=case.public_id,
            unit_key=case.unit_key,
            body={"score": score},
            actor=actor,
            now=now,
        )
    return rating
