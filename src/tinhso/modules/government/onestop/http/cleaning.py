"""What came in a request, without what PostgreSQL cannot keep."""

import math
import re
from typing import Any, Final

UNKEEPABLE: Final = re.compile("[\x00\ud800-\udfff]")
DEEPEST: Final = 8


def keepable(value: Any, depth: int = 0) -> Any:
    """What was sent without what PostgreSQL cannot keep: NUL, halves of signs, nesting nobody needs, endless numbers."""
    if depth > DEEPEST:
        return None
    if isinstance(value, str):
        return UNKEEPABLE.sub("", value)
    if isinstance(value, dict):
        return {UNKEEPABLE.sub("", str(name)): keepable(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [keepable(each, depth + 1) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
