"""Figures as other apps ask for them: by code, unit and period, as the public or as an officer may see them."""

from tinhso.modules.insight.indicators import actions
from tinhso.modules.insight.indicators.tests.conftest import FIRST, NOW, SECOND, file, resolve
from tinhso.platform.capability import read_figure


def test_another_app_reads_a_figure_with_what_it_rests_on(province):
    for number in range(8):
        resolve(file(), days=1 if number else 20)
    resolve(file(SECOND), SECOND)
    actions.refresh_warehouse(now=NOW)

    found = read_figure("on_time_rate", province, "2026", public=True)

    assert found
    assert (found.numerator, found.denominator, found.as_of) == (8, 9, NOW)
    assert f"{found.value:.1f}" == "88.9"
    assert found.address.startswith("/indicators/on_time_rate/?unit=")
    assert read_figure("on_time_rate", FIRST, "2026-09", public=False).denominator == 8


def test_small_cells_are_hidden_from_the_public_here_too(province):
    for _ in range(6):
        resolve(file())
    resolve(file(SECOND), SECOND)
    actions.refresh_warehouse(now=NOW)

    assert read_figure("on_time_rate", SECOND, "2026", public=True).value is None
    assert read_figure("on_time_rate", SECOND, "2026", public=False).value == 100
    assert read_figure("nope", SECOND, "2026", public=False) is None
