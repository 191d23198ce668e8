"""What is typed is kept: once, for its owner, until it is sent or forgotten."""

from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import Packs
from tinhso.platform.forms import actions, queries
from tinhso.platform.forms.models import Draft, FormVersion
from tinhso.platform.forms.rules import table_of
from tinhso.platform.forms.tests.forms import NOW, TODAY, family, shipped_forms


@dataclass(frozen=True)
class Person:
    code: str


MAI, NAM = Person("citizen:mai"), Person("citizen:nam")
pytestmark = pytest.mark.django_db


def begin(actor=MAI, **more) -> Draft:
    return actions.start_draft(procedure_code="1.001193", form=family(), actor=actor, now=NOW, **more)


def packs_with(*forms) -> Packs:
    return Packs(forms={(form.code, form.version): form for form in forms})


def test_forms_of_the_packs_are_loaded_once_and_read_back_the_same():
    packs = packs_with(family(), *shipped_forms())

    assert actions.load_forms(packs=packs, now=NOW) == len(packs.forms)
    assert actions.load_forms(packs=packs, now=NOW + timedelta(1)) == 0
    for form in packs.forms.values():
        assert queries.get_form(form.code, form.version) == form
    assert set(FormVersion.objects.values_list("loaded_at", flat=True)) == {NOW}


def test_a_mended_form_is_read_anew_and_another_day_is_another_version():
    first = family()
    actions.load_forms(packs=packs_with(first), now=NOW)
    assert queries.find_form_on("family", TODAY) == first
    mended = type(first)(first.code, first.version, Text("Gia đình tôi", "My family"), first.pages)
    later = type(first)(first.code, first.version.replace(year=2026), Text("Mới", "New"), first.pages)

    assert actions.load_forms(packs=packs_with(mended, later), now=NOW) == 2

    assert queries.get_form("family", first.version) == mended
    assert queries.find_form_on("family", later.version - timedelta(1)) == mended
    assert queries.find_form_on("family", TODAY) == later
    assert queries.find_form_on("family", first.version - timedelta(1)) is None
    assert queries.list_forms_on(TODAY) == [("family", later.version)]
    with pytest.raises(queries.NoSuchForm):
        queries.get_form("family", first.version - timedelta(1))


def test_the_packs_that_ship_can_be_loaded():
    packs = packs_with(*shipped_forms())

    assert actions.load_forms(packs=packs, now=NOW) == len(shipped_forms())
    assert table_of(queries.find_form_on("birth_registration", TODAY))["code"] == "birth_registration"


def test_coming_back_goes_on_with_the_same_draft_and_another_may_be_asked_for():
    draft = begin()

    assert begin().pk == draft.pk
    assert begin(another=True).pk != draft.pk
    assert begin(NAM).owner_code == "citizen:nam"
    assert queries.count_drafts(actor=MAI) == 2


def test_the_same_key_is_the_same_draft_even_when_another_is_asked_for():
    first = begin(another=True, idempotency_key="k1")

    assert begin(another=True, idempotency_key="k1").pk == first.pk
    assert begin(NAM, another=True, idempotency_key="k1").pk != first.pk
    assert begin(another=True, idempotency_key="k2").pk != first.pk


@pytest.mark.django_db(transaction=True)
def test_two_windows_opened_at_once_begin_one_draft():
    together, found = Barrier(2), []

    def open_window():
        try:
            together.wait()
            found.append(begin().public_id)
        finally:
            connection.close()

    windows = [Thread(target=open_window) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()

    assert len(found) == 2
    assert len(set(found)) == 1


def test_saving_replaces_what_is_given_keeps_the_rest_and_counts_on():
    draft = begin(answers={"mother_name": "Mai", "people": "3"})

    actions.save_draft(
        public_id=draft.public_id, answers={"mother_name": "Hoàng Mai", "people": None}, papers={"birth_proof": ["a" * 64]},
        page="parents", revision=1, actor=MAI, now=NOW + timedelta(hours=1),
    )  # fmt: skip

    row = queries.get_draft(draft.public_id, actor=MAI)
    assert row.answers == {"mother_name": "Hoàng Mai"}
    assert row.papers == {"birth_proof": ["a" * 64]}
    assert (row.page, row.revision, row.updated_at) == ("parents", 2, NOW + timedelta(hours=1))


def test_a_stale_window_overwrites_nothing():
    draft = begin()
    actions.save_draft(public_id=draft.public_id, answers={"people": "3"}, revision=1, actor=MAI, now=NOW)

    with pytest.raises(actions.DraftConflict) as caught:
        actions.save_draft(public_id=draft.public_id, answers={"people": "4"}, revision=1, actor=MAI, now=NOW)

    assert caught.value.revision == 2
    assert queries.get_draft(draft.public_id, actor=MAI).answers == {"people": "3"}


def test_a_draft_is_seen_and_touched_by_its_owner_only():
    public_id = begin().public_id

    assert queries.list_drafts(actor=NAM) == []
    assert queries.find_open_draft("1.001193", actor=NAM) is None
    with pytest.raises(queries.NoSuchDraft):
        queries.get_draft(public_id, actor=NAM)
    for act in (actions.save_draft, actions.discard_draft, actions.restore_draft, actions.close_draft):
        with pytest.raises(queries.NoSuchDraft):
            act(public_id=public_id, actor=NAM, now=NOW)


def test_a_discarded_draft_can_be_had_back_for_thirty_days():
    public_id = begin(answers={"people": "3"}).public_id
    actions.discard_draft(public_id=public_id, actor=MAI, now=NOW)

    assert queries.list_drafts(actor=MAI) == []
    assert [row.public_id for row in queries.list_drafts(actor=MAI, state=Draft.DISCARDED)] == [public_id]
    with pytest.raises(queries.NoSuchDraft):
        actions.restore_draft(public_id=public_id, actor=MAI, now=NOW + timedelta(days=30, seconds=1))
    actions.restore_draft(public_id=public_id, actor=MAI, now=NOW + timedelta(days=30))
    assert queries.get_draft(public_id, actor=MAI).answers == {"people": "3"}


def test_a_sent_draft_is_closed_once_and_not_written_any_more():
    public_id = begin().public_id

    actions.close_draft(public_id=public_id, actor=MAI, now=NOW)
    actions.close_draft(public_id=public_id, actor=MAI, now=NOW + timedelta(days=1))

    assert Draft.objects.get().updated_at == NOW
    assert queries.find_open_draft("1.001193", actor=MAI) is None
    with pytest.raises(queries.NoSuchDraft):
        actions.save_draft(public_id=public_id, answers={"people": "3"}, actor=MAI, now=NOW)
    assert begin().public_id != public_id


def test_settled_drafts_are_forgotten_after_thirty_days_and_open_ones_never():
    sent, put_away, kept = (begin(another=True).public_id for _ in range(3))
    actions.close_draft(public_id=sent, actor=MAI, now=NOW)
    actions.discard_draft(public_id=put_away, actor=MAI, now=NOW)

    assert actions.forget_old_drafts(now=NOW + timedelta(days=30)) == 0
    assert actions.forget_old_drafts(now=NOW + timedelta(days=400)) == 2
    assert [row.public_id for row in queries.list_drafts(actor=MAI)] == [kept]


def test_nobody_opens_drafts_without_end():
    for _ in range(50):
        begin(another=True)

    with pytest.raises(actions.TooManyDrafts):
        begin(another=True)
    assert begin().procedure_code == "1.001193"
