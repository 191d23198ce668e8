"""The worker: runs jobs from the database, and takes up again those of workers that died."""

import asyncio
import logging
import os
from typing import Any

STALLED_AFTER_SECONDS = 20.0
HEARTBEAT_SECONDS = 5.0
JOBS_AT_ONCE = 4

log = logging.getLogger(__name__)


async def take_up_stalled_jobs(app: Any) -> int:
    """Give jobs whose worker no longer shows signs of life back to the queue; how many that were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for job in stalled:
        log.warning("job %s (%s) is taken up again: its worker died", job.id, job.task_name)
        await app.job_manager.retry_job(job)
    return len(stalled)


async def keep_taking_up(app: Any) -> None:
    """Look for stalled jobs every few seconds; a failing look is told and does not end the looking."""
    while True:
        try:
            await take_up_stalled_jobs(app)
        except Exception:
            log.exception("stalled jobs could not be looked for")
        await asyncio.sleep(HEARTBEAT_SECONDS)


async def work() -> None:
    """Run jobs until SIGTERM; those under way get a second and a half to finish, else they are run again later."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as own:  # type: ignore[attr-defined]
        async with own.open_async():
            rounds = asyncio.create_task(keep_taking_up(own))
            try:
                await own.run_worker_async(
                    concurrency=JOBS_AT_ONCE,
                    name=f"worker-{os.getpid()}",
                    shutdown_graceful_timeout=1.5,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_AFTER_SECONDS,
                    delete_jobs="successful",
                )
            finally:
                rounds.cancel()


def main() -> None:
    """Set Django up and work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
    import django

    django.setup()
    asyncio.run(work())


if __name__ == "__main__":
    main()
