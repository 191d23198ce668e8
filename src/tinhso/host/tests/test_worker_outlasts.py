"""The worker and a database that goes away: nothing is run too early, nothing stays under way for ever."""

import asyncio
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from tinhso.host import worker
from tinhso.host.worker import insisting, outlast_the_database, take_up_stalled_jobs, worker_connector

STALLED = """
insert into procrastinate_jobs (queue_name, task_name, args, status, queueing_lock, lock)
values ('seals', 'somebody.seals', '{}', %s, 'seal', 'seal') returning id
"""


def jobs(task_name: str) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select id, status::text from procrastinate_jobs where task_name = %s", [task_name])
        return list(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_a_job_that_a_job_defers_falls_with_its_transaction() -> None:
    async def defer_in_vain() -> None:
        with app.replace_connector(worker_connector(app)) as own:
            async with own.open_async():
                await asyncio.to_thread(defer_and_fail)

    def defer_and_fail() -> None:
        with transaction.atomic():
            app.configure_task("somebody.writes", allow_unknown=True).defer()
            assert len(jobs("somebody.writes")) == 1
            transaction.set_rollback(True)
        connection.close()

    asyncio.run(defer_in_vain())

    assert jobs("somebody.writes") == []


@pytest.mark.django_db(transaction=True)
def test_a_stalled_job_gives_way_to_the_next_of_its_kind_that_waits_for_its_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(STALLED, ["doing"])
        cursor.execute(STALLED, ["todo"])
        following = cursor.fetchone()[0]

    async def look() -> int:
        with app.replace_connector(worker_connector(app)) as own:
            async with own.open_async():
                return await take_up_stalled_jobs(own)

    assert asyncio.run(look()) == 1
    assert jobs("somebody.seals") == [(following, "todo")]


def away() -> ConnectorException:
    trouble = ConnectorException()
    trouble.__cause__ = psycopg.OperationalError("server closed the connection")
    return trouble


def test_what_became_of_a_job_is_told_until_the_database_hears_it() -> None:
    heard: list[str] = []

    async def ask(query: str, **_arguments: Any) -> None:
        heard.append(query)
        if len(heard) < 3:
            raise away()

    asyncio.run(insisting(ask)("finished"))

    assert heard == ["finished"] * 3


def test_what_the_database_refuses_is_not_asked_again() -> None:
    async def ask(query: str, **_arguments: Any) -> None:
        raise ConnectorException(query) from psycopg.errors.RaiseException("no such job")

    with pytest.raises(ConnectorException, match="finished"):
        asyncio.run(insisting(ask)("finished"))


def test_a_job_runs_again_until_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    tries: list[int] = []

    def run() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("the database system is starting up")
        return "done"

    assert outlast_the_database(run, None, None) == "done"
    assert len(tries) == 3


def test_a_job_that_fails_for_its_own_reasons_fails_at_once() -> None:
    def run() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        outlast_the_database(run, None, None)
