"""A figure opens down to the dossiers it counts, for those who may, and to no others."""

import re
from datetime import timedelta

import pytest

from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.tests.conftest import (
    AUTUMN,
    FIRST,
    MORNING,
    NOW,
    SECOND,
    WHERE,
    file,
    fill,
    rate,
    resolve,
    text_of,
)
from tinhso.platform.cases.tests.conftest import PROVINCE
from tinhso.platform.people import actions as people
from tinhso.platform.people.rules import SYSTEM, Identity


def test_the_on_time_figure_opens_down_to_the_dossier(signed_in):
    on_time, late = resolve(file()), resolve(file(), days=20)
    resolve(file(SECOND), SECOND)
    actions.refresh_warehouse(now=NOW)
    client = signed_in(FIRST, "receptionist")

    page = text_of(client.get(f"/indicators/on_time_rate/{WHERE}"))
    assert "1 trên 2 hồ sơ đã giải quyết xong" in page
    assert "/indicators/on_time_rate/cases/?unit=" in page
    listed = {
        which: text_of(client.get(f"/indicators/on_time_rate/cases/?period=2026-09&which={which}"))
        for which in ("denominator", "numerator", "failed")
    }

    found = {
        which: {case for case in (on_time, late) if f'href="/work/cases/{case}/"' in text}
        for which, text in listed.items()
    }
    assert found == {"denominator": {on_time, late}, "numerator": {on_time}, "failed": {late}}
    assert all(text.count("/work/cases/") == len(found[which]) for which, text in listed.items()), "own unit only"
    assert "Chỉ có hồ sơ của các đơn vị mà bạn được mở." in listed["failed"]
    assert "Hoàng" not in listed["denominator"].replace("Hoàng Văn Thụ", "")


def test_the_list_begins_with_what_missed_its_day_by_most_then_goes_by_age(signed_in):
    two_days = timedelta(days=2)
    cases = [
        resolve(file()),
        resolve(file(at=MORNING + two_days), at=MORNING + two_days, days=20),
        resolve(file(), days=30),
        resolve(file(at=MORNING + two_days), at=MORNING + two_days),
    ]
    actions.refresh_warehouse(now=NOW)

    text = text_of(signed_in(FIRST, "receptionist").get("/indicators/on_time_rate/cases/?period=2026"))

    shown = re.findall(r'href="/work/cases/([^/]+)/"', text)
    assert shown[:2] == [cases[2], cases[1]]
    assert shown[2:] == [cases[0], cases[3]]
    assert text.count("badge--late") == 2


def test_a_leader_of_the_province_opens_all_of_it(signed_in):
    cases = [resolve(file()), resolve(file(SECOND), SECOND)]
    actions.refresh_warehouse(now=NOW)

    text = text_of(signed_in(PROVINCE, "leader").get("/indicators/on_time_rate/cases/?period=2026"))

    assert all(f"/work/cases/{case}/" in text for case in cases)
    assert "được mở" not in text


def test_dossiers_of_other_units_stay_closed(signed_in, client):
    resolve(file(SECOND), SECOND)
    actions.refresh_warehouse(now=NOW)
    address = f"/indicators/on_time_rate/cases/?unit={SECOND}&period=2026-09"

    assert client.get(address).url.startswith("/sign-in/")
    assert signed_in(FIRST, "leader").get(address).status_code == 403
    citizen = people.identify_person(
        identity=Identity(name="Vi Thị Nga", personal_number="020195004817", level=2),
        account=None,
        actor=SYSTEM,
        now=NOW,
    )
    client.force_login(citizen, "django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403
    assert signed_in(SECOND, "receptionist").get(address).status_code == 200


def test_who_rated_what_stays_unknown_even_to_leaders(signed_in):
    rate(resolve(file()), 1)
    actions.refresh_warehouse(now=NOW)
    client = signed_in(PROVINCE, "leader")

    assert client.get("/indicators/satisfaction/cases/").status_code == 403
    text = text_of(client.get(f"/indicators/satisfaction/{WHERE}"))
    assert "ẩn vì dưới 5 lượt đánh giá" in text
    with pytest.raises(queries.Closed):
        queries.list_drilled("satisfaction", [FIRST], AUTUMN, "denominator")


@pytest.mark.parametrize("seed", [4, 5])
def test_the_list_behind_a_figure_has_just_what_it_counts(province, seed):
    fill(seed, 130)
    actions.refresh_warehouse(now=NOW)
    board = queries.read_board()

    for card in (each for each in board.cards if each.drill == "case"):
        whole = board.figure(card.code, "", AUTUMN)
        rows = [row for page in pages_of(card.code, board.members(""), "denominator") for row in page]
        assert (len(rows), sum(row.value for row in rows)) == (whole.denominator, whole.numerator)
        assert len({row.public_id for row in rows}) == len(rows) > queries.drilling.PAGE
        if card.measure.is_share:
            passed = [row.public_id for page in pages_of(card.code, board.members(""), "numerator") for row in page]
            failed = [row.public_id for page in pages_of(card.code, board.members(""), "failed") for row in page]
            assert (len(passed), len(failed)) == (whole.numerator, whole.denominator - whole.numerator)
            assert set(passed) | set(failed) == {row.public_id for row in rows}
        below = board.by_unit(card.code, "", AUTUMN)
        assert sum(each.denominator for each in below) == whole.denominator
        assert [each.denominator for each in board.trend(card.code, "", AUTUMN)] != [0, 0, 0]


def pages_of(code, units, which):
    after = None
    while True:
        page = queries.list_drilled(code, units, AUTUMN, which, after)
        yield page.rows
        after = page.after
        if after is None:
            return
