"""The ledger: what was written stays, and whatever is changed, removed or inserted is named."""

import io
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tinhso.platform.ledger import actions, facts, jobs, models, queries, rules

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
CLERK = SimpleNamespace(code="officer:hoa")
HASHES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def write(subject: str, *kinds: str) -> None:
    for kind in kinds:
        actions.record_fact(
            kind=kind, subject=subject, unit_key="x@2025-07-01", body={"b": 1, "â": "ờ"}, actor=CLERK, now=NOW
        )


@pytest.fixture
def chains(db):
    write("TS-1", "cases.dossier.filed", "cases.dossier.accepted", "cases.dossier.returned")
    write("TS-2", "cases.dossier.filed", "cases.dossier.accepted")
    actions.seal_facts(now=NOW)


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # what somebody with the database's keys would do
        cursor.execute(sql)
        cursor.execute("set session_replication_role = origin")


def test_the_database_writes_the_very_hash_that_the_rules_compute(chains):
    row = models.Fact.objects.get(subject="TS-1", sequence=2)
    entry = rules.Entry(row.subject, row.sequence, row.kind, row.actor_code, row.unit_key, row.happened_at, row.body)
    assert rules.entry_hash(entry, bytes(row.previous_hash)) == bytes(row.hash)


def test_an_untouched_ledger_verifies(chains):
    write("TS-2", "cases.dossier.returned")
    assert queries.verify_ledger() == []


@pytest.mark.parametrize(
    ("sql", "subject", "sequence"),
    [
        ("update ledger_fact set body = '{}' where subject = 'TS-1' and sequence = 2", "TS-1", 2),
        (
            "update ledger_fact set happened_at = happened_at - interval '1 day' where subject = 'TS-2' and sequence = 1",
            "TS-2",
            1,
        ),
        ("update ledger_fact set actor_code = 'officer:other' where subject = 'TS-1' and sequence = 3", "TS-1", 3),
        ("delete from ledger_fact where subject = 'TS-1' and sequence = 2", "TS-1", 3),
        ("delete from ledger_fact where subject = 'TS-1' and sequence = 3", "TS-1", 2),
        ("delete from ledger_fact where subject = 'TS-2'", "TS-2", 2),
        (
            (
                "insert into ledger_fact (subject, sequence, kind, actor_code, unit_key, happened_at, body, previous_hash, hash)"
                " select subject, 4, kind, actor_code, unit_key, happened_at, body, hash, hash from ledger_fact"
                " where subject = 'TS-1' and sequence = 3"
            ),
            "TS-1",
            4,
        ),
        ("update ledger_seal set root = hash", "seal 1", 1),
        ("delete from ledger_fact where subject = 'TS-2'; delete from ledger_head where subject = 'TS-2'", "seal 1", 1),
    ],
)
def test_any_changed_removed_or_inserted_row_is_named(chains, sql, subject, sequence):
    tamper(sql)
    assert (subject, sequence) in {(trouble.subject, trouble.sequence) for trouble in queries.verify_ledger()}


@pytest.mark.parametrize(
    "sql", ["update ledger_fact set body = ''", "delete from ledger_fact", "delete from ledger_seal"]
)
def test_the_database_refuses_to_change_what_is_written(chains, sql):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_proof_leads_from_the_fact_to_the_sealed_root(chains):
    proof = queries.get_proof("TS-2", "cases.dossier.filed")
    assert rules.root_from_path(proof.fact.hash, proof.path) == bytes(proof.seal.root)


def test_what_is_not_sealed_yet_has_no_proof_yet(chains):
    write("TS-3", "cases.dossier.filed")
    assert queries.get_proof("TS-3", "cases.dossier.filed").seal is None


def test_seals_chain_and_an_idle_minute_writes_none(chains):
    assert actions.seal_facts(now=NOW) is None
    write("TS-3", "cases.dossier.filed")
    second = actions.seal_facts(now=NOW)
    assert bytes(second.previous_hash) == bytes(models.Seal.objects.get(number=1).hash)


@given(HASHES, st.data())
def test_every_entry_of_a_range_proves_its_place_and_nothing_else_does(hashes, draw):
    position = draw.draw(st.integers(0, len(hashes) - 1))
    path, root = rules.inclusion_path(hashes, position), rules.merkle_root(hashes)
    assert rules.root_from_path(hashes[position], path) == root
    assert rules.root_from_path(bytes(reversed(hashes[position])) + b"x", path) != root


def document() -> dict:
    return queries.proof_document(queries.get_proof("TS-2", "cases.dossier.filed"))


def test_a_stranger_checks_a_proof_with_the_document_alone(chains):
    assert [check.holds for check in rules.check_proof(json.loads(json.dumps(document())))] == [True, True, True]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("fact", "body"), "{}"),
        (("fact", "actor_code"), "officer:other"),
        (("seal", "count"), 99),
        (("hash",), "00" * 32),
    ],
)
def test_a_proof_with_anything_changed_fails(chains, place, value):
    changed = document()
    target = changed
    for name in place[:-1]:
        target = target[name]
    target[place[-1]] = value
    assert not all(check.holds for check in rules.check_proof(changed))


@pytest.mark.parametrize("nonsense", [{}, {"format": "tinhso-proof-1"}, {"format": "x"}])
def test_nonsense_is_no_proof(nonsense):
    with pytest.raises(rules.NotAProof):
        rules.check_proof(nonsense)


def test_the_public_page_checks_a_proof(chains, client):
    upload = io.BytesIO(json.dumps(document()).encode())
    upload.name = "proof.json"
    assert "Chứng thực đúng" in client.post("/verify/", {"proof": upload}).content.decode()
    wrong = io.BytesIO(b"\xff\xfe")
    wrong.name = "photo.json"
    assert client.post("/verify/", {"proof": wrong}).status_code == 400


def test_a_reaction_to_a_noun_hears_every_fact_of_it_and_no_other():
    heard = []

    @facts.reacts_to("test.noun.*")
    def on_noun(fact):
        heard.append(fact)

    assert facts.reactions_to("test.noun.moved") == facts.reactions_to("test.noun.stopped") == (on_noun,)
    assert facts.reactions_to("test.nouns.moved") == facts.reactions_to("test.noun") == ()


def test_a_proof_that_somebody_made_up_does_not_hold(chains, client):
    made_up = document()
    entry = rules.Entry("TS-9", 1, "cases.dossier.filed", "citizen:x", "x@2025-07-01", NOW, "{}")
    digest = rules.entry_hash(entry, rules.NO_HASH)
    root, span = rules.merkle_root([digest]), rules.Span(1, 1, 1)
    sealed = rules.seal_hash(number=1, span=span, root=root, previous_hash=rules.NO_HASH)
    made_up["fact"] |= {"subject": "TS-9", "sequence": 1, "actor_code": "citizen:x", "body": "{}"}
    made_up |= {"previous_hash": rules.NO_HASH.hex(), "hash": digest.hex(), "path": []}
    made_up["seal"] |= {
        "first_fact": 1, "last_fact": 1, "count": 1, "root": root.hex(), "hash": sealed.hex(), "token": None,
    }  # fmt: skip
    assert all(check.holds for check in rules.check_proof(made_up))
    assert not all(check.holds for check in queries.check_document(made_up))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("seal", "token"), 5),
        (("seal", "hash"), 5),
        (("seal", "count"), float("inf")),
        (("fact", "happened_at"), "0001-01-01T00:00:00+14:00"),
        (("fact", "body"), "[" * 100_000),
    ],
)
def test_odd_proofs_are_answered_and_never_hold(chains, client, place, value):
    odd = document() | {"content": {}, "nonce": ""}
    odd[place[0]][place[1]] = value
    upload = io.BytesIO(json.dumps(odd).encode())
    upload.name = "proof.json"
    assert "Chứng thực đúng" not in client.post("/verify/", {"proof": upload}).content.decode()


def test_a_file_nested_without_end_is_no_proof(db, client):
    upload = io.BytesIO(b"[" * 1_000_000)
    upload.name = "proof.json"
    assert client.post("/verify/", {"proof": upload}).status_code == 400


def test_a_seal_that_lost_its_time_stamp_is_named(chains):
    tamper("update ledger_seal set token = null")
    assert [(trouble.subject, trouble.trouble) for trouble in queries.verify_ledger()] == [("seal 1", "no time-stamp")]


def test_one_reaction_that_fails_does_not_keep_the_others_from_theirs(db):
    heard = []

    @facts.reacts_to("test.letter.asked")
    def on_asked_print(fact):
        raise LookupError("no template")

    @facts.reacts_to("test.letter.asked")
    def on_asked_tell(fact):
        heard.append(fact.subject)

    fact_id = actions.record_fact(kind="test.letter.asked", subject="TS-7", unit_key="", body={}, actor=CLERK, now=NOW)
    with pytest.raises(LookupError):
        jobs.deliver_fact(fact_id=fact_id)
    assert heard == ["TS-7"]
