"""The worker: runs jobs from the database, and takes up again those of workers that died."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from tinhso.host.companions import in_company
from tinhso.host.home import home_folder
from tinhso.host.prepared import wait_until_prepared

STALLED_AFTER_SECONDS = 4.0
HEARTBEAT_SECONDS = 1.0
PATIENCE_SECONDS = 2.5  # within that every worker that lives has shown so, once the database is there
FORGOTTEN_AFTER_SECONDS = 20.0
JOBS_AT_ONCE = 4
ASKS_EVERY_SECONDS = 0.5  # nobody is notified of a new job, see the ledger's migration 0005
AWAY = (OperationalError, InterfaceError, ConnectorException)
AWAY_AT_MOST_SECONDS = 60.0

log = logging.getLogger(__name__)


async def take_up_stalled_jobs(app: Any) -> int:
    """Give jobs whose worker no longer shows signs of life back to the queue; how many that were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for job in stalled:
        log.warning("job %s (%s) is taken up again: its worker died", job.id, job.task_name)
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the next one of its kind is in the queue already, and waits for this one's lock
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    return len(stalled)


async def keep_taking_up(app: Any) -> None:
    """
    Look for stalled jobs every second; a failing look is told and does not end the looking.

    Where the database was away, or this process stood still, everybody's signs of life are old: they get time for new ones.
    """
    heard, look_from = time.monotonic(), time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            await app.connector.execute_query_one_async("select 1 as one")
            if time.monotonic() - heard > 3 * HEARTBEAT_SECONDS:
                look_from = time.monotonic() + PATIENCE_SECONDS
            heard = time.monotonic()
            if heard >= look_from:
                await take_up_stalled_jobs(app)
        except Exception:
            log.exception("stalled jobs could not be looked for")
        await asyncio.sleep(HEARTBEAT_SECONDS)


def outlast_the_database(run_job: Callable[[], Any], _context: Any, _worker: Any) -> Any:
    """Run a job again while the database is away: what it did was rolled back, and jobs are safe to run twice."""
    until = time.monotonic() + AWAY_AT_MOST_SECONDS
    while True:
        try:
            return run_job()
        except AWAY:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
            close_old_connections()


def worker_connector(app: Any) -> Any:
    """
    The worker's own connections; but a job that a job defers goes through Django's.

    So it stands or falls with the transaction that defers it, and is never run before what it speaks of is there. What
    became of a job is written down however long the database is away: else the job would seem to run for ever.
    """
    own, of_django = app.connector.get_worker_connector(), app.connector
    own.get_sync_connector = lambda: of_django
    own.execute_query_async = insisting(own.execute_query_async)
    return own


def insisting(ask: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The same question, asked again and again while the database is away."""

    async def insist(query: Any, **arguments: Any) -> None:
        while True:
            try:
                return await ask(query, **arguments)
            except ConnectorException as trouble:
                if not isinstance(trouble.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                    raise
            await asyncio.sleep(0.5)

    return insist


async def work() -> None:
    """Run jobs until SIGTERM; those under way get a second and a half to finish, else they are run again later."""
    from procrastinate.contrib.django import app

    with app.replace_connector(worker_connector(app)) as own, in_company():
        async with own.open_async():
            rounds = asyncio.create_task(keep_taking_up(own))
            try:
                await own.run_worker_async(
                    concurrency=JOBS_AT_ONCE,
                    listen_notify=False,
                    fetch_job_polling_interval=ASKS_EVERY_SECONDS,
                    name=f"worker-{os.getpid()}",
                    shutdown_graceful_timeout=1.5,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=FORGOTTEN_AFTER_SECONDS,
                    delete_jobs="successful",
                    task_middleware=[*own.worker_defaults["task_middleware"], outlast_the_database],
                )
            finally:
                rounds.cancel()


def main() -> None:
    """Set Django up and work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
    import django

    django.setup()
    wait_until_prepared(home_folder())
    asyncio.run(work())


if __name__ == "__main__":
    main()
