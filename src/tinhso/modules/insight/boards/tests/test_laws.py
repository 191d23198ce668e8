"""Laws of walls and of seeing: each page is up for as long as its file says; who holds the same posts is drawn for once."""

from hypothesis import given
from hypothesis import strategies as st

from tinhso.modules.insight.boards.rules import Board, WallPage, may_see, must_sign_in, page_at, seen_as, wall_actor
from tinhso.platform.people.rules import Actor, Post

SECONDS = st.lists(st.integers(5, 120), min_size=1, max_size=6)
POSTS = st.lists(
    st.builds(Post, st.sampled_from(["1@2025-07-01", "2@2025-07-01"]), st.sampled_from(["leader", "handler"])),
    max_size=3,
)
BOARDS = st.builds(
    Board,
    code=st.just("b"),
    name=st.none(),
    of=st.just(("commune",)),
    seen_by=st.sampled_from(["public", "officers", "roles"]),
    roles=st.just(("leader",)),
)


@given(SECONDS, st.integers(0, 2**33))
def test_over_a_turn_each_page_is_up_for_its_seconds_in_order(seconds, start):
    pages = [WallPage(each, (("a",),)) for each in seconds]
    turn = sum(seconds)
    first = start - start % turn

    shown = [page_at(pages, first + second) for second in range(turn)]

    assert [shown.count(number) for number in range(len(pages))] == seconds
    assert shown == sorted(shown)


@given(POSTS, st.randoms())
def test_who_holds_the_same_posts_sees_the_same_drawing_whoever_it_is(posts, dice):
    others = list(posts)
    dice.shuffle(others)
    one, other = Actor("officer:a", "officer", "A", tuple(posts)), Actor("officer:b", "officer", "B", tuple(others))
    assert seen_as(one) == seen_as(other)
    assert seen_as(one) != seen_as(None)
    assert seen_as(Actor("citizen:a", "citizen", "A")) == seen_as(None)
    if posts:
        assert seen_as(one) != seen_as(Actor("officer:a", "officer", "A", tuple(posts[1:])))


@given(BOARDS, POSTS)
def test_whoever_may_see_need_not_sign_in_and_a_wall_has_no_power(board, posts):
    officer = Actor("officer:a", "officer", "A", tuple(posts))
    assert not (may_see(board, officer) and must_sign_in(board, officer))
    assert may_see(board, None) != must_sign_in(board, None)
    wall = wall_actor(board, "w", ["1@2025-07-01"])
    assert wall is None or {post.role for post in wall.posts} == {"wall"}
