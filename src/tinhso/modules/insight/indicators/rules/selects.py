"""What an indicator's select looks at: rows one by one, so that it can be taken apart and its sums added; or more than that."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from sqlglot import exp

SIMPLE: Final = frozenset({"expressions", "from_", "where"})
TABLES_READ: Final = frozenset({"cases", "facts"})
# What gives something else tomorrow: a figure must come out again from the same rows.
FLEETING: Final = frozenset(
    [
        "now",
        "today",
        "current_date",
        "current_time",
        "current_timestamp",
        "localtime",
        "localtimestamp",
        "get_current_timestamp",
        "transaction_timestamp",
        "random",
        "rand",
        "uuid",
        "gen_random_uuid",
        "nextval",
        "getenv",
    ]
)


class Pieces(NamedTuple):
    """A select of one table's rows taken apart: the table, by which month and unit, what of each row, which rows (all of these)."""

    table: str
    month: str
    unit: str
    value: str
    conditions: tuple[str, ...]


@lru_cache(maxsize=256)
def take_apart(sql: str) -> Pieces | None:
    """The pieces of a select in which a row is a row of one table; None for any other."""
    select = _parsed(sql)
    if select is None or not _is_simple(select, SIMPLE) or _gives_several(select) or find_fleeting(sql):
        return None
    table, where = select.args["from_"].this, select.args.get("where")
    given = {each.alias_or_name: _told(each.unalias()) for each in select.expressions}
    return Pieces(table.name, given["month"], given["unit"], given["value"], _conditions(where.this if where else None))


@lru_cache(maxsize=256)
def counts_row_by_row(sql: str) -> bool:
    """Whether each row of one table counts by itself, perhaps several times: what some rows give can be taken off or added."""
    select = _parsed(sql)
    if select is None or find_fleeting(sql):
        return False
    for join in select.args.get("joins") or ():
        inner = join.this.this.this if type(join.this).__name__ == "Lateral" else None
        if inner is None or inner.args.get("from_") or not _is_simple(inner, frozenset({"expressions"})):
            return False
    return _is_simple(select, SIMPLE | {"joins"})


@lru_cache(maxsize=256)
def find_fleeting(sql: str) -> str:
    """A function in the select that gives something else each time, such as today(); empty where there is none."""
    from sqlglot import exp

    select = _parsed(sql)
    for node in select.find_all(exp.Func, exp.Column) if select else ():
        name = (node.name if isinstance(node, exp.Anonymous | exp.Column) else node.sql_name()).lower()
        if name in FLEETING or type(node).__name__.lower().startswith("current"):
            return name
    return ""


def _parsed(sql: str) -> Any:
    """The select as a tree; None where the parser does not know what DuckDB knows."""
    import sqlglot  # large, and only those who count need it

    try:
        return sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.errors.SqlglotError:
        return None


def _gives_several(select: "exp.Expression") -> bool:
    """Whether a row of the table may be several rows of the select."""
    from sqlglot import exp

    return select.find(exp.Unnest, exp.Explode) is not None


def _is_simple(select: "exp.Expression", parts: frozenset[str]) -> bool:
    """Whether it has no other parts, and nothing in it looks at several rows."""
    from sqlglot import exp

    if not isinstance(select, exp.Select) or not {name for name, value in select.args.items() if value} <= parts:
        return False
    own = [piece for name, value in select.args.items() if value and name != "joins" for piece in ([value] if isinstance(value, exp.Expression) else value)]  # fmt: skip
    several = any(piece.find(exp.AggFunc, exp.Window, exp.Query) for piece in own)
    table = select.args["from_"].this if "from_" in parts else None
    plain = table is None or (isinstance(table, exp.Table) and not table.alias and table.name in TABLES_READ)
    return plain and not several


def _conditions(condition: "exp.Expression | None") -> tuple[str, ...]:
    from sqlglot import exp

    if condition is None:
        return ()
    return tuple(_told(each) for each in (condition.flatten() if isinstance(condition, exp.And) else [condition]))


def _told(piece: Any) -> str:
    return str(piece.sql(dialect="duckdb", comments=False))
