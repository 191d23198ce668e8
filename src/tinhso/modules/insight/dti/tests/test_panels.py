"""What boards show of the indices: the newest year of the own province, and nothing of units below it."""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from tinhso.modules.insight.dti.tests.conftest import COMMUNE, NOW
from tinhso.platform.capability import Panel, PanelAsked

pytestmark = pytest.mark.django_db


def standing(unit_key: str = "") -> Panel | None:
    asked = PanelAsked(unit_key, "2026-11", None, NOW, wall=False, options={})
    with translation.override("vi"):
        return apps.get_app_config("dti").panels()["dti.standing"](asked)


def test_the_newest_year_that_told_anything_of_the_own_province_is_shown(province, settings) -> None:
    settings.PACKS = ["lang-son"]
    cache.clear()

    found = standing()

    assert found is not None
    assert str(found.title) == "DTI năm 2023"  # of 2024 nothing was published for Lạng Sơn
    assert found.lines == ["Lạng Sơn, DTI năm 2023: hạng 4 trên 63"]
    assert found.table[:3] == [["Chỉ số", "Giá trị"], ["Điểm tổng", "–"], ["Hạng", "4 trên 63"]]
    assert "year=2023" in found.address
    assert "hạng 4 trên 63" in render_to_string(found.template, {**found.context, "level": "h3"})


def test_of_a_commune_nothing_is_published(province) -> None:
    assert standing(COMMUNE) is None
