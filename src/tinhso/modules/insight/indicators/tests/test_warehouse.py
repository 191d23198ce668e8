"""The warehouse follows the database: whole, incremental, without names, and readable at every moment of a refresh."""

import re
from datetime import timedelta

import duckdb
import pytest

from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.adapters import duck
from tinhso.modules.insight.indicators.rules import CASES, COUNTED_FACTS, FACTS, VIETNAM
from tinhso.modules.insight.indicators.tests.conftest import (
    FEW,
    FIRST,
    INDICATORS,
    MORNING,
    NOW,
    OCTOBER,
    SEPTEMBER,
    act,
    figure,
    file,
    fill,
    officer,
    rate,
    resolve,
)
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases.models import Case, ProcedureVersion, Wait
from tinhso.platform.cases.tests.conftest import CITIZEN
from tinhso.platform.ledger.actions import record_fact, seal_facts
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people.rules import columns_not_tagged

READ = {"c": Case, "f": Fact, "p": ProcedureVersion, "w": Wait}
# What is made of columns before it leaves: a sum of waits, whether there was a helper, the kind of actor, the case's own id (chosen by
# COUNTED_FACTS), named keys of bodies that hold codes and measures only.
MADE_OF_THEM = ("w.waited_seconds", "c.helper_code <> ''", "split_part(f.actor_code, ':', 1)", "f.actor_code like 'system%'", "f.subject = c.public_id", "f.body::jsonb ->> ", "jsonb_to_record(f.body::jsonb)")  # fmt: skip
IN_A_MONTH = timedelta(days=32)
HOUR = timedelta(hours=1)


def files_of(table):
    return {each.month.month: each.file for each in queries.get_manifest().partitions if each.table == table}


def test_an_act_is_in_the_figures_after_the_next_refresh(province):
    public_id = file()
    actions.refresh_warehouse(now=NOW)
    assert (figure(), figure("online_share")) == ((0, 0), (1, 1))

    resolve(public_id)
    actions.refresh_warehouse(now=NOW)

    assert (figure(), figure("mean_time")) == ((1, 1), (86_400, 1))


def test_only_months_that_changed_are_written_again(province):
    resolve(file())
    later = file(at=MORNING + IN_A_MONTH)
    actions.refresh_warehouse(now=NOW)
    before, facts_before = files_of("cases"), files_of("facts")
    seal_facts(now=NOW)
    actions.refresh_warehouse(now=NOW)  # the settled id moves on

    act(later, "accept", at=MORNING + IN_A_MONTH)
    told = []
    actions.refresh_warehouse(now=NOW, progress=lambda step, *_: told.append(step))

    assert [step for step in told if step.endswith("copied")] == ["cases 2026-10: copied", "facts 2026-10: copied"]
    after, facts_after = files_of("cases"), files_of("facts")
    assert (after[9], facts_after[9]) == (before[9], facts_before[9])
    assert (after[10] != before[10], facts_after[10] != facts_before[10]) == (True, True)


def test_a_refresh_without_news_writes_nothing_but_that_it_is_up_to_date(province):
    resolve(file())
    first = actions.refresh_warehouse(now=NOW)

    soon = actions.refresh_warehouse(now=NOW + timedelta(seconds=5))
    late = actions.refresh_warehouse(now=NOW + timedelta(seconds=60))

    assert soon == first
    assert late.as_of == NOW + timedelta(seconds=60)
    assert (late.partitions, late.runs) == (first.partitions, first.runs)


def test_an_act_that_is_written_late_with_an_earlier_moment_is_noticed(province):
    resolve(file(at=MORNING + IN_A_MONTH), at=MORNING + IN_A_MONTH)
    seal_facts(now=NOW)
    actions.refresh_warehouse(now=NOW)

    resolve(file())  # a month before everything the warehouse knows

    actions.refresh_warehouse(now=NOW + timedelta(seconds=5))
    assert (figure(period=SEPTEMBER), figure(period=OCTOBER)) == ((1, 1), (1, 1))


def test_months_are_vietnams_months(province):
    last_evening = MORNING.replace(month=9, day=30, hour=16, minute=59)  # 23:59 on 30 September in Vietnam
    file(at=last_evening)
    file(at=last_evening + timedelta(minutes=2))

    actions.refresh_warehouse(now=NOW)

    assert (figure("online_share", period=SEPTEMBER), figure("online_share", period=OCTOBER)) == ((1, 1), (1, 1))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_equals_a_recount_in_postgresql(province, asked, seed):
    for part in range(3):  # each refresh takes up where the last one was, sealed or not
        fill(seed * 10 + part, 40)
        actions.refresh_warehouse(now=NOW)

    local = "at time zone 'Asia/Ho_Chi_Minh'"
    recounts = {
        "on_time_rate": f"""select to_char(resolved_at {local}, 'YYYY-MM'), unit_key, count(*) filter (where resolved_at <= due_at),
            count(*) from cases_case where resolved_at is not null and due_at is not null group by 1, 2""",
        "online_share": f"""select to_char(filed_at {local}, 'YYYY-MM'), unit_key, count(*) filter (where channel = 'online'),
            count(*) from cases_case group by 1, 2""",
        "mean_time": f"""select to_char(resolved_at {local}, 'YYYY-MM'), unit_key, sum(extract(epoch from
            date_trunc('second', resolved_at) - date_trunc('second', accepted_at)))::bigint, count(*)
            from cases_case where resolved_at is not null group by 1, 2""",
        "satisfaction": f"""select to_char(happened_at {local}, 'YYYY-MM'), unit_key,
            count(*) filter (where (body::jsonb ->> 'score')::int >= 4), count(*)
            from ledger_fact where kind = 'onestop.dossier.rated' group by 1, 2""",
        "response_rate": f"""select to_char(coalesce(resolved_at, closed_at) {local}, 'YYYY-MM'), unit_key, count(*) filter (
            where exists (select from ledger_fact f where f.subject = public_id and f.kind = 'onestop.dossier.rated')),
            count(*) from cases_case where coalesce(resolved_at, closed_at) is not null group by 1, 2""",
    }
    board = queries.read_board()
    for code, recount in recounts.items():
        expected = {(month, unit): (top, bottom) for month, unit, top, bottom in asked(recount)}
        sums = {
            (f"{month:%Y-%m}", unit): cell for month, units in board.sums[code].items() for unit, cell in units.items()
        }
        assert len(expected) > 5
        assert sums == expected, code
    assert queries.verify_warehouse() == []


def test_a_changed_or_lost_file_is_named(province, warehouse):
    resolve(file())
    manifest = actions.refresh_warehouse(now=NOW)
    spoilt, lost = manifest.partitions[0], manifest.runs[0]
    (warehouse / spoilt.file).write_bytes(b"PAR1")
    (warehouse / lost.file).unlink()

    assert [line.partition(":")[0] for line in queries.verify_warehouse()] == [spoilt.file, lost.file]
    actions.rebuild_warehouse(now=NOW)
    assert queries.verify_warehouse() == []


def test_a_row_that_differs_from_the_database_is_found(province, asked):
    public_id = resolve(file())
    actions.refresh_warehouse(now=NOW)

    Case.objects.filter(public_id=public_id).update(channel="post")  # behind the engine's back: no fact tells of it

    (line,) = queries.verify_warehouse()
    assert line.startswith("cases/2026-09.")
    assert "2 dòng" in line


def columns_read(table) -> set[tuple[str, str]]:
    """Each column that leaves as it is, by the letter of its table."""
    text = " ".join([table.source, table.month_by, *(expression for _, expression in table.columns.values())])
    for made in MADE_OF_THEM:
        text = text.replace(made, "")
    return set(re.findall(r"\b([cfpw])\.([a-z_]+)", text))


@pytest.mark.parametrize("table", [CASES, FACTS])
def test_no_column_that_its_schema_calls_personal_leaves(table):
    read = columns_read(table)
    for letter, model in READ.items():
        known = {field.attname for field in model._meta.concrete_fields} | {
            field.name for field in model._meta.concrete_fields
        }
        assert set(model.PERSONAL) <= known
        assert {column for each, column in read if each == letter} <= known
        assert {column for each, column in read if each == letter} & set(model.PERSONAL) <= {"subject"}
    assert ("f", "subject") not in columns_read(CASES)
    assert COUNTED_FACTS == "(starts_with(f.subject, 'TS-') or starts_with(f.subject, 'ticket:'))"


def test_every_column_that_looks_personal_is_called_so():
    for model in READ.values():
        assert columns_not_tagged([field.name for field in model._meta.concrete_fields], model.PERSONAL) == []


def test_nothing_in_the_warehouse_tells_who_somebody_is(province, warehouse):
    public_id = resolve(file())
    rate(public_id, 5)
    Fact.objects.model  # noqa: B018 - the ledger also holds facts about people, whose subject is a person
    record_fact(
        kind="people.person.registered",
        subject=CITIZEN.code,
        unit_key=FIRST,
        body={"helper": "x"},
        actor=CITIZEN,
        now=MORNING,
    )
    actions.refresh_warehouse(now=NOW)

    told = "".join(
        str(duckdb.connect().execute("select * from read_parquet(?)", [str(path)]).fetchall())
        for path in warehouse.rglob("*.parquet")
    )
    assert public_id in told
    for secret in (CITIZEN.code, "Hoàng", "people.person", "officer:90001"):
        assert secret not in told


def test_a_score_that_is_no_number_does_not_stop_the_figures(province):
    public_id, other = resolve(file()), resolve(file())
    rate(public_id, "rất tốt")
    rate(other, 4)

    actions.refresh_warehouse(now=NOW)

    assert figure("satisfaction") == (1, 1)


def test_the_last_rating_of_a_dossier_counts(province):
    public_id = resolve(file())
    rate(public_id, 1)
    rate(public_id, 5, at=MORNING + timedelta(days=1))

    actions.refresh_warehouse(now=NOW)

    assert figure("satisfaction") == (1, 1)


def test_a_case_carries_what_it_went_through(province, warehouse):
    public_id = file()
    act(public_id, "accept")
    ask = {"reasons": "Thiếu giấy chứng sinh"}
    worker = officer(FIRST, "handler")
    cases.act_on_case(public_id=public_id, act="ask_supplement", answers=ask, actor=worker, now=MORNING + HOUR)
    cases.act_on_case(public_id=public_id, act="supplement", actor=CITIZEN, now=MORNING + 25 * HOUR)
    act(public_id, "propose", at=MORNING + 26 * HOUR)
    act(public_id, "sign", at=MORNING + 30 * HOUR)
    act(public_id, "hand_over", at=MORNING + 54 * HOUR)
    rate(public_id, 2)
    rate(public_id, 5, at=MORNING + 60 * HOUR)
    told = {"onestop.result.delivered": {"way": "electronic"}, "payments.payment.matched": {"provider": "simulator"}}
    for kind, body in told.items():
        record_fact(kind=kind, subject=public_id, unit_key=FIRST, body=body, actor=CITIZEN, now=MORNING)

    actions.refresh_warehouse(now=NOW)

    shown = "supplements, waited_seconds, proposed_at, signed_at, handed_over_at, delivered_by, paid_by, score, rated_at, acts"
    path = str(warehouse / files_of("cases")[9])
    (row,) = duckdb.connect().execute(f"select {shown} from read_parquet(?)", [path]).fetchall()
    morning = MORNING.astimezone(VIETNAM).replace(tzinfo=None)
    moments = [morning + hours * HOUR for hours in (26, 30, 54)]
    assert row == (1, 24 * 3600, *moments, "electronic", "transfer", 5, morning + 60 * HOUR, 7)


def test_a_refresh_counts_only_what_changed_and_a_definition_over_many_rows_is_counted_whole(
    province, tmp_path, monkeypatch
):
    own = tmp_path / "busy_days.sql"
    text = queries.list_definitions()[0].sql
    head = "\n".join(line for line in text.splitlines() if line.startswith("--"))
    own.write_text(head + "\nselect month, unit, any_value(public_id) as public_id, true as value from ("
        "select date_trunc('month', filed_at)::date as month, unit, public_id, filed_at::date as day from cases)"
        " group by month, unit, day\n")  # fmt: skip
    actions.keep_indicators(paths=[*INDICATORS, own], now=NOW)
    file()
    actions.refresh_warehouse(now=NOW)
    whole = []
    monkeypatch.setattr(duck, "gather_sums", spied(duck.gather_sums, whole))

    resolve(file(), days=2)
    actions.refresh_warehouse(now=NOW)

    assert len(whole) == 3
    assert (set(whole[0]), whole[2]) == (FEW, ["busy_days"])
    assert (figure(), figure("busy_days"), figure("online_share")) == ((1, 1), (1, 1), (2, 2))
    assert queries.verify_warehouse() == []


def spied(real, seen):
    def gather(manifest, definitions, *rest):
        seen.append([each.code for each in definitions])
        return real(manifest, definitions, *rest)

    return gather
