"""The API of the indices: editions, what was published for a year, scoring of rows; for everybody, nothing is written."""

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status

from tinhso.modules.insight.dti.queries.editions import get_editions
from tinhso.modules.insight.dti.queries.published import read_year
from tinhso.modules.insight.dti.rules import COMPOSITE, Edition
from tinhso.modules.insight.dti.rules.published import COUNTRY, MEAN, Published

router = Router(tags=["dti"])
Code = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="Mã bộ chỉ số · Code of the edition")]
NAMED = {MEAN: "mean", COUNTRY: "country"}


class MainIndexOut(Schema):
    """A main index; `max_points` is null where no source gives it."""

    code: str
    name: dict[str, str]
    group: str
    sub_indicators: int | None
    max_points: int | None
    scored: bool
    sure: dict[str, str]


class PillarOut(Schema):
    """A pillar: the points of these indices over what they can give."""

    code: str
    name: dict[str, str]
    of: list[str]


class EditionOut(Schema):
    """An edition; where not `weighted`, the points of its indices are not known and nothing is added up."""

    code: str
    kind: str
    name: dict[str, str]
    legal: dict[str, str]
    issued_on: str
    years: list[int]
    total: int
    weighted: bool
    note: dict[str, str]
    indices: list[MainIndexOut]
    pillars: list[PillarOut]


class PublishedOut(Schema):
    """
    One published figure with its source; sources that differ stand side by side.

    `province` is a name, "mean" or "country"; `metric` an index, a pillar or "composite".
    """

    year: int
    province: str
    metric: str
    value: float | None
    rank: int | None
    rank_to: int | None
    of: int | None
    status: str
    source: str
    announced: str


class ScoringRefusalOut(Schema):
    """Why not, in words."""

    code: str
    vi: str
    en: str


class PublishedIn(Schema):
    """Which year was measured, and of which metric; all when not said."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    metric: Annotated[str, Field(max_length=60)] = ""


@router.get("/editions", response=list[EditionOut], summary="Các bộ chỉ số · The editions")
def list_editions(request: HttpRequest) -> Any:  # noqa: ARG001
    """Every edition, with its points and how sure they are."""
    return [_edition(each) for each in get_editions().values()]


@router.get(
    "/editions/{code}", response={200: EditionOut, 404: ScoringRefusalOut}, summary="Một bộ chỉ số · One edition"
)
def show_edition(request: HttpRequest, code: Code) -> Any:  # noqa: ARG001
    """One edition."""
    found = get_editions().get(code)
    if found is None:
        return Status(
            404, {"code": "unknown_edition", "vi": "Không có bộ chỉ số này.", "en": "There is no such edition."}
        )
    return Status(200, _edition(found))


@router.get(
    "/published", response=list[PublishedOut], summary="Số đã công bố của một năm · Published figures of a year"
)
def list_published_figures(request: HttpRequest, wanted: Query[PublishedIn]) -> Any:  # noqa: ARG001
    """What was published for a year, by whomever."""
    metric = COMPOSITE if wanted.metric == "dti" else wanted.metric
    return [_figure(each) for each in read_year(wanted.year).figures if not metric or each.metric == metric]


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "code": edition.code,
        "kind": edition.kind,
        "name": _text(edition.name),
        "legal": _text(edition.legal),
        "issued_on": edition.issued_on.isoformat(),
        "years": list(edition.years),
        "total": edition.total,
        "weighted": edition.is_weighted,
        "note": _text(edition.note),
        "indices": [
            {"name": _text(each.name), "sure": _text(each.sure)}
            | {key: getattr(each, key) for key in ("code", "group", "sub_indicators", "max_points", "scored")}
            for each in edition.indices
        ],
        "pillars": [{"code": each.code, "name": _text(each.name), "of": list(each.of)} for each in edition.pillars],
    }


def _figure(figure: Published) -> dict[str, Any]:
    keys = ("year", "metric", "rank", "rank_to", "of", "status", "source", "announced")
    value = figure.value
    return {key: getattr(figure, key) for key in keys} | {
        "province": NAMED.get(figure.province, figure.province),
        "value": float(value) if isinstance(value, Decimal) else None,
    }


def _text(text: Any) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
