"""Taking up what packs hold, tables of published figures, and a province's own list of criteria."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction

from tinhso.kernel.flow import Invalid
from tinhso.modules.insight.dti import facts, models
from tinhso.modules.insight.dti.actions.codes import new_code
from tinhso.modules.insight.dti.adapters.criteria_files import read_criteria_file
from tinhso.modules.insight.dti.adapters.packs import Folder
from tinhso.modules.insight.dti.adapters.sheets import read_lines
from tinhso.modules.insight.dti.queries.editions import get_edition, get_editions
from tinhso.modules.insight.dti.rules import Said
from tinhso.modules.insight.dti.rules.criteria import read_criteria
from tinhso.modules.insight.dti.rules.published import Published, Shared, province_key, read_published
from tinhso.platform.files.actions import store_file
from tinhso.platform.files.rules import DEFAULT_LIMITS
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

OF_PACKS = ""


class BadPack(Invalid):
    """What packs hold for this app cannot be used; `problems` says why."""


@transaction.atomic
def load_folder(*, folder: Folder, now: datetime) -> None:
    """
    Bring editions, lists and published figures of the packs up to date; what was loaded by hand stays.

    :raises BadPack: something in it is wrong; nothing is changed
    """
    if folder.problems:
        raise BadPack(folder.problems)
    models.Edition.objects.exclude(code__in=folder.editions).delete()
    for place, code in enumerate(folder.editions):
        row = {"content": folder.tables[f"edition {code}"], "place": place, "loaded_at": now}
        models.Edition.objects.update_or_create(code=code, defaults=row)
    models.CriteriaList.objects.filter(unit_key=OF_PACKS).exclude(code__in=folder.criteria).delete()
    for code, criteria in folder.criteria.items():
        row = {"edition_code": criteria.edition, "unit_key": OF_PACKS, "content": folder.tables[f"criteria {code}"]}
        models.CriteriaList.objects.update_or_create(code=code, defaults={**row, "loaded_at": now})
    models.PublishedFigure.objects.filter(table=None).delete()
    _write(folder.published, None)
    models.Statement.objects.all().delete()
    for each in folder.growths:
        row = {field: getattr(each, field) for field in ("province", "metric", "from_year", "to_year")}
        models.Statement.objects.create(**row, percent=str(each.percent))


def _write(figures: Iterable[Published], table: models.PublishedTable | None) -> int:
    """Write figures that are not there yet; how many are there now of this table."""
    rows = [
        models.PublishedFigure(
            table=table, year=each.year, province=each.province, province_key=province_key(each.province),
            metric=each.metric, value=each.value, rank=each.rank, rank_to=each.rank_to, of=each.of,
            status=each.status[:200], source=each.source[:400], announced=each.announced[:10],
        )
        for each in figures
    ]  # fmt: skip
    models.PublishedFigure.objects.bulk_create(rows, ignore_conflicts=True)
    return models.PublishedFigure.objects.filter(table=table).count()


@transaction.atomic
def load_published(*, content: bytes, name: str, shared: Shared, actor: Actor, now: datetime) -> models.PublishedTable:
    """
    Take up a table of published figures (CSV or xlsx, long or wide); what is known already is not written twice.

    :raises Said: a cell cannot be used, each with row, column and remedy; nothing is kept
    """
    figures = read_published(get_editions(), read_lines(content), shared)
    file_name = PurePath(name).name[:200]
    sha256 = _keep(content, file_name, actor, now)
    table = models.PublishedTable.objects.create(
        public_id=new_code(), name=file_name, sha256=sha256, count=0, loaded_by=actor.code, loaded_at=now
    )
    table.count = _write(figures, table)
    table.save(update_fields=["count"])
    _tell(
        facts.PUBLISHED_LOADED,
        table.public_id,
        {"rows": len(figures), "new": table.count, "sha256": sha256},
        actor,
        now,
    )
    return table


def _keep(content: bytes, name: str, actor: Actor, now: datetime) -> str:
    """Keep a workbook as a file; a CSV, which the file store does not take, is named by its hash only."""
    if content.startswith(b"PK\x03\x04"):
        return store_file(content=content, name=name, limits=DEFAULT_LIMITS, actor=actor, now=now).sha256
    from hashlib import sha256

    return sha256(content).hexdigest()


@transaction.atomic
def load_criteria(*, content: bytes, name: str, edition_code: str, unit_key: str, actor: Actor, now: datetime) -> str:
    """
    Take up a province's own list of criteria (TOML, CSV or xlsx) for an edition; the code of the list.

    A list of the same name replaces the former; assessments that began keep theirs.
    :raises Said: it contradicts itself or the edition, every reason with its row
    """
    edition = get_edition(edition_code)
    table = read_criteria_file(content, name, edition_code, unit_key)
    try:
        found = read_criteria(table, {edition.code: edition})
    except Invalid as invalid:
        raise Said(*invalid.problems) from None
    row: dict[str, Any] = {"edition_code": edition.code, "unit_key": unit_key, "content": dict(table)}
    models.CriteriaList.objects.update_or_create(
        code=found.code, defaults={**row, "loaded_by": actor.code, "loaded_at": now}
    )
    count = sum(not criterion.is_rest for criterion in found.criteria)
    _tell(facts.CRITERIA_LOADED, found.code, {"edition": edition.code, "criteria": count}, actor, now, unit_key)
    return found.code


def _tell(kind: str, subject: str, body: dict[str, Any], actor: Actor, now: datetime, unit_key: str = "") -> None:
    unit = unit_key or next((post.unit_key for post in actor.posts), "")
    record_fact(kind=kind, subject=subject, unit_key=unit, body=body, actor=actor, now=now)
