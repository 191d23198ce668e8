"""Nothing that was acknowledged is lost, and nothing happens twice, whatever is killed at whatever moment."""

import json
import os
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from random import Random, SystemRandom

import psycopg
import pytest

from load.crowd import Crowd, Told, at_work
from load.site import Site
from load.visitor import API, Visitor

ROUNDS = int(os.environ.get("TINHSO_ROUNDS", "20"))
FIGURES_WITHIN_SECONDS = 40.0  # a worker that died in the middle of a refresh holds it for 20 seconds


class Killer:
    """Kills one part after the other, each at a random moment, and sees each come back."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site, self.dice, self.story = site, Random(seed), list[str]()
        self.parts = ["supervisor", *(7 * ["web", "worker", "postgres"])[: ROUNDS - 1]]
        self.dice.shuffle(self.parts)

    def kill_all_in_turn(self, crowd: Crowd) -> None:
        for part in self.parts:
            time.sleep(self.dice.uniform(0.3, 2.0))
            assert not crowd.complaints, crowd.complaints
            self.story.append(part)
            begun = time.monotonic()
            self.site.kill_supervisor() if part == "supervisor" else self._kill(part)
            self.story[-1] += f" {time.monotonic() - begun:.1f} s"

    def _kill(self, part: str) -> None:
        self.site.await_whole(part)
        victim = self.dice.choice(self.site.parts(part))
        os.kill(victim, signal.SIGKILL)
        self.site.await_whole(part, without=victim)


@pytest.mark.slow
def test_whatever_is_killed_every_acknowledged_act_is_there_once(site: Site) -> None:
    seed = int(os.environ.get("TINHSO_SEED", SystemRandom().randrange(10**6)))
    site.await_quiet()
    killer = Killer(site, seed)
    try:
        with at_work(Crowd(site.port, pause=0.8, seed=seed, loses=0.1)) as crowd:
            killer.kill_all_in_turn(crowd)
    finally:
        story = f"TINHSO_SEED={seed}: {', '.join(killer.story)}"
        told = crowd.told
        sys.stdout.write(
            f"{story}; {len(told.filed)} filed, {len(told.acts)} acts, {len(told.unanswered)} unanswered,"
            f" {sum(each.repeated for each in crowd.visitors)} requests repeated\n"
        )

    assert not crowd.complaints, story
    site.await_quiet()
    with site.connect() as database:
        await_figures(database, crowd.visitors[-1])
        troubles = troubles_with(crowd.told, database, site)
        assert not troubles, "\n".join([story, *troubles])


def await_figures(database: psycopg.Connection, leader: Visitor) -> None:
    """Wait until the board says of itself what a recount says."""
    until = time.monotonic() + FIGURES_WITHIN_SECONDS
    (recount,) = database.execute(ON_TIME).fetchall()
    while recount != (shown := on_the_board(leader)):
        assert time.monotonic() < until, f"the board shows {shown}, a recount {recount}"
        time.sleep(0.5)


def on_the_board(leader: Visitor) -> tuple[int, int]:
    figure = leader.expect(200, "GET", f"{API}/indicators/on_time_rate")["whole"]
    return figure["numerator"], figure["denominator"]


def troubles_with(told: Told, database: psycopg.Connection, site: Site) -> list[str]:
    return [
        *lost_filings(told, database),
        *lost_acts(told, database),
        *rows(database, NOT_TOLD, "notices"),
        *rows(database, TWO_RECEIPTS, "receipts"),
        *rows(database, BAD_RESULT, "results"),
        *bad_codes(told, database),
        *rows(database, NOT_HELD, "work items"),
        *what_commands_say(site),
    ]


def rows(database: psycopg.Connection, query: str, name: str) -> list[str]:
    return [f"{name}: {row}" for row in database.execute(query).fetchall()]


def lost_filings(told: Told, database: psycopg.Connection) -> list[str]:
    """Acknowledged filings that are missing, changed or there twice, and papers that are not what was handed in."""
    known = {
        (actor, key): found
        for actor, key, found in database.execute("select actor_code, key, case_public_id from cases_request")
    }
    troubles = [
        f"lost or changed: {each}" for each in told.filed if known.get((each.actor, each.key)) != each.public_id
    ]
    papers = database.execute(
        "select c.public_id, c.title, p.file_sha256 from cases_case c join cases_paper p on p.case_id = c.id"
    )
    kept = sorted(row for row in papers if row[0] in {each.public_id for each in told.filed})
    if kept != sorted((each.public_id, each.child, each.paper) for each in told.filed):
        troubles.append("papers differ")
    titles = Counter(title for (title,) in database.execute("select title from cases_case"))
    return troubles + [f"{titles[each.child]} times: {each}" for each in told.filed if titles[each.child] != 1]


def lost_acts(told: Told, database: psycopg.Connection) -> list[str]:
    kinds = {"accept": "accepted", "propose": "proposed", "sign": "resolved"}
    facts: dict[tuple[str, str], int] = dict.fromkeys(((each.public_id, "filed") for each in told.filed), 0)
    expected = dict.fromkeys(facts, 1) | {
        (public_id, kinds[act]): 1 for public_id, act in (*told.acts, *told.unanswered)
    }
    query = "select subject, kind, count(*) from ledger_fact where kind like 'cases.dossier.%' group by 1, 2"
    found = {(subject, kind.rpartition(".")[2]): number for subject, kind, number in database.execute(query)}
    return [f"{key}: {found.get(key, 0)} facts" for key, number in expected.items() if found.get(key) != number]


def bad_codes(told: Told, database: psycopg.Connection) -> list[str]:
    issued = dict(database.execute("select public_id, code from cases_case where code is not null").fetchall())
    troubles = [f"no code: {public_id}" for public_id in told.done("accept") if public_id not in issued]
    for prefix, last in database.execute("select prefix, last from cases_codecounter"):
        numbers = sorted(int(code.removeprefix(prefix)) for code in issued.values() if code.startswith(prefix))
        if numbers != list(range(1, last + 1)):
            troubles.append(f"{prefix}: {numbers}, the counter says {last}")
    return troubles


ON_TIME = """
select count(*) filter (where resolved_at <= due_at), count(*) from cases_case
where kind = 'dossier' and resolved_at is not null and due_at is not null
"""
NOT_TOLD = """
select n.case_id, n.kind, count(distinct n.id), count(d.id) filter (where d.state <> 'sent') from notices_notice n
left join notices_delivery d on d.notice_id = n.id where n.kind like 'cases.%' group by 1, 2
having count(distinct n.id) <> 1 or count(d.id) filter (where d.state <> 'sent') > 0
union all
select f.subject, f.kind, 0, 0 from ledger_fact f join notices_noticewording w on w.kind = f.kind
join cases_case c on c.public_id = f.subject join people_person p on p.code = c.applicant_code
where f.kind like 'cases.%' and not exists (select from notices_notice n where n.case_id = f.subject and n.kind = f.kind)
"""
# A dossier that is done the same day has a receipt only when somebody asks for one; never two.
HELD_RECORDS = "chờ người xem lại"  # of the national catalogue: that people have to decide is no trouble here
TWO_RECEIPTS = """
select c.public_id, count(d.id) from cases_case c left join onestop_casedocument d
on d.case_public_id = c.public_id and d.kind = 'receipt' where c.code is not null group by 1 having count(d.id) > 1
"""
# What was lived through for the map (other communes) has no papers; all else that is done has one result, numbered without a gap.
BAD_RESULT = """
select c.public_id, c.state, count(r.id)::text from cases_case c left join cases_result r on r.case_id = c.id
where c.kind = 'dossier' and c.state in ('resolved', 'returned') and c.applicant_code not like 'citizen:replay-%' group by c.id having count(r.id) <> 1
union all
select procedure_code, unit_key, string_agg(number::text, ' ' order by number) from (
    select c.procedure_code, c.unit_key, split_part(r.number, '/', 1)::int as number, split_part(r.number, '/', 2) as year
    from cases_result r join cases_case c on c.id = r.case_id
) issued group by 1, 2, year having count(*) <> max(number) or count(*) <> count(distinct number)
"""
NOT_HELD = """
select c.public_id, c.state, c.closed_at, count(w.id), max(w.state) from cases_case c
left join cases_workitem w on w.case_id = c.id and w.closed_at is null
left join cases_wait t on t.case_id = c.id and t.closed_at is null
group by c.id having count(w.id) + count(t.id) <> (case when c.closed_at is null then 1 else 0 end)
    or max(w.state) <> c.state
"""


def what_commands_say(site: Site) -> list[str]:
    """Complaints of the ledger's, the warehouse's and the doctor's own examination."""
    said = {words: site.says(*words) for words in (("ledger", "verify"), ("warehouse", "verify"))}
    troubles = [f"{words}: {text}" for words, text in said.items() if "✗" in text or "Error" in text]
    examined = site.says("doctor", "--json")
    with suppress(ValueError):
        wrong = [one for one in json.loads(examined) if one["level"] != "well" and HELD_RECORDS not in one["text"]]
        return troubles + [str(one) for one in wrong]
    return [*troubles, examined]
