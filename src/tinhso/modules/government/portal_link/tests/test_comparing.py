"""Both sides are compared: every way in which they may differ is found, told by day, and mended by one click."""

import pytest

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters.simulator import Catalogue
from tinhso.modules.government.portal_link.models import Comparison, Difference, Dossier, Message
from tinhso.modules.government.portal_link.ports import Unreachable
from tinhso.modules.government.portal_link.rules.states import standing_of
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people.rules import SYSTEM


def compare(province, days: int = 3) -> Comparison:
    return actions.compare_with_portal(portal=province.portal, days=days, actor=SYSTEM, now=province.now)


def told(province, *acts: str) -> str:
    case = province.files()
    province.does(case, *acts)
    province.hears()
    province.drains()
    return Dossier.objects.get(case_public_id=case).portal_code


def figures(found: Comparison) -> dict[str, int]:
    return {name: count for name, count in found.figures.items() if count}


def change(province, code: str, **changes) -> None:
    shelves = province.simulator.shelves
    shelves.put("dossier", code, {**shelves.find("dossier", code), **changes})


@pytest.mark.parametrize("by_list", [True, False])
def test_every_way_of_differing_is_found(province, monkeypatch, by_list):
    codes = [told(province, "accept", "begin") for _ in range(4)]
    change(province, codes[1], state=2)
    change(province, codes[2], state=9)
    province.simulator.forget(codes[3])
    if by_list:
        strange = dict(province.simulator.shelves.find("dossier", codes[0]))
        whole = {**strange["whole"], "MaHoSo": "la"}
        province.simulator.shelves.put("dossier", "la", {**strange, "whole": whole})
    else:
        monkeypatch.setattr(type(province.portal), "list_dossiers", lambda *_: None)

    found = compare(province)

    expected = {"equal": 1, "behind": 1, "ahead": 1, "unknown_there": 1} | ({"unknown_here": 1} if by_list else {})
    assert figures(found) == expected
    standings = {row.portal_code: row.standing for row in Difference.objects.all()}
    known = {codes[1]: "behind", codes[2]: "ahead", codes[3]: "unknown_there"}
    assert standings == known | ({"la": "unknown_here"} if by_list else {})
    fact = Fact.objects.get(kind="portal_link.comparison.finished")
    assert fact.subject == "portal-comparison:2026-11-20"
    assert '"behind":1' in fact.body.replace(" ", "")


def test_one_click_mends_each_of_them(province):
    codes = [told(province, "accept", "begin") for _ in range(3)]
    change(province, codes[0], state=2)
    change(province, codes[1], state=9)
    province.simulator.forget(codes[2])
    compare(province)

    for row in Difference.objects.all():
        actions.repair_dossier(portal_code=row.portal_code, actor=SYSTEM, now=province.now)
    province.drains()

    assert figures(compare(province)) == {"equal": 3}
    assert Fact.objects.filter(kind="portal_link.dossier.repaired").count() == 3
    assert not Difference.objects.filter(repaired_at=None).exists()


def test_what_the_portal_swallowed_without_a_word_is_found_and_mended(province):
    case = province.files()
    province.does(case, "accept", "begin", "sign")
    province.hears()
    waiting = Message.objects.count()
    for _ in range(waiting - 2):
        province.sends()
    province.simulator.plan_faults("swallow", 2)
    province.drains()
    assert Message.objects.filter(state=Message.DELIVERED).count() == waiting

    assert figures(compare(province)) == {"behind": 1}
    actions.repair_dossier(portal_code=Dossier.objects.get().portal_code, actor=SYSTEM, now=province.now)
    province.drains()
    assert figures(compare(province)) == {"equal": 1}


def test_codes_of_ours_that_the_portal_does_not_list_are_named(province):
    assert compare(province).unknown_codes == {"procedures": [], "agencies": []}
    province.simulator.find_catalogue = lambda: Catalogue([("9.000009", "Khác")], [("H90.09", "Xã Khác")])
    assert compare(province).unknown_codes == {"procedures": ["9.000001"], "agencies": ["H90.01"]}
    province.simulator.find_catalogue = Catalogue
    assert compare(province).unknown_codes == {"procedures": [], "agencies": []}, "no list says nothing"


def test_a_difference_says_how_many_messages_are_still_on_their_way(province):
    told(province, "accept")
    province.does(Dossier.objects.get().case_public_id, "begin")
    province.hears()
    compare(province)

    row = Difference.objects.get()
    assert (row.standing, row.ours, row.theirs, row.waiting) == ("behind", 4, 2, 2)


def test_only_dossiers_of_the_last_days_are_looked_at(province):
    told(province, "accept")
    province.passes(days=5)
    told(province, "accept")

    assert compare(province).looked_at == 1
    assert compare(province, days=30).looked_at == 2


def test_a_portal_that_is_away_is_no_difference(province, monkeypatch):
    told(province, "accept")
    province.simulator.plan_faults("timeout", 1)
    with pytest.raises(Unreachable):
        compare(province)
    monkeypatch.setattr(type(province.portal), "list_dossiers", lambda *_: None)
    province.simulator.plan_faults("timeout", 1)

    found = compare(province)
    assert (found.looked_at, found.unanswered, figures(found)) == (0, 1, {})


@pytest.mark.parametrize(
    ("ours", "theirs", "standing"),
    [
        ([2, 4, 5], 5, "equal"),
        ([2, 4, 5], 4, "behind"),
        ([2, 4], 9, "ahead"),
        ([2, 4, 5, 4], 5, "behind"),
        ([], 1, "ahead"),
    ],
)
def test_how_their_state_stands_to_ours(ours, theirs, standing):
    assert standing_of(ours, theirs) == standing
