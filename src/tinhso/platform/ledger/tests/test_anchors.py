"""What was sealed is written down outside the database, so that a tail which is cut off without trace is missed all the same."""

import pytest

from tinhso.platform.ledger import actions, models, queries
from tinhso.platform.ledger.adapters import AnchorFolder
from tinhso.platform.ledger.tests.test_ledger import NOW, tamper, write

KINDS = ("cases.dossier.filed", "cases.dossier.accepted")
CUT_OFF = """
delete from ledger_fact where id > (select last_fact from ledger_seal where number = 1);
delete from ledger_head h where not exists (select from ledger_fact f where f.subject = h.subject);
update ledger_head h set sequence = f.sequence, hash = f.hash, previous_hash = f.previous_hash
    from ledger_fact f where f.subject = h.subject and f.sequence = (select max(sequence) from ledger_fact g where g.subject = f.subject);
delete from ledger_seal where number > 1
"""


@pytest.fixture
def places(tmp_path, settings):
    settings.LEDGER_ANCHORS = [tmp_path / "here", tmp_path / "elsewhere"]
    return [AnchorFolder(root) for root in settings.LEDGER_ANCHORS]


@pytest.fixture
def two_seals(db, places):
    for subject in ("TS-1", "TS-2"):
        write(subject, *KINDS)
        actions.seal_facts(now=NOW)
    actions.anchor_seals(now=NOW)


def test_a_tail_cut_off_with_its_heads_and_seals_is_missed(two_seals):
    assert queries.verify_anchors() == []
    tamper(CUT_OFF)

    assert queries.verify_ledger() == [], "nothing inside the database speaks of what is gone"
    assert {trouble.subject for trouble in queries.verify_anchors()} == {"seal 2"}

    write("TS-3", *KINDS)
    actions.seal_facts(now=NOW)
    actions.anchor_seals(now=NOW)
    assert {trouble.subject for trouble in queries.verify_anchors()} == {"seal 2"}, "nor does a new one cover it"


def test_a_place_that_was_away_gets_what_it_missed_and_nothing_twice(two_seals, places):
    here, elsewhere = places
    (elsewhere.root / "2026-11.txt").unlink()
    elsewhere.root.chmod(0o700)
    actions.anchor_seals(now=NOW)
    actions.anchor_seals(now=NOW)

    assert here.read() == elsewhere.read() == dict(models.Seal.objects.values_list("number", "hash"))
    assert len((here.root / "2026-11.txt").read_text().splitlines()) == 2


def test_a_place_that_cannot_be_written_to_does_not_keep_the_other_from_its_line(two_seals, places, settings):
    here, elsewhere = places
    blocked = here.root / "2026-11.txt" / "no folder"
    settings.LEDGER_ANCHORS = [blocked, elsewhere.root]
    write("TS-3", *KINDS)
    actions.seal_facts(now=NOW)

    assert actions.anchor_seals(now=NOW) == 1
    assert elsewhere.last() == 3


def test_a_line_that_a_power_cut_left_half_is_written_again_in_whole(two_seals, places):
    path = places[0].root / "2026-11.txt"
    path.write_bytes(path.read_bytes()[:-20])
    assert places[0].last() == 1

    actions.anchor_seals(now=NOW)

    assert places[0].last() == 2
    assert queries.verify_anchors() == []


def test_an_older_backup_put_in_place_is_owned_up_to_and_is_no_trouble(two_seals, places):
    tamper(CUT_OFF)
    actions.own_up_to_restoration(now=NOW)
    assert queries.verify_anchors() == []
    assert "restored 1" in (places[0].root / "2026-11.txt").read_text()

    write("TS-3", *KINDS)
    actions.seal_facts(now=NOW)
    actions.anchor_seals(now=NOW)
    assert places[0].last() == 2
    assert queries.verify_anchors() == []
    tamper("delete from ledger_seal where number = 2")
    assert {trouble.subject for trouble in queries.verify_anchors()} == {"seal 2"}
