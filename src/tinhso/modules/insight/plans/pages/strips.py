"""The strip of a resolution: how many targets stand where, as one bar with words for each part."""

from collections.abc import Mapping
from typing import Any

from tinhso.modules.insight.plans.rules.states import STATES

ORDER = ("reached", "on_path", "not_due", "behind", "missed", "no_data", "ended")


def strip_of(counts: Mapping[str, int]) -> dict[str, Any] | None:
    """The parts of the bar in percent of its width, as text; None without targets."""
    total = sum(counts.values())
    if not total:
        return None
    parts, at = [], 0.0
    for state in ORDER:
        if counts[state]:
            wide = 100 * counts[state] / total
            parts.append({"state": state, "x": f"{at:.2f}%", "width": f"{wide:.2f}%", "count": counts[state], "text": str(STATES[state])})  # fmt: skip
            at += wide
    said = ", ".join(f"{part['count']} {part['text']}" for part in parts)
    return {"parts": parts, "said": said}
