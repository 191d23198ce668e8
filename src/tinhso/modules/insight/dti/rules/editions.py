"""An edition of an index: main indices with their points, pillars, years, sources; read from a pack's table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tinhso.kernel.flow import NO_TEXT, Invalid, Problem, Text
from tinhso.kernel.flow.tables import Table
from tinhso.kernel.vietnamese import fold
from tinhso.modules.insight.dti.rules.wording import problem

KINDS: Final = ("dti", "service_quality")
COMPOSITE: Final = "composite"


class InvalidEdition(Invalid):
    """A table that is no edition; `problems` says why."""


@dataclass(frozen=True, slots=True)
class MainIndex:
    """
    One main index (of the edition of 2020: one pillar; of QĐ 766: one group).

    `max_points` is None where no source gives it. One that is not `scored` is collected and counts nothing.
    """

    code: str
    name: Text
    group: str
    sub_indicators: int | None
    max_points: int | None
    scored: bool
    sure: Text


@dataclass(frozen=True, slots=True)
class Pillar:
    """A part that is told by itself: the points of its indices over what they can give. Pillars may share indices."""

    code: str
    name: Text
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement about the edition was read, and how sure it is."""

    title: Text
    address: str
    sure: Text


@dataclass(frozen=True, slots=True)
class Edition:
    """
    One edition of an index, in force for the years measured.

    `total` is 0 where the points are not known; then nothing can be added up, and pages say so.
    """

    code: str
    kind: str
    name: Text
    legal: Text
    issued_on: date
    years: tuple[int, ...]
    total: int
    sub_indicators: int | None
    note: Text
    indices: tuple[MainIndex, ...]
    pillars: tuple[Pillar, ...]
    sources: tuple[Origin, ...]

    @property
    def is_weighted(self) -> bool:
        """Whether the points of its indices are known, so that a composite can be worked out."""
        return self.total > 0

    @property
    def scored(self) -> tuple[MainIndex, ...]:
        """The indices that count."""
        return tuple(index for index in self.indices if index.scored)

    def index(self, code: str) -> MainIndex | None:
        """The main index of that code, or None."""
        return next((index for index in self.indices if index.code == code), None)

    def pillar(self, code: str) -> Pillar | None:
        """The pillar of that code, or None."""
        return next((pillar for pillar in self.pillars if pillar.code == code), None)

    def name_of(self, metric: str) -> Text:
        """What a metric of this edition is called: an index, a pillar, or the composite."""
        found = self.index(metric) or self.pillar(metric)
        return found.name if found else Text("Điểm tổng", "Composite")


def read_edition(values: Mapping[str, Any]) -> Edition:
    """
    The edition in a TOML table.

    :raises InvalidEdition: something is missing or contradicts itself; carries every problem
    """
    problems: list[Problem] = []
    table = Table(values, problems)
    indices = tuple(_index(row) for row in table.tables("index"))
    pillars = tuple(_pillar(row) for row in table.tables("pillar"))
    sources = tuple(_origin(row) for row in table.tables("source"))
    years = table.take("years", list, ("một danh sách năm", "a list of years"), [])
    edition = Edition(
        code=table.string("code"),
        kind=table.string("kind"),
        name=table.text("name"),
        legal=table.text("legal"),
        issued_on=table.day("issued_on"),
        years=tuple(year for year in years if isinstance(year, int)),
        total=table.whole("total"),
        sub_indicators=table.whole_or_none("sub_indicators"),
        note=table.text("note", None),
        indices=indices,
        pillars=pillars,
        sources=sources,
    )
    table.close()
    problems += find_edition_problems(edition)
    if problems:
        raise InvalidEdition(problems)
    return edition


def find_edition_problems(edition: Edition) -> Iterator[Problem]:
    """Everything in an edition that contradicts itself."""
    if edition.kind not in KINDS:
        yield problem("dti_unknown_kind", ("kind",), kind=edition.kind, known=", ".join(KINDS))
    for wanted, code, place in (
        (edition.years, "dti_no_years", "years"),
        (edition.indices, "dti_no_index", "index"),
        (edition.sources, "dti_no_source", "source"),
    ):
        if not wanted:
            yield problem(code, (place,))
    yield from _repeated(edition)
    yield from _wrong_points(edition)
    known = [index.code for index in edition.indices]
    for row, pillar in enumerate(edition.pillars):
        for code in pillar.of:
            if code not in known:
                named = {"of": pillar.code, "code": code, "known": ", ".join(known)}
                yield problem("dti_unknown_index", ("pillar", row, "of"), **named)


def _repeated(edition: Edition) -> Iterator[Problem]:
    for kind, rows in (("index", edition.indices), ("pillar", edition.pillars)):
        codes = [row.code for row in rows]
        for row, code in enumerate(codes):
            if code in codes[:row]:
                yield problem("dti_repeated_code", (kind, row, "code"), code=code)


def _wrong_points(edition: Edition) -> Iterator[Problem]:
    missing = [index.code for index in edition.scored if index.max_points is None]
    if missing and (edition.is_weighted or len(missing) < len(edition.scored)):
        yield problem("dti_half_known", ("total",), missing=", ".join(missing))
        return
    found = sum(index.max_points or 0 for index in edition.scored)
    if found != edition.total:
        yield problem("dti_wrong_total", ("total",), sum=found, total=edition.total)


def _index(table: Table) -> MainIndex:
    index = MainIndex(
        code=table.code("code"),
        name=table.text("name"),
        group=table.string("group", ""),
        sub_indicators=table.whole_or_none("sub_indicators"),
        max_points=table.whole_or_none("max_points"),
        scored=table.yes("scored", default=True),
        sure=table.text("sure", None),
    )
    table.close()
    return index


def _pillar(table: Table) -> Pillar:
    pillar = Pillar(table.code("code"), table.text("name"), table.strings("of"))
    table.close()
    return pillar


def _origin(table: Table) -> Origin:
    origin = Origin(table.text("title"), table.string("address", ""), table.text("sure", None) or NO_TEXT)
    table.close()
    return origin


def find_edition(editions: Mapping[str, Edition], asked: str) -> Edition | None:
    """
    The edition that was meant: by its code ("2021-2023", "qd766"), a year it measured, or the number of its decision.

    A year means the edition of the DTI; None where nothing fits.
    """
    said = fold(asked).strip().lower()
    by_code = {fold(code).lower(): edition for code, edition in editions.items()}
    if said in by_code:
        return by_code[said]
    bare = said.removeprefix("qd").strip(" -_/")
    for edition in editions.values():
        if edition.kind == "dti" and bare.isdecimal() and len(bare) == 4 and int(bare) in edition.years:
            return edition
    for edition in editions.values():
        if bare and f" {bare}/" in fold(edition.legal.vi).lower():
            return edition
    return None
