"""What the API takes and gives where procedures are found, and of one that is only described."""

from typing import Annotated, Any, Literal

from ninja import Field, Schema

from tinhso.modules.government.onestop.http.shapes import ProcedureRef, TextOut
from tinhso.platform.catalogue.queries import Told


class FindIn(Schema):
    """What is looked for: words, what narrows them, and which part of the list."""

    q: Annotated[str, Field(max_length=200)] = ""
    audience: Literal["", "citizen", "business"] = ""
    level: Literal["", "commune", "province", "ministry", "other"] = ""
    life_event: Annotated[str, Field(max_length=40)] = ""
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 20


class FoundOut(ProcedureRef):
    """A procedure as a list shows it; `score` from 0 to 1, `fileable` when it can be filed here."""

    score: float
    fileable: bool
    sector: str
    levels: list[str]
    audiences: list[str]
    life_event: str


class WayOut(Schema):
    """One way to hand in: limit and fee as the portal gives them; null where it gives none or they are being looked into."""

    channel: str
    limit: float | None
    unit: str | None
    fee: float | None
    currency: str
    note: str


class DescribedPaperOut(Schema):
    """One paper, in the group under which the portal lists it."""

    group: str
    name: str
    originals: int
    copies: int


class DescribedOut(ProcedureRef):
    """A procedure that is only described: `held` names the parts that are being looked into and not told."""

    sector: str
    levels: list[str]
    who: list[str]
    channels: list[WayOut]
    described_papers: list[DescribedPaperOut]
    results: list[str]
    decision: str
    source_url: str
    read_on: str
    held: list[str]


def describe(told: Told) -> dict[str, Any]:
    """What may be told of it, in the shape of `DescribedOut`."""
    text = told.text
    without_limit, without_fee = "limit" in told.held, "fee" in told.held
    return {
        "code": text.code, "name": TextOut(vi=text.name, en=""), "summary": TextOut(vi="", en=""), "service_level": "info_only",
        "sector": text.sector, "levels": list(text.levels), "who": list(text.who), "decision": text.decision,
        "channels": [
            {
                "channel": row.channel, "note": row.note, "currency": row.currency,
                "limit": None if without_limit or row.limit is None else float(row.limit),
                "unit": None if without_limit else row.unit,
                "fee": None if without_fee or row.fee is None else float(row.fee),
            }
            for row in text.channels
        ],
        "described_papers": [
            {"group": paper.group, "name": paper.name, "originals": paper.originals, "copies": paper.copies} for paper in text.papers
        ],
        "results": [each.name for each in text.results],
        "source_url": text.source_url, "read_on": told.read_at.date().isoformat(), "held": list(told.held),
    }  # fmt: skip
