"""The applicant's own word on how it went."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tinhso.modules.government.onestop.facts import DOSSIER_RATED
from tinhso.modules.government.onestop.models import Rating
from tinhso.modules.government.onestop.queries.rating import rating_rules_on
from tinhso.modules.government.onestop.queries.tracking import occasion_now
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

LOWEST, HIGHEST = 1, 5


class CannotRate(Exception):
    """The dossier is not the actor's, there is no paper yet that offers a rating, or an answer is none of those offered."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@transaction.atomic
def rate_dossier(
    *,
    case: CaseView,
    score: int,
    comment: str = "",
    answers: Mapping[int, int] | None = None,
    actor: Actor,
    now: datetime,
) -> Rating:
    """
    Keep what the applicant says, once with each paper that offers it; the same again finds the first rating.

    The fact holds numbers and no words. Officers see ratings added up, never by name.

    :param score: 1, very poor, to 5, very good
    :param answers: points by the number of an index, of those the applicant is asked about; none has to be answered
    :raises CannotRate: not the applicant, no paper yet, or no such score or answer
    """
    if actor.code != case.applicant_code:
        raise CannotRate("Chỉ người nộp hồ sơ mới đánh giá được.", "Only the applicant can rate it.")
    occasion = occasion_now(case)
    if not occasion:
        raise CannotRate(
            "Hồ sơ chưa được xem nên chưa đánh giá được.",
            "Nobody has looked at the dossier yet, so it cannot be rated.",
        )
    if not LOWEST <= score <= HIGHEST:
        raise CannotRate("Hãy chọn một trong năm mức.", "Choose one of the five levels.")
    points = _points(answers or {}, now)
    rating, is_new = Rating.objects.get_or_create(
        case_public_id=case.public_id,
        occasion=occasion,
        defaults={
            "unit_key": case.unit_key,
            "procedure_code": case.procedure.code,
            "score": score,
            "points": points,
            "comment": comment.strip()[:1000],
            "rated_at": now,
        },
    )
    if is_new:
        body = {"score": score, "occasion": occasion, "points": points}
        record_fact(kind=DOSSIER_RATED, subject=case.public_id, unit_key=case.unit_key, body=body, actor=actor, now=now)
    return rating


def _points(answers: Mapping[int, int], now: datetime) -> dict[str, int]:
    """The points as they are kept, by the number of the index. :raises CannotRate: one was not offered"""
    offered = {
        (index.number, points)
        for index in rating_rules_on(now.astimezone(VIETNAM).date()).asked
        for points, _words in index.answers
    }
    if not set(answers.items()) <= offered:
        raise CannotRate("Hãy chọn một trong các câu trả lời có sẵn.", "Choose one of the answers offered.")
    return {str(number): answers[number] for number in sorted(answers)}
