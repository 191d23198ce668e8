"""Who sees a report: its unit, its receiver, and what is above either; nobody else."""

import pytest

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.tests.conftest import COMMUNE, DEPARTMENT, MORNING, PROVINCE, appoint
from tinhso.platform.people.rules import Actor, Post


def officer(unit_key: str, role: str, *procedures: str) -> Actor:
    return Actor("officer:x", "officer", "X", (Post(unit_key, role, procedures=frozenset(procedures)),))


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (officer(COMMUNE, "handler"), True),
        (officer(COMMUNE, "leader"), True),
        (officer(DEPARTMENT, "handler"), True),
        (officer(PROVINCE, "leader"), True),
        (officer(PROVINCE, "statistician"), True),
        (officer(COMMUNE, "receptionist"), False),
        (officer(COMMUNE, "handler", "1.001193"), False),
        (Actor("citizen:x", "citizen", "X"), False),
    ],
)
def test_a_report_is_seen_by_its_unit_its_receiver_and_those_above(province, actor, sees):
    province.opens()
    public_id = province.report().public_id
    if sees:
        assert queries.read_report(public_id, actor).public_id == public_id
    else:
        with pytest.raises(queries.NotYours) as refused:
            queries.read_report(public_id, actor)
        assert "Xã Thử 1" in refused.value.vi


def test_a_neighbour_sees_nothing_and_those_above_fill_in_nothing(province):
    province.opens()
    row = province.report()
    with pytest.raises(queries.NotYours):
        queries.read_report(row.public_id, province.other_leader)
    above = appoint("Ha", "leader", PROVINCE)
    with pytest.raises(actions.Forbidden):
        actions.save_cells(public_id=row.public_id, sent=[], revision=0, actor=above, now=MORNING)
    with pytest.raises(actions.Forbidden):
        actions.sum_up_report(public_id=province.sum().public_id, actor=above, now=MORNING)


def test_the_list_holds_only_reports_of_own_units(province):
    province.opens()

    assert {row.unit_key for row in queries.list_reports(province.filler)} == {COMMUNE}
    assert {row.unit_key for row in queries.list_of_receiver(province.receiver)} == {DEPARTMENT}
    assert queries.list_of_receiver(province.filler) == []
