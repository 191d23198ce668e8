"""The demonstration's dossiers happen through the real actions, once, and leave the desk as a desk looks."""

from collections import Counter
from dataclasses import replace
from time import process_time

import pytest
from django.apps import apps

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.actions import simulation
from tinhso.modules.government.onestop.adapters.demonstration import read_story
from tinhso.modules.government.onestop.models import Rating
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.queries import list_hanging
from tinhso.platform.clock import now as read_clock
from tinhso.platform.forms.queries import find_form_on
from tinhso.platform.forms.rules import validate
from tinhso.platform.ledger.queries import verify_ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def dong_dang(texts):
    """The real commune with the people of the demonstration."""
    now = read_clock()
    apps.get_app_config("units").load_packs(texts, now)
    apps.get_app_config("people").load_demonstration(now)
    return now


def test_a_few_dozen_dossiers_happen_within_ten_seconds_of_work_and_only_once(dong_dang):
    begun = process_time()
    filed = actions.load_demonstration_dossiers(now=dong_dang)
    taken = process_time() - begun
    assert 40 <= filed <= 70
    assert Case.objects.filter(parent=None).count() == filed
    assert taken < 10  # of this process: how busy the machine is else does not count
    assert actions.load_demonstration_dossiers(now=dong_dang) == 0
    assert Case.objects.filter(parent=None).count() == filed


def test_the_desk_has_work_of_every_sort_and_nothing_hangs(dong_dang):
    actions.load_demonstration_dossiers(now=dong_dang)
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states["returned"] >= 15
    assert {"registered", "accepted", "proposed", "resolved", "completing", "verifying", "not_accepted"} <= set(states)
    finished = Case.objects.exclude(resolved_at=None).exclude(due_at=None).values_list("resolved_at", "due_at")
    late = sum(resolved > due for resolved, due in finished)
    assert 0 < late < len(finished) / 3
    assert Rating.objects.count() >= 8
    assert Rating.objects.exclude(comment="").count() >= 3
    assert all(set(each.points) == {"5", "6", "7"} for each in Rating.objects.all())
    assert list_hanging(dong_dang) == []
    assert verify_ledger() == []
    assert not Case.objects.filter(changed_at__gt=dong_dang).exists()


def test_the_answers_of_the_invented_dossiers_fit_their_forms(dong_dang):
    actions.load_demonstration_dossiers(now=dong_dang)
    for case in Case.objects.filter(parent=None):
        form = find_form_on(
            {"1.001193": "birth_registration", "1.004873": "marital_status"}[case.procedure_code], case.filed_at.date()
        )
        outcome = validate(form, case.data, on=case.filed_at.date())
        assert outcome.problems == ()
        assert outcome.warnings == ()
        assert outcome.answers == case.data


def test_without_a_story_nothing_happens(dong_dang, settings):
    settings.PACKS = ["national"]
    assert read_story() is None
    assert actions.load_demonstration_dossiers(now=dong_dang) == 0


def test_the_other_communes_have_dossiers_enough_for_a_map_all_done_and_only_once(dong_dang, monkeypatch):
    story = read_story()
    few = replace(story, elsewhere={**story.elsewhere, "received": 200, "days": 40})
    monkeypatch.setattr(simulation, "read_story", lambda: few)

    assert actions.live_elsewhere(now=dong_dang) == 200

    cases = Case.objects.all()
    assert not cases.filter(closed_at=None).exists()
    assert not cases.filter(unit_key=story.commune_key).exists()
    assert cases.values("unit_key").distinct().count() > 40
    late = sum(resolved > due for resolved, due in cases.values_list("resolved_at", "due_at"))
    assert late == 9  # 95.5% of 200 on time
    assert not cases.filter(changed_at__gt=dong_dang).exists()
    assert actions.live_elsewhere(now=dong_dang) == 0
