"""A figure before it is kept: what cannot be is refused at its field, units are known in time, and who may type whose."""

import pytest

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.models import Figure
from tinhso.modules.insight.plans.rules.drafts import Refused
from tinhso.modules.insight.plans.tests.conftest import NEW, OLD, TODAY, enter, officer


def fields_of(refused) -> list[str]:
    return [each.field for each in refused.value.troubles]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"measure": "nope"}, "measure"),
        ({"measure": ""}, "measure"),
        ({"measure": "dossiers_on_time"}, "measure"),
        ({"unit": ""}, "unit"),
        ({"unit": "99"}, "unit"),
        ({"unit": "99@2025-07-01"}, "unit"),
        ({"unit": OLD}, "unit"),
        ({"unit": "34@2008-08-01"}, "unit"),
        ({"unit": "15@2025-07-01"}, "unit"),
        ({"period": "2026"}, "period"),
        ({"period": "quý 4"}, "period"),
        ({"level": "district"}, "level"),
        ({"level": "xóm"}, "level"),
        ({"comparator": "=>"}, "comparator"),
        ({"value": ""}, "value"),
        ({"value": "101"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "12.345"}, "value"),
        ({"measure": "community_teams", "level": "commune", "value": "1,5"}, "value"),
        ({"comparator": "range", "value": "5"}, "to"),
        ({"comparator": "range", "value": "5", "to": "4"}, "to"),
        ({"to": "60"}, "to"),
        ({"source_title": " "}, "source_title"),
        ({"publisher": ""}, "publisher"),
        ({"source_address": "javascript:alert(1)"}, "source_address"),
        ({"announced_on": "2027-01-01"}, "announced_on"),
        ({"announced_on": "2024-12-31"}, "announced_on"),
        ({"announced_on": "hôm qua"}, "announced_on"),
        ({"note": "a" * 501}, "note"),
        ({"is_public": "có lẽ"}, "is_public"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_at_its_field(results, changes, field):
    with pytest.raises(Refused) as refused:
        enter(**changes)

    assert field in fields_of(refused)
    assert all(each.vi and each.en for each in refused.value.troubles)
    assert not Figure.objects.filter(origin="form").exists()


def test_everything_that_is_wrong_is_said_at_once(results):
    with pytest.raises(Refused) as refused:
        enter(measure="nope", period="x", value="x", publisher="")

    assert {"measure", "period", "value", "publisher"} <= set(fields_of(refused))


@pytest.mark.parametrize("unit", [NEW, "20", "Tỉnh Lạng Sơn", "lạng sơn"])
def test_a_unit_is_known_by_key_code_on_the_day_or_name(results, unit):
    enter(unit=unit)

    assert Figure.objects.get(origin="form").unit_key == NEW


def test_a_code_means_the_unit_of_the_period(results):
    enter(unit="20", period="2023", announced_on="")

    assert Figure.objects.get(origin="form").unit_key == OLD
    assert periods() == ["2023"]


@pytest.mark.parametrize(
    "actor",
    [officer("receptionist"), officer("statistician", "33@2025-07-01"), officer("statistician", "06184@2025-07-01")],
    ids=["another role", "another province", "below"],
)
def test_figures_of_a_unit_are_typed_there_or_above(results, actor):
    with pytest.raises(Refused) as refused:
        enter(actor)
    assert fields_of(refused) == ["unit"]


def test_an_officer_of_the_country_types_for_every_province(results):
    enter(officer(unit_key="VN@1945-09-02"), unit="33@2025-07-01")

    assert Figure.objects.get(origin="form").unit_key == "33@2025-07-01"


def periods() -> list[str]:
    wanted = queries.Wanted(
        queries.get_definitions().measures["payment_accounts"], queries.get_subject(OLD, TODAY), "all"
    )
    return [cell.period for cell in queries.read_courses([wanted], TODAY, public=False)[wanted.key].cells]
