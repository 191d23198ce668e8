"""What a question answers with, and the one table that everything ends in."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("question", "unit", "ours", "floor", "peer", "", "ours/floor", "ours/peer", "goal", "met")


@dataclass(frozen=True, slots=True)
class Row:
    """
    One comparison. `of_floor` and `of_peer` are the least ratios aimed at, `at_most` the most that ours may be.

    Where lower is better (`unit` is a time) ratios are still ours over theirs.
    """

    question: str
    unit: str
    ours: float
    floor: float | None = None
    peer: float | None = None
    peer_name: str = ""
    of_floor: float | None = None
    of_peer: float | None = None
    at_most: float | None = None

    @property
    def floor_ratio(self) -> float | None:
        """Ours over the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def peer_ratio(self) -> float | None:
        """Ours over the peer."""
        return self.ours / self.peer if self.peer else None

    @property
    def goal(self) -> str:
        """What is aimed at, in one phrase; empty where a row only tells."""
        parts = [f"≥ {self.of_floor:g} of floor"] if self.of_floor else []
        parts += [f"≥ {self.of_peer:g}x peer"] if self.of_peer else []
        parts += [f"≤ {self.at_most:g}"] if self.at_most else []
        return ", ".join(parts)

    @property
    def met(self) -> bool | None:
        """Whether every goal was reached; None without a goal, or where what it is measured against did not run."""
        pairs = [(self.of_floor, self.floor_ratio), (self.of_peer, self.peer_ratio)]
        asked = [(least, found) for least, found in pairs if least is not None]
        if any(found is None for _, found in asked) or not self.goal:
            return None
        return all(found >= least for least, found in asked if found) and self.ours <= (self.at_most or float("inf"))


def middle(values: Sequence[float]) -> float:
    """The median of the rounds."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: "yes", False: "no", None: ""}[row.met]
    ratios = [f"{ratio:.2f}" if ratio is not None else "" for ratio in (row.floor_ratio, row.peer_ratio)]
    numbers = [_number(value) for value in (row.ours, row.floor, row.peer)]
    return (row.question, row.unit, *numbers, row.peer_name, *ratios, row.goal, verdict)


def as_markdown(rows: Sequence[Row]) -> str:
    """The table, readable as it is and as Markdown."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)


def save(path: Path, rows: Sequence[Row], surroundings: dict[str, str]) -> None:
    """Keep the table as JSON, with what it was measured on."""
    lines = [
        {**asdict(row), "floor_ratio": row.floor_ratio, "peer_ratio": row.peer_ratio, "goal": row.goal, "met": row.met}
        for row in rows
    ]
    path.write_text(json.dumps({"measured_on": surroundings, "rows": lines}, indent=1, ensure_ascii=False))
