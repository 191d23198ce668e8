"""Reading a table of a pack key by key: each wrong value becomes a problem, and reading goes on."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from tinhso.kernel.flow.conditions import Condition, find_faults
from tinhso.kernel.flow.problem import Place, Problem
from tinhso.kernel.flow.procedure import Deadline
from tinhso.kernel.flow.texts import Text
from tinhso.kernel.flow.wording import place_name, problem

CODE = re.compile(r"[a-z][a-z0-9_]*")
REQUIRED: Any = object()

STRING = ("một chuỗi", "a string")
NUMBER = ("một số", "a number")
WHOLE_NUMBER = ("một số nguyên", "a whole number")
STRINGS = ("một danh sách chuỗi", "a list of strings")
TABLE = ("một bảng { … }", "a table { … }")
TABLES = ("một danh sách bảng", "a list of tables")
YES_OR_NO = ("true hoặc false", "true or false")
DAY = ("một ngày như 2025-07-01", "a day like 2025-07-01")
HOUR = ("một giờ như 15:00", "a time of day like 15:00")


class Table:
    """One table, its place in the file, and the problems found so far in the whole file."""

    def __init__(self, values: Any, problems: list[Problem], place: Place = ()) -> None:
        self.place, self.problems, self.taken = place, problems, set[str]()
        self.values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        if not isinstance(values, Mapping):
            self.report("wrong_type", "", expected=TABLE)

    def report(self, code: str, key: str, **named: object) -> None:
        """Add a problem with the value of that key (with the table itself where it is empty)."""
        place = (*self.place, key) if key else self.place
        self.problems.append(problem(code, place, place=place_name(place), **named))

    def take(self, key: str, kinds: type | tuple[type, ...], expected: tuple[str, str], default: Any = REQUIRED) -> Any:
        """The value of a key; `default` where it is missing, a problem where it is required or of another type."""
        self.taken.add(key)
        if key not in self.values:
            if default is REQUIRED:
                self.report("missing_key", key)
            return default
        value = self.values[key]
        if isinstance(value, kinds) and (kinds is bool or not isinstance(value, bool | datetime)):
            return value
        self.report("wrong_type", key, expected=expected)
        return default

    def string(self, key: str, default: Any = REQUIRED) -> str:
        """A string."""
        found = self.take(key, str, STRING, default)
        return "" if found is REQUIRED else str(found)

    def code(self, key: str, default: Any = REQUIRED) -> str:
        """A code: small letters, digits and underscores."""
        found = self.string(key, default)
        if found and not CODE.fullmatch(found):
            self.report("wrong_code", key, value=found)
        return found

    def whole(self, key: str, default: int = 0, least: int = 0) -> int:
        """A whole number of at least `least`."""
        found = self.whole_or_none(key, least)
        return default if found is None else found

    def whole_or_none(self, key: str, least: int | None = 0) -> int | None:
        """A whole number of at least `least` (None: any), or None where nothing is written."""
        found = self.take(key, int, WHOLE_NUMBER, None)
        if found is None:
            return None
        if least is not None and found < least:
            self.report("wrong_number", key, value=found, least=least)
        return int(found)

    def yes(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return bool(self.take(key, bool, YES_OR_NO, default))

    def strings(self, key: str, default: Any = ()) -> tuple[str, ...]:
        """A list of strings."""
        found = self.take(key, list, STRINGS, default)
        if found is REQUIRED:
            return ()
        if all(isinstance(each, str) for each in found):
            return tuple(found)
        self.report("wrong_type", key, expected=STRINGS)
        return ()

    def day(self, key: str) -> date:
        """A day, as a TOML date or a string."""
        found = self.take(key, (str, date), DAY)
        try:
            return found if isinstance(found, date) else date.fromisoformat(found)
        except (TypeError, ValueError):
            if found is not REQUIRED:
                self.report("wrong_date", key, value=found)
            return date.min

    def text(self, key: str, default: Any = REQUIRED) -> Text:
        """Words { vi = "…", en = "…" }; either may still be empty, which the checks say."""
        found = self.table(key, default)
        if found is None:
            return Text()
        text = Text(found.string("vi", ""), found.string("en", ""))
        found.close()
        return text

    def condition(self, key: str = "when") -> Condition | None:
        """A condition, or None."""
        self.taken.add(key)
        found: Condition | None = self.values.get(key)
        if found is None:
            return None
        faults = find_faults(found)
        for fault in faults:
            self.report("wrong_condition", key, fault=fault)
        return None if faults else found

    def deadline(self, key: str, default: Any = None) -> Deadline | None:
        """A duration { amount, unit, cut_off, source }, or None."""
        found = self.table(key, default)
        if found is None:
            return None
        parts = found.amount("amount"), found.string("unit"), found.hour("cut_off"), found.string("source", "")
        found.close()
        return Deadline(*parts)

    def amount(self, key: str) -> Decimal:
        """A number that may have a part after the point."""
        found = self.take(key, (int, float, str), NUMBER)
        try:
            amount = Decimal(0) if found is REQUIRED else Decimal(str(found))
        except InvalidOperation:
            amount = Decimal("NaN")
        if amount.is_finite():
            return amount
        self.report("no_number", key, value=found)
        return Decimal(0)

    def hour(self, key: str) -> time | None:
        """A time of the day, as a string or a TOML time, or None."""
        found = self.take(key, (str, time), HOUR, None)
        try:
            return time.fromisoformat(found) if isinstance(found, str) else found
        except ValueError:
            self.report("wrong_time", key, value=found)
            return None

    def table(self, key: str, default: Any = REQUIRED) -> "Table | None":
        """The table under a key, or None."""
        found = self.take(key, dict, TABLE, default)
        return Table(found, self.problems, (*self.place, key)) if isinstance(found, dict) else None

    def tables(self, key: str, default: Any = ()) -> "list[Table]":
        """The list of tables under a key."""
        found = self.take(key, list, TABLES, default)
        rows = [] if found is REQUIRED else found
        return [Table(row, self.problems, (*self.place, key, index)) for index, row in enumerate(rows)]

    @property
    def row(self) -> int:
        """Which row of its list this table is, from 0."""
        return self.place[-1] if self.place and isinstance(self.place[-1], int) else 0

    def close(self) -> None:
        """Report every key that nobody took: most often a slip of the pen."""
        for key in self.values:
            if key not in self.taken:
                self.report("unknown_key", key, known=", ".join(sorted(self.taken)))
