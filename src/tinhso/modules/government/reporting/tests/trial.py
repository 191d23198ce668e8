"""A small template made up for tests: two parts, their total, a share, a mean, a maximum, a last value, a text."""

from decimal import Decimal

from tinhso.kernel.flow import Text
from tinhso.modules.government.reporting.rules.templates import (
    Cell,
    Column,
    Comparison,
    Derivation,
    Formula,
    Row,
    Sheet,
    Template,
)


def cell(row: str, **more) -> Cell:
    return Cell(key=f"{row}.value", row=row, column="value", **more)


CELLS = [
    cell("paper", derived=Derivation("cases.paper")),
    cell("online"),
    cell("total", formula=Formula("sum", ("paper.value", "online.value"))),
    cell("left", formula=Formula("difference", ("total.value", "online.value"))),
    cell("share", kind="share", decimals=2, formula=Formula("ratio", ("online.value", "total.value"), Decimal(100))),
    cell("days", kind="decimal", decimals=1, up="mean", weight="total.value", required=False),
    cell("longest", up="max", required=False),
    cell("staff", up="last", required=False),
    cell("words", kind="text", up="apart", required=False),
    cell("of_all", required=False, filled_by="receiver"),
]
NAMES = {each.row: Text(f"Dòng {each.row}", f"Row {each.row}") for each in CELLS}
TEMPLATE = Template(
    sheets=(
        Sheet("a", Text("Biểu", "Sheet"), (Column("value", Text("Số", "Number")),),
              tuple(Row(code, name) for code, name in NAMES.items())),
    ),
    cells={each.key: each for each in CELLS},
    comparisons=(Comparison(("longest.value",), "<=", ("total.value",), Text("Lâu nhất", "Longest"), is_warning=True),),
    change=Decimal(50),
)  # fmt: skip
