"""
What a procedure costs, as its table says it: one `Fee` for each `[[fee]]` row.

    [[fee]]
    code = "certification"                       # once in the procedure
    kind = "fee"                                 # fee (phí) | duty (lệ phí, the default) | tax (thuế, nghĩa vụ khác)
    name = { vi = "Phí chứng thực bản sao", en = "Certification of a copy" }

Exactly one of these says how much it is:

    amount_dong = 8000                           # one price for everybody
    prices = [                                   # the first row that fits: channels, dates (both included), condition
      { channels = ["online"], amount_dong = 10000 },
      { until = "2025-12-31", amount_dong = 115000 },
      { when = { field = "years", equals = "five" }, amount_dong = 300000 },
      { tiers = [ { up_to = 2, amount_dong = 2000 }, { amount_dong = 1000 } ], cap_dong = 200000 },
    ]
    set_by = "province"                          # the provincial council decides: `fees.toml` of the province's pack
    assessed_by = { vi = "Cơ quan thuế", en = "The tax office" }       # known only once that office has written

How many times it is due (nothing: once):

    per = "pages"                                # a number field (or a group, whose rows are counted); tiers go by it
    times = "copies"                             # a number field: all of the above, cap included, once for each
    each = "documents"                           # a group: reckoned for each row, `per` and `times` are its children
    unit = { vi = "trang", en = "page" }         # what `per` counts, in words

Who pays less, always shown beside the amount:

    exemptions = [                               # by class; no percent: nothing is paid; no `when`: an officer decides
      { code = "poor", name = { vi = "Hộ nghèo", en = "Poor households" }, when = {…}, percent = 50, source = "…" },
    ]
    reductions = [                               # for a time: by percent, or to a lower price
      { code = "digital_citizen", name = {…}, from = "2026-08-15", until = "2027-02-28", percent = 50 },
      { code = "online", name = {…}, until = "2025-12-31", channels = ["online"], amount_dong = 115000 },
    ]

And: `when` (the row applies only then), `moment = "filing"` (the default) or `"step"` (asked by a step with the effect
`ask_payment`; always so with `assessed_by`), `note` and `source`. Conditions know the form's fields,
`channel`, `applicant_level` (of identity), `household_class` (poor, near_poor, none: where a register says so), and for each field that is a day `days_since_<field>`, counted to the filing.
"""

from dataclasses import dataclass, field
from datetime import date

from tinhso.kernel.flow.conditions import Condition
from tinhso.kernel.flow.texts import NO_TEXT, Text

KINDS = ("fee", "duty", "tax")
CHANNELS = ("online", "counter", "post")
MOMENTS = ("filing", "step")
DAYS_SINCE = "days_since_"
PROVINCE = "province"
SETTERS = (PROVINCE,)


@dataclass(frozen=True, slots=True)
class Tier:
    """The price of each unit up to that one (of all that follow where `up_to` is None)."""

    amount_dong: int
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """One price and when it holds: channels (none: all), days (both included), condition."""

    tiers: tuple[Tier, ...]
    cap_dong: int | None = None
    channels: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Relief:
    """
    Why somebody pays less: an exemption by class, or a reduction for a time.

    `percent` is taken off; where `amount_dong` is given it replaces a higher price of one unit instead.
    """

    code: str
    name: Text
    percent: int = 100
    amount_dong: int | None = None
    channels: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    when: Condition | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """One thing the applicant may have to pay for; see the head of this file."""

    code: str
    name: Text
    kind: str = "duty"
    prices: tuple[Price, ...] = ()
    set_by: str = ""
    assessed_by: Text = NO_TEXT
    per: str = ""
    times: str = ""
    each: str = ""
    unit: Text = NO_TEXT
    when: Condition | None = None
    moment: str = "filing"
    exemptions: tuple[Relief, ...] = ()
    reductions: tuple[Relief, ...] = ()
    note: Text = NO_TEXT
    source: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LocalFee:
    """What a province decided on one fee of a procedure: prices of its own for these days."""

    procedure: str
    fee: str
    prices: tuple[Price, ...] = ()
    exemptions: tuple[Relief, ...] = ()
    source: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class WideReduction:
    """A reduction for many procedures at once; without procedures or kinds, for all."""

    relief: Relief
    procedures: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the `fees.toml` of packs add to the procedures: `[[amount]]` and `[[reduction]]` rows."""

    amounts: tuple[LocalFee, ...] = ()
    reductions: tuple[WideReduction, ...] = ()


NO_TARIFF = Tariff()
