"""No job is lost with the worker that ran it."""

import asyncio
import time
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from tinhso.host.worker import keep_taking_up, take_up_stalled_jobs

UNDER_WAY = """
with worker as (
  insert into procrastinate_workers (last_heartbeat) values (now() - %s * interval '1 second') returning id
)
insert into procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id)
select 'facts', 'somebody.works', '{}', 'doing', 1, id from worker returning id
"""


def job_of_a_worker_heard(seconds_ago: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(UNDER_WAY, [seconds_ago])
        return int(cursor.fetchone()[0])


def state_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select status from procrastinate_jobs where id = %s", [job])
        return str(cursor.fetchone()[0])


async def one_look() -> int:
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as own:
        async with own.open_async():
            return await take_up_stalled_jobs(own)


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_taken_up_again_and_only_that() -> None:
    lost = job_of_a_worker_heard(seconds_ago=60)
    under_way = job_of_a_worker_heard(seconds_ago=1)

    assert asyncio.run(one_look()) == 1

    assert state_of(lost) == "todo"
    assert state_of(under_way) == "doing"


async def looks(seconds: float, *, away: float = 0.0) -> None:
    """A worker looks for that long; the database is away for some seconds in the middle of it."""
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as own:
        async with own.open_async():
            ask, begun = own.connector.execute_query_one_async, time.monotonic()

            async def ask_or_fail(*args: Any, **more: Any) -> Any:
                if 1 < time.monotonic() - begun < 1 + away:
                    raise ConnectorException("away")
                return await ask(*args, **more)

            own.connector.execute_query_one_async = ask_or_fail
            with suppress(TimeoutError):
                await asyncio.wait_for(keep_taking_up(own), seconds)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_killed_worker_is_taken_up_within_five_seconds() -> None:
    lost = job_of_a_worker_heard(seconds_ago=2)

    asyncio.run(looks(5))

    assert state_of(lost) == "todo"


@pytest.mark.django_db(transaction=True)
def test_workers_that_could_not_show_life_while_the_database_was_away_keep_their_jobs() -> None:
    alive = job_of_a_worker_heard(seconds_ago=-2)  # it showed life last just before the database went away

    asyncio.run(looks(7.5, away=4.5))  # at the end its sign of life is 5.5 seconds old

    assert state_of(alive) == "doing", "nobody is given up at the first look after an outage"
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where id = %s", [alive])
