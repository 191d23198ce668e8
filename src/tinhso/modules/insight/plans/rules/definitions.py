"""What packs decide about plans: measures, old words, resolutions with their targets and the results they tell of."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.flow import NO_TEXT, Text
from tinhso.modules.insight.plans.rules.numbers import Quantity
from tinhso.modules.insight.plans.rules.paths import Point

LEVELS: Final[dict[str, Promise]] = {
    "all": _("cả tỉnh, mọi cấp"),
    "province": _("cấp tỉnh"),
    "district": _("cấp huyện"),
    "commune": _("cấp xã"),
}
DISTRICTS_END_ON: Final = date(2025, 7, 1)
DISTRICT: Final = "district"
PILLARS: Final[dict[str, Promise]] = {
    "foundation": _("Nền tảng chung"),
    "government": _("Chính quyền số"),
    "economy": _("Kinh tế số"),
    "society": _("Xã hội số"),
    "border": _("Cửa khẩu số"),
}
KINDS: Final = ("share", "count", "rank", "index", "money", "duration", "growth")  # a share lies between 0 and 100
TEXT_KINDS: Final[dict[str, Promise]] = {
    "resolution": _("Nghị quyết"),
    "plan": _("Kế hoạch"),
    "unnamed": _("Chưa rõ văn bản"),
    "report": _("Số liệu đã công bố"),
    "trial": _("Bịa để trình diễn"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """
    What is measured, in which unit, and which way is better.

    `indicator` names an indicator of this platform: then the figures are derived and nobody types them. `out_of` is what a
    rank or count is out of (63 provinces). `word` names an old word of law in the title.
    """

    code: str
    title: Text
    unit: Text
    kind: str = "share"
    better: str = "higher"
    pillar: str = "foundation"
    source: str = ""
    indicator: str = ""
    word: str = ""
    out_of: Decimal | None = None
    note: Text = NO_TEXT

    @property
    def is_whole(self) -> bool:
        """Whether its figures count things."""
        return self.kind in {"count", "rank"}

    @property
    def ends(self) -> tuple[Decimal | None, Decimal | None]:
        """What its figures can be at least and at most."""
        return {
            "share": (Decimal(0), Decimal(100)),
            "rank": (Decimal(1), self.out_of),
            "index": (Decimal(0), Decimal(1)),
            "growth": (None, None),
        }.get(self.kind, (Decimal(0), None))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of former law, what is said today, since when, and how sure that is."""

    code: str
    old: Text
    new: Text
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who says a figure and where: title, publisher, address, how it was found out, when it was announced."""

    title: str
    publisher: str
    address: str = ""
    method: str = ""
    announced_on: date | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One aim of a resolution; its code is the resolution's, the measure's, the level's and the year's."""

    code: str
    measure: str
    unit_key: str
    level: str
    due_on: date
    quantity: Quantity
    basis: str = ""
    quote: str = ""
    note: Text = NO_TEXT
    responsible: str = ""
    baseline: Point | None = None
    given: tuple[Point, ...] = ()
    flat: bool = False

    @property
    def ends_on(self) -> date | None:
        """The day from which nothing of that level is left to meet it."""
        return DISTRICTS_END_ON if self.level == DISTRICT else None


@dataclass(frozen=True, slots=True)
class Result:
    """One figure that a pack knows of: published before, with who said it."""

    code: str
    measure: str
    unit_key: str
    level: str
    period: str
    quantity: Quantity
    told: Told
    basis: str = ""
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A text that sets targets, or a paper that only tells results; `under` is the text that it carries out."""

    code: str
    kind: str
    number: str
    title: Text
    issuer: Text
    unit_key: str
    issued_on: date | None = None
    address: str = ""
    under: str = ""
    source: str = ""
    note: Text = NO_TEXT
    targets: tuple[Target, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything that packs say about plans."""

    measures: dict[str, Measure] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    resolutions: dict[str, Resolution] = field(default_factory=dict)
