"""Walls: a key of their own, made and withdrawn by an administrator; dark, turned by the clock, never loaded anew."""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from tinhso.modules.insight.boards import actions, queries
from tinhso.modules.insight.boards.models import Wall
from tinhso.modules.insight.boards.rules import Refused, WallPage, page_at
from tinhso.modules.insight.boards.tests.conftest import COMMUNE, NOW, PROVINCE, text_of
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people.rules import NotAllowed, Post

OTHER = "90002@2025-07-01"


def hang(actor, board: str = "desk", unit: str = COMMUNE, language: str = "vi") -> tuple[Wall, str]:
    return actions.hang_wall(
        board_code=board, unit_key=unit, place="Phòng trực", language=language, actor=actor, now=NOW
    )


def test_a_wall_shows_its_board_without_any_session_as_nobody_of_power(client, somebody, province):
    actor, _client = somebody("administrator")
    _wall, key = hang(actor)

    text = text_of(client.get(f"/wall/{key}/"))
    assert "Một cửa · Xã 90001" in text
    assert 'data-theme="dark"' in text
    assert f'data-live="/wall/{key}/panels/"' in text
    assert "data-tiles" in text_of(client.get(f"/wall/{key}/panels/"))
    seen = province.asked[0]
    assert (seen.unit_key, seen.wall, seen.actor.kind) == (COMMUNE, True, "officer")
    assert seen.actor.posts == (Post(COMMUNE, "wall"),)
    assert client.get("/board/desk/").status_code == 302, "the key opens this wall and nothing else"


def test_a_wall_with_a_public_board_sees_what_the_public_sees(client, somebody, province):
    actor, _client = somebody("administrator", PROVINCE)
    _wall, key = hang(actor, "province", "")
    client.get(f"/wall/{key}/")
    assert {asked.actor for asked in province.asked} == {None}


def test_a_withdrawn_wall_shows_nothing_from_that_moment_on(client, somebody):
    actor, _client = somebody("administrator")
    wall, key = hang(actor)
    assert client.get(f"/wall/{key}/panels/").status_code == 200

    for _time in range(2):
        actions.withdraw_wall(code=wall.code, actor=actor, now=NOW)

    assert client.get(f"/wall/{key}/panels/").status_code == 410
    text = text_of(client.get(f"/wall/{key}/"), 410)
    assert "đã bị quản trị thu hồi" in text
    assert "data-slot" not in text
    kinds = Fact.objects.filter(subject=f"wall:{wall.code}").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["boards.wall.hung", "boards.wall.withdrawn"]


def test_of_a_key_only_its_digest_is_kept_and_no_other_key_opens_anything(client, somebody):
    actor, _client = somebody("administrator")
    wall, key = hang(actor)
    assert key not in str(Wall.objects.filter(pk=wall.pk).values())
    assert client.get(f"/wall/{key}x/").status_code == 404
    assert client.get(f"/wall/{wall.key_digest}/panels/").status_code == 404


def test_a_wall_keeps_its_own_language_whatever_the_browser_says(client, somebody):
    actor, _client = somebody("administrator")
    _wall, key = hang(actor, language="en")
    client.cookies["django_language"] = "vi"
    text = text_of(client.get(f"/wall/{key}/"))
    assert 'lang="en"' in text
    assert "Desk · " in text


def test_only_an_administrator_of_the_unit_or_above_hangs_and_withdraws(somebody):
    above, _client = somebody("administrator", PROVINCE)
    own, _client = somebody("administrator")
    leader, _client = somebody("leader")
    elsewhere, _client = somebody("administrator", OTHER)

    wall, _key = hang(above)
    hang(own)
    for actor in (leader, elsewhere):
        with pytest.raises(NotAllowed):
            hang(actor)
        with pytest.raises(NotAllowed):
            actions.withdraw_wall(code=wall.code, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        hang(own, "province", "")
    assert len(queries.list_walls(above, NOW)) == len(queries.list_walls(own, NOW)) == 2
    assert queries.list_walls(elsewhere, NOW) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"board_code": "nope"}, "board"),
        ({"unit_key": "nope"}, "unit"),
        ({"board_code": "chair"}, "board"),
        ({"board_code": "province"}, "unit"),
        ({"place": "  "}, "place"),
        ({"place": "\x00"}, "place"),
        ({"place": "x" * 101}, "place"),
        ({"language": "fr"}, "language"),
    ],
)
def test_what_is_wrong_with_a_wall_is_told_by_its_field(somebody, wrong, field):
    actor, _client = somebody("administrator")
    asked = {"board_code": "desk", "unit_key": COMMUNE, "place": "Phòng trực", "language": "vi", **wrong}
    with pytest.raises(Refused) as refused:
        actions.hang_wall(**asked, actor=actor, now=NOW)
    assert refused.value.field == field
    assert not Wall.objects.exists()


def test_the_page_of_walls_gives_the_address_once_and_takes_it_back(client, somebody):
    _actor, administrator = somebody("administrator")
    sent = {"board": "desk", "unit": COMMUNE, "place": "Sảnh tầng 1", "language": "vi"}

    text = text_of(administrator.post("/walls/", sent))
    (address,) = set(re.findall(r"/wall/[\w-]{40,}/", text))
    assert "Sảnh tầng 1" in text_of(client.get(address)) or client.get(address).status_code == 200
    assert address not in text_of(administrator.get("/walls/"))
    assert "Hãy viết màn hình treo ở đâu" in text_of(administrator.post("/walls/", {**sent, "place": ""}), 422)

    wall = Wall.objects.get()
    assert "Đã thu hồi màn hình “Sảnh tầng 1”" in text_of(
        administrator.post(f"/walls/{wall.code}/withdraw/", follow=True)
    )
    assert client.get(address).status_code == 410
    assert administrator.post("/walls/nothing/withdraw/").status_code == 404


def test_a_sign_that_no_table_keeps_is_left_out_of_the_place(somebody):
    _actor, administrator = somebody("administrator")
    sent = {"board": "desk", "unit": COMMUNE, "place": "Sảnh\x00 tầng 1", "language": "vi"}

    assert administrator.post("/walls/", sent).status_code == 200
    assert Wall.objects.get().place == "Sảnh tầng 1"
    assert administrator.post("/walls/", sent | {"board": "chair"}).status_code == 422


def test_the_page_of_walls_is_for_administrators(client, somebody):
    _actor, leader = somebody("leader")
    assert client.get("/walls/").status_code == 302
    assert leader.get("/walls/").status_code == 403


def test_without_script_a_wall_renews_itself_and_the_clock_says_which_page_is_up(client, province, monkeypatch):
    pages = (WallPage(20, (("count",),)), WallPage(10, (("faulty",),)))
    assert [page_at(pages, second) for second in (0, 19, 20, 29, 30, 50)] == [0, 0, 1, 1, 0, 1]

    shown = []
    for second in (0, 25):
        at = datetime(2026, 11, 22, 3, 0, second, tzinfo=UTC)
        monkeypatch.setattr("tinhso.modules.insight.boards.pages.asking.now", lambda at=at: at)
        cache.clear()
        text = text_of(client.get("/board/province/?wall=1"))
        assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in text
        shown.append([bool(hidden) for hidden in re.findall(r"data-wall-page=\"\d+\"( hidden)?", text)])
    assert shown == [[False, True], [True, False]]

    province.fails = False  # then that panel has nothing to show
    cache.clear()
    text = text_of(client.get("/board/province/?wall=1"))
    assert [bool(hidden) for hidden in re.findall(r"data-wall-page=\"\d+\"( hidden)?", text)] == [False, True]


def test_on_a_wall_there_is_nothing_to_press(client, province):
    text = text_of(client.get("/board/province/?wall=1"))
    body = text[text.index("<main") :]
    assert not re.search(r"<(a|button|form|select)\b", body)
    assert "hồ sơ" in body
    assert "/elsewhere/" not in body
    assert "/elsewhere/" in text_of(client.get("/board/province/"))
    assert province.asked[0].wall
