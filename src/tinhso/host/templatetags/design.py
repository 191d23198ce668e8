"""What the components of the design system must compute: the line of a small chart."""

from collections.abc import Sequence

from django import template

register = template.Library()

WIDTH, HEIGHT, MARGIN = 200, 36, 3


@register.simple_tag
def sparkline(values: Sequence[float]) -> str:
    """
    The points of a polyline through `values`, oldest first, in a box of 200 by 36.

    The lowest value lies at the bottom and the highest at the top; a constant series is a level line.
    """
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    step = WIDTH / (len(values) - 1)
    tall = HEIGHT - 2 * MARGIN

    def place(value: float) -> float:
        return HEIGHT / 2 if high == low else HEIGHT - MARGIN - (value - low) / (high - low) * tall

    return " ".join(f"{number * step:.1f},{place(value):.1f}" for number, value in enumerate(values))
