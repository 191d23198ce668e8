"""What runs in the worker beside its jobs: each in a thread of its own, begun again when it fails."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from tinhso.platform.capability import Companion, capabilities

AGAIN_AFTER_SECONDS = 2.0
ENDS_WITHIN_SECONDS = 1.0

log = logging.getLogger(__name__)


@contextmanager
def in_company() -> Iterator[None]:
    """All companions of all apps run until the block ends; what does not end within a second ends with the process."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=insist, args=(companion, stop), daemon=True)
        for app in capabilities()
        for companion in app.companions()
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(ENDS_WITHIN_SECONDS)


def insist(companion: Companion, stop: threading.Event) -> None:
    """Run a companion again each time it fails, until it returns by itself or stop is said."""
    while not stop.is_set():
        try:
            companion(stop)
        except Exception:
            log.exception("a companion of the worker failed and begins again")
            stop.wait(AGAIN_AFTER_SECONDS)
        else:
            return
        finally:
            connections.close_all()
