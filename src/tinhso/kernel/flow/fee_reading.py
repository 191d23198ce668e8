"""From `[[fee]]` rows of a procedure, and from a pack's `fees.toml`, to fee rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tinhso.kernel.flow.fees import Fee, LocalFee, Price, Relief, Tariff, Tier, WideReduction
from tinhso.kernel.flow.problem import Problem
from tinhso.kernel.flow.tables import Table


def read_fee(table: Table) -> Fee:
    """One row; wrong values are reported to the table."""
    assessed_by = table.text("assessed_by", None)
    fee = Fee(
        code=table.code("code"),
        name=table.text("name"),
        kind=table.string("kind", "duty"),
        prices=_prices(table),
        set_by=table.string("set_by", ""),
        assessed_by=assessed_by,
        per=table.code("per", ""),
        times=table.code("times", ""),
        each=table.code("each", ""),
        unit=table.text("unit", None),
        when=table.condition(),
        moment=table.string("moment", "step" if assessed_by else "filing"),
        exemptions=tuple(_relief(row) for row in table.tables("exemptions")),
        reductions=tuple(_relief(row) for row in table.tables("reductions")),
        note=table.text("note", None),
        source=table.string("source", ""),
        row=table.row,
    )
    table.close()
    return fee


def read_tariff(values: Mapping[str, Any]) -> tuple[Tariff, list[Problem]]:
    """What a `fees.toml` says, and what is wrong with its shape."""
    problems: list[Problem] = []
    table = Table(values, problems)
    amounts = tuple(_local_fee(row) for row in table.tables("amount"))
    reductions = tuple(_wide_reduction(row) for row in table.tables("reduction"))
    table.close()
    return Tariff(amounts, reductions), problems


def _local_fee(table: Table) -> LocalFee:
    """The days of the row bound each of its prices that has none of its own."""
    from_on, until_on = _day(table, "from"), _day(table, "until")
    prices = tuple(
        replace(price, from_on=price.from_on or from_on, until_on=price.until_on or until_on)
        for price in _prices(table)
    )
    local = LocalFee(
        procedure=table.string("procedure"),
        fee=table.code("fee"),
        prices=prices,
        exemptions=tuple(_relief(row) for row in table.tables("exemptions")),
        source=table.string("source", ""),
        row=table.row,
    )
    table.close()
    return local


def _wide_reduction(table: Table) -> WideReduction:
    procedures, kinds = table.strings("procedures"), table.strings("kinds")
    return WideReduction(_relief(table), procedures, kinds)


def _prices(table: Table) -> tuple[Price, ...]:
    """The rows of `prices`; a bare amount is the one row there is."""
    amount_dong = table.whole_or_none("amount_dong")
    rows = [_price(row) for row in table.tables("prices")]
    if amount_dong is None:
        return tuple(rows)
    if rows:
        table.report("unknown_key", "amount_dong", known="prices")
    return (Price((Tier(amount_dong),)),)


def _price(table: Table) -> Price:
    amount_dong = table.whole_or_none("amount_dong")
    tiers = tuple(_tier(row) for row in table.tables("tiers"))
    if amount_dong is None and not tiers:
        table.report("missing_key", "amount_dong")
    elif amount_dong is not None and tiers:
        table.report("unknown_key", "amount_dong", known="tiers")
    price = Price(
        tiers=tiers or (Tier(amount_dong or 0),),
        cap_dong=table.whole_or_none("cap_dong"),
        channels=table.strings("channels"),
        from_on=_day(table, "from"),
        until_on=_day(table, "until"),
        when=table.condition(),
    )
    table.close()
    return price


def _tier(table: Table) -> Tier:
    if "amount_dong" not in table.values:
        table.report("missing_key", "amount_dong")
    tier = Tier(table.whole("amount_dong"), table.whole_or_none("up_to", 1))
    table.close()
    return tier


def _relief(table: Table) -> Relief:
    amount_dong = table.whole_or_none("amount_dong")
    relief = Relief(
        code=table.code("code"),
        name=table.text("name"),
        percent=table.whole("percent", 100 if amount_dong is None else 0, least=0),
        amount_dong=amount_dong,
        channels=table.strings("channels"),
        from_on=_day(table, "from"),
        until_on=_day(table, "until"),
        when=table.condition(),
        source=table.string("source", ""),
    )
    table.close()
    return relief


def _day(table: Table, key: str) -> date | None:
    table.taken.add(key)
    return table.day(key) if key in table.values else None
