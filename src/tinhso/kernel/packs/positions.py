"""On which line each key and table of a TOML file stands: tomllib reads the values and forgets the lines."""

import re
from bisect import bisect_right

from tinhso.kernel.flow import Place

BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
KEY = re.compile(r"""[ \t]*(?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>[^'\n]*)'|(?P<bare>[A-Za-z0-9_-]+))[ \t]*""")
STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'", re.DOTALL
)  # fmt: skip
SCALAR = re.compile(r"[^,\]}#\n]+")


def positions(text: str) -> dict[Place, int]:
    """The line (from 1) of each key, table and list element, by its place; the text must be valid TOML."""
    return _Scan(text).document()


class _Scan:
    """One pass over a valid document; `at` is the next character."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[Place, int] = {(): 1}
        self.line_ends = [match.start() for match in re.finditer("\n", text)]
        self.rows: dict[Place, int] = {}

    def document(self) -> dict[Place, int]:
        table: Place = ()
        while self.skip_blank():
            table = self.header() if self.text[self.at] == "[" else self.pair(table)
        return self.found

    def skip_blank(self) -> bool:
        """Go past blanks and comments; whether anything is left."""
        self.at = self._match(BLANK).end()
        return self.at < len(self.text)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            line = bisect_right(self.line_ends, self.at) + 1
            raise ValueError(f"line {line} is not TOML")
        return match

    def note(self, place: Place) -> None:
        self.found.setdefault(place, bisect_right(self.line_ends, self.at) + 1)

    def key(self) -> list[str]:
        """A key with its dotted parts."""
        parts = list[str]()
        while True:
            match = self._match(KEY)
            self.at = match.end()
            parts.append(next(part for part in match.groups() if part is not None))
            if self.text[self.at : self.at + 1] != ".":
                return parts
            self.at += 1

    def header(self) -> Place:
        """A line [table] or [[row]]; the place of the table it opens."""
        start, of_rows = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if of_rows else 1
        *parents, last = self.key()
        end = self.at + (2 if of_rows else 1)
        place: Place = ()
        for part in parents:
            place = self._newest((*place, part))
        place = (*place, last)
        if of_rows:
            self.rows[place] = self.rows.get(place, -1) + 1
        self.at = start
        self.note(place)
        place = self._newest(place)
        self.note(place)
        self.at = end
        return place

    def _newest(self, place: Place) -> Place:
        return (*place, self.rows[place]) if place in self.rows else place

    def pair(self, table: Place) -> Place:
        """A line key = value; gives the table back."""
        self.skip_blank()
        start = self.at
        place = (*table, *self.key())
        after, self.at = self.at, start
        for length in range(len(table) + 1, len(place) + 1):
            self.note(place[:length])
        self.at = after + 1
        self.value(place)
        return table

    def value(self, place: Place) -> None:
        self.skip_blank()
        character = self.text[self.at]
        if character == "[":
            self.list_of_values(place)
        elif character == "{":
            self.inline_table(place)
        else:
            self.at = self._match(STRING if character in "\"'" else SCALAR).end()

    def list_of_values(self, place: Place) -> None:
        self.at += 1
        row = 0
        while self.skip_blank() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.note((*place, row))
            self.value((*place, row))
            row += 1
        self.at += 1

    def inline_table(self, place: Place) -> None:
        self.at += 1
        while self.skip_blank() and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
            else:
                self.pair(place)
        self.at += 1


def line_of(place: Place, lines: dict[Place, int]) -> int:
    """The line of a place, or of the nearest table around it that is written down."""
    while place not in lines:
        place = place[:-1]
    return lines[place]
