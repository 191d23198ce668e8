"""Self-assessments: opened, filled in, borne out with files, submitted, reviewed, signed; each step a fact of the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.modules.insight.dti import facts, models
from tinhso.modules.insight.dti.actions.codes import new_code
from tinhso.modules.insight.dti.queries.assessments import criteria_of, led_by, provinces_of, submitter_of
from tinhso.modules.insight.dti.queries.editions import get_criteria_table, get_edition
from tinhso.modules.insight.dti.rules import half_up
from tinhso.modules.insight.dti.rules.assessing import add_up
from tinhso.modules.insight.dti.rules.criteria import Criterion
from tinhso.modules.insight.dti.rules.powers import refuse, require_act, require_worker
from tinhso.modules.insight.dti.rules.scoring import require_weights
from tinhso.modules.insight.dti.rules.shapes import OF_TWO_NUMBERS, score_answer
from tinhso.platform.capability import FigureRead, read_figure
from tinhso.platform.files.actions import store_file
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

TOLD = {
    "submit": facts.ASSESSMENT_SUBMITTED,
    "review": facts.ASSESSMENT_REVIEWED,
    "return": facts.ASSESSMENT_RETURNED,
    "sign": facts.ASSESSMENT_SIGNED,
}


@transaction.atomic
def open_assessment(
    *, edition_code: str, criteria_code: str, year: int, unit_key: str, actor: Actor, now: datetime
) -> models.Assessment:
    """
    Begin a province's assessment of a year; the list of criteria is pinned to it.

    :raises Said: the edition's points are not known, it is of other years, the list is not the province's, or the actor
        works in no agency of the province
    """
    edition = get_edition(edition_code)
    require_weights(edition)
    provinces = [unit.key for unit in provinces_of(actor)]
    require_worker(provinces, unit_key)
    if year not in edition.years:
        years = ", ".join(map(str, edition.years))
        raise refuse(f"Bộ chỉ số này chấm các năm {years}.", f"This edition measures the years {years}.")
    row = models.Assessment.objects.create(
        public_id=new_code(), edition_code=edition.code, criteria_code=criteria_code,
        criteria=get_criteria_table(edition, criteria_code, provinces), year=year, unit_key=unit_key,
        opened_by=actor.code, opened_at=now,
    )  # fmt: skip
    body = {"edition": edition.code, "criteria": criteria_code, "year": year}
    _tell(facts.ASSESSMENT_OPENED, row, body, actor, now)
    return row


@transaction.atomic
def declare_value(
    *, public_id: str, criterion: str, answer: Mapping[str, str], note: str = "", actor: Actor, now: datetime
) -> models.Value:
    """
    Declare what one criterion stands at; its points are worked out at once.

    :raises Said: it cannot be scored, it comes from the platform's records, or the assessment is no draft
    """
    row, found = _lock(public_id, criterion, actor)
    if found.indicator:
        raise refuse(
            "Số này lấy từ hồ sơ của nền tảng, không nhập tay.", "This figure comes from the records and is not typed."
        )
    return _keep(row, found, answer, None, note, actor, now)


@transaction.atomic
def take_from_records(*, public_id: str, criterion: str, actor: Actor, now: datetime) -> models.Value:
    """
    Take a criterion's value from the platform's own figure of the year, with what it rests on, up to when, and its page.

    :raises Said: nothing derives that figure, nothing was counted, or the assessment is no draft
    """
    row, found = _lock(public_id, criterion, actor)
    figure = read_figure(found.indicator, row.unit_key, str(row.year), public=False) if found.indicator else None
    if figure is None or not figure.denominator:
        raise refuse(
            f"Chưa có số liệu của “{found.name.vi}” cho năm {row.year}.",
            f"There are no figures of “{found.name.en}” for {row.year} yet.",
        )
    if found.shape.kind not in OF_TWO_NUMBERS:
        raise refuse("Tiêu chí này không nhận tử số, mẫu số.", "This criterion takes no numerator and denominator.")
    answer = {"numerator": str(figure.numerator), "denominator": str(figure.denominator)}
    return _keep(row, found, answer, figure, "", actor, now)


def _keep(
    row: models.Assessment, found: Criterion, answer: Mapping[str, str], figure: FigureRead | None, note: str,
    actor: Actor, now: datetime,
) -> models.Value:  # fmt: skip
    points = half_up(score_answer(found.shape, found.max_points, answer))
    kept = {key: str(value).strip()[:60] for key, value in answer.items()}
    value, _ = models.Value.objects.update_or_create(
        assessment=row, criterion=found.code,
        defaults={
            "answer": kept, "figure": _told(figure), "points": points, "note": note[:1000],
            "declared_by": actor.code, "declared_at": now,
        },
    )  # fmt: skip
    body: dict[str, Any] = {"criterion": found.code, "answer": kept, "points": str(points)}
    if figure is not None:
        body |= {"indicator": found.indicator, "as_of": figure.as_of.isoformat() if figure.as_of else ""}
    _tell(facts.VALUE_DECLARED if figure is None else facts.VALUE_TAKEN, row, body, actor, now)
    return value


def _told(figure: FigureRead | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    as_of = figure.as_of.isoformat() if figure.as_of else ""
    counted = {"numerator": figure.numerator, "denominator": figure.denominator}
    return {**counted, "as_of": as_of, "address": figure.address}


@transaction.atomic
def attach_evidence(
    *, public_id: str, criterion: str, content: bytes, name: str, actor: Actor, now: datetime
) -> models.Evidence:
    """
    Attach a file to a criterion; the same file twice is attached once.

    :raises Said: the assessment is no draft
    :raises tinhso.platform.files.rules.Refusal: the file is not taken
    """
    row, found = _lock(public_id, criterion, actor)
    file = store_file(content=content, name=name, actor=actor, now=now)
    evidence, is_new = models.Evidence.objects.get_or_create(
        assessment=row, criterion=found.code, sha256=file.sha256,
        defaults={"name": name[:200], "attached_by": actor.code, "attached_at": now},
    )  # fmt: skip
    if is_new:
        _tell(facts.EVIDENCE_ATTACHED, row, {"criterion": found.code, "sha256": file.sha256}, actor, now)
    return evidence


@transaction.atomic
def detach_evidence(*, public_id: str, criterion: str, sha256: str, actor: Actor, now: datetime) -> None:
    """Take a file away from a criterion; that it was there stays in the ledger. :raises Said: the assessment is no draft"""
    row, found = _lock(public_id, criterion, actor)
    gone, _ = models.Evidence.objects.filter(assessment=row, criterion=found.code, sha256=sha256).delete()
    if gone:
        _tell(facts.EVIDENCE_DETACHED, row, {"criterion": found.code, "sha256": sha256}, actor, now)


@transaction.atomic
def move_assessment(*, public_id: str, act: str, note: str = "", actor: Actor, now: datetime) -> models.Assessment:
    """
    Submit, review, return or sign; the sums that were submitted are kept and told.

    :raises NotOpen: the act is not open from this state or not to this actor
    :raises LookupError: there is no such assessment
    """
    row = _locked(public_id, actor)
    submitted_by = submitter_of(list(row.move_set.order_by("pk")))  # type: ignore[arg-type]
    target = require_act(actor, act, row.state, submitted_by, led_by(actor, row.unit_key))
    if act == "return" and not note.strip():
        raise refuse("Ghi lý do trả lại để người làm biết phải sửa gì.", "Say why it is returned.")
    edition = get_edition(row.edition_code)
    points = dict(row.value_set.values_list("criterion", "points"))
    total = add_up(edition, criteria_of(row, edition), points)
    row.state, row.composite, row.revision = target, total.composite, row.revision + 1
    row.save(update_fields=["state", "composite", "revision"])
    row.move_set.create(
        act=act, state=target, note=note.strip()[:1000], moved_by=actor.code, moved_name=actor.name, moved_at=now
    )
    body = {"composite": str(total.composite), "points": str(total.points), "missing": total.missing}
    _tell(TOLD[act], row, body, actor, now)
    return row


def _locked(public_id: str, actor: Actor) -> models.Assessment:
    """The row, held until the transaction ends. :raises LookupError: there is none, or none of the actor's"""
    row = models.Assessment.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise LookupError(public_id)
    require_worker([unit.key for unit in provinces_of(actor)], row.unit_key)
    return row


def _lock(public_id: str, criterion: str, actor: Actor) -> tuple[models.Assessment, Criterion]:
    row = _locked(public_id, actor)
    if row.state != models.Assessment.DRAFT:
        raise refuse("Bản này đã trình: không sửa được nữa.", "This was submitted and cannot be changed any more.")
    found = criteria_of(row, get_edition(row.edition_code)).criterion(criterion)
    if found is None:
        raise LookupError(criterion)
    return row, found


def _tell(kind: str, row: models.Assessment, body: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    record_fact(kind=kind, subject=row.public_id, unit_key=row.unit_key, body=body, actor=actor, now=now)
