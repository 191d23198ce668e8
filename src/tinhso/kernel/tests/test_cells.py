"""A map from centres: every point belongs to its nearest place, and the picture stays within its frame."""

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.kernel.cells import WIDTH, draw_cells

SPOTS = st.dictionaries(
    st.integers(0, 99).map(str),
    st.tuples(st.floats(21.3, 22.4).map(lambda x: round(x, 3)), st.floats(106.1, 107.3).map(lambda x: round(x, 3))),
    min_size=2,
    max_size=30,
)


def inside(point, outline) -> bool:
    """Whether a convex outline holds the point; a hair's breadth outside still counts."""
    corners = [*outline, outline[0]]
    turns = [
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) for a, b in pairwise(corners) if a != b
    ]
    return all(turn >= -200 for turn in turns) or all(turn <= 200 for turn in turns)


@settings(max_examples=60, deadline=None)
@given(SPOTS)
def test_each_outline_holds_its_centre_and_each_corner_is_nearest_to_it(places):
    drawn = draw_cells(places)
    for key, outline in drawn.outlines.items():
        assert inside(drawn.centres[key], outline)
        for corner in outline:
            own = dist(corner, drawn.centres[key])
            assert all(own <= dist(corner, other) + 1 for other in drawn.centres.values())
            assert -0.1 <= corner[0] <= WIDTH + 0.1
            assert -0.1 <= corner[1] <= drawn.height + 0.1


def test_north_is_up_and_west_is_left():
    drawn = draw_cells({"north": (22.0, 106.5), "south": (21.5, 106.5), "east": (21.7, 107.0)})
    assert drawn.centres["north"][1] < drawn.centres["south"][1]
    assert drawn.centres["east"][0] > drawn.centres["north"][0]


def test_two_neighbours_share_the_line_halfway_between_them():
    drawn = draw_cells({"west": (21.5, 106.5), "east": (21.5, 106.6)})
    middle = (drawn.centres["west"][0] + drawn.centres["east"][0]) / 2
    assert max(x for x, _ in drawn.outlines["west"]) == pytest.approx(middle, abs=0.2)
    assert min(x for x, _ in drawn.outlines["east"]) == pytest.approx(middle, abs=0.2)


def test_nothing_and_one_spot_alone_are_drawn_too():
    assert draw_cells({}).outlines == {}
    assert len(draw_cells({"only": (21.5, 106.5)}).outlines["only"]) == 24
