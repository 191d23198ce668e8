"""What could be reached and at what cost: offers for the planner, one by one or from a sheet."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.adapters.sheets import read_lines
from tinhso.modules.insight.dti.queries.assessments import criteria_of, provinces_of
from tinhso.modules.insight.dti.queries.editions import get_edition
from tinhso.modules.insight.dti.rules import Said, plain
from tinhso.modules.insight.dti.rules.criteria import CriteriaList
from tinhso.modules.insight.dti.rules.powers import refuse, require_worker
from tinhso.modules.insight.dti.rules.shapes import score_reach
from tinhso.platform.people.rules import Actor

GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
MOST_OFFERS, MOST_MONEY, MOST_EFFORT = 300, 10**15, 10**6
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "criterion": ("criterion", "tieu chi", "ma tieu chi", "ma"),
    "reach": ("reach", "muc co the dat", "dat duoc"),
    "money": ("money", "chi phi", "kinh phi", "chi phi dong"),
    "effort": ("effort", "cong suc", "ngay cong"),
    "note": ("note", "viec lam", "viec phai lam", "ghi chu"),
}


@transaction.atomic
def add_offer(*, public_id: str, offer: Mapping[str, str], actor: Actor, now: datetime) -> models.Offer:  # noqa: ARG001
    """
    Add one level that a criterion could be brought to.

    :param offer: criterion, reach (points, a share, a count or a choice), money (đồng), effort, note
    :raises Said: one of them cannot be used
    """
    row, criteria = _open(public_id, actor)
    return _add(row, criteria, offer)


@transaction.atomic
def load_offers(*, public_id: str, content: bytes, actor: Actor, now: datetime) -> int:  # noqa: ARG001
    """
    Replace all offers by those of a sheet; how many.

    :raises Said: every row that cannot be used, with its number; nothing is changed
    """
    row, criteria = _open(public_id, actor)
    row.offer_set.all().delete()
    problems: list[Problem] = []
    rows = _rows(content)
    for number, offer in rows:
        try:
            _add(row, criteria, offer)
        except Said as said:
            problems += [_at(number, each) for each in said.problems]
    if problems:
        raise Said(*problems)
    return len(rows)


@transaction.atomic
def remove_offer(*, public_id: str, offer: int, actor: Actor, now: datetime) -> None:  # noqa: ARG001
    """Take an offer away."""
    row, _ = _open(public_id, actor)
    row.offer_set.filter(pk=offer).delete()


def _open(public_id: str, actor: Actor) -> tuple[models.Assessment, CriteriaList]:
    row = models.Assessment.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise LookupError(public_id)
    require_worker([unit.key for unit in provinces_of(actor)], row.unit_key)
    return row, criteria_of(row, get_edition(row.edition_code))


def _add(row: models.Assessment, criteria: CriteriaList, offer: Mapping[str, str]) -> models.Offer:
    code = offer.get("criterion", "").strip()
    found = criteria.criterion(code)
    if found is None:
        raise refuse(f"Không có tiêu chí “{code}”.", f"There is no criterion “{code}”.")
    reach = offer.get("reach", "").strip()
    score_reach(found.shape, found.max_points, reach)
    if row.offer_set.count() >= MOST_OFFERS:
        raise refuse(f"Nhiều nhất {MOST_OFFERS} phương án.", f"{MOST_OFFERS} offers at most.")
    return row.offer_set.create(
        criterion=code,
        reach=reach[:40],
        money_dong=_whole(offer.get("money", ""), MOST_MONEY, "Chi phí", "Cost"),
        effort=_whole(offer.get("effort", ""), MOST_EFFORT, "Công sức", "Effort"),
        note=offer.get("note", "").strip()[:300],
    )


def _whole(text: str, most: int, vi: str, en: str) -> int:
    """A whole number from 0 as people write it ("1.500.000"); nothing written is 0. :raises Said: it is none"""
    bare = text.strip().replace("\u00a0", "").replace(" ", "").removesuffix("đ").removesuffix(".0")
    if GROUPED.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", "")
    if bare and (not bare.isdecimal() or int(bare) > most):
        raise refuse(f"{vi}: “{text}” không phải là số nguyên từ 0.", f"{en}: “{text}” is no whole number from 0.")
    return int(bare or 0)


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    filled = [line for line in read_lines(content) if any(str(cell or "").strip() for cell in line[1])]
    heads = [plain(cell) for cell in filled[0][1]] if filled else []
    places = {key: heads.index(name) for key, names in COLUMNS.items() for name in names if name in heads}
    if "criterion" not in places or "reach" not in places:
        vi = "Dòng 1: cần các cột “tiêu chí” và “mức có thể đạt”."
        raise refuse(vi, "Row 1: columns “criterion” and “reach” are needed.")
    rows = [(number, {key: _text(cells, at) for key, at in places.items()}) for number, cells in filled[1:]]
    return [(number, row) for number, row in rows if row["reach"]]


def _text(cells: Sequence[object], at: int) -> str:
    cell = cells[at] if at < len(cells) else None
    return "" if cell is None else str(cell).strip()


def _at(number: int, each: Problem) -> Problem:
    return Problem(each.code, f"Dòng {number}: {each.vi}", f"Row {number}: {each.en}")
