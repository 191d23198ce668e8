"""The web server: the pages are loaded once, while the home is still being prepared, and the workers are forked from it."""

import multiprocessing
import os
import signal
import sys
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from tinhso.host.children import die_with_my_parent
from tinhso.host.home import home_folder
from tinhso.host.prepared import wait_until_prepared

THREADS = 8  # a request that waits for an outside system holds one; a few of them must not hold up the others
WORKERS = min(2, os.cpu_count() or 1)


def worker_application() -> Any:
    """The application, for a worker that has just been forked and may not outlive the server."""
    from tinhso.host.wsgi import application

    die_with_my_parent(signal.SIGKILL)
    return application


def main(address: str, port: int) -> None:
    """Serve until SIGTERM; a worker that dies is replaced."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
    django.setup()
    import_module(settings.ROOT_URLCONF)
    wait_until_prepared(home_folder())
    multiprocessing.set_start_method("fork")
    server = Granian(
        "tinhso.host.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=WORKERS,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=2,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=worker_application, wrap_loader=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
