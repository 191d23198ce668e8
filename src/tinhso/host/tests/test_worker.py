"""No job is lost with the worker that ran it."""

import asyncio
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from tinhso.host.worker import take_up_stalled_jobs

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
