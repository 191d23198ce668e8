"""
The guard of an embedded PostgreSQL: a process that keeps the server as long as anyone uses it, and not longer.

Every user of the server holds a shared lock on `postgres.users`; the kernel takes it away when a process ends, however
it ends. When the guard gets that lock for itself alone, nobody is left: it stops the server and goes. Should the guard
itself be killed, the kernel asks the server to stop.
"""

import fcntl
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from tinhso.host.children import owner_of_the_database, start_child

LOOK_EVERY_SECONDS = 0.2
PATIENCE_SECONDS = 30.0


def take_lock(path: Path, kind: int) -> int:
    """The open descriptor of `path`, locked as `kind` says; BlockingIOError when LOCK_NB finds it taken."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


def running_server(folder: Path) -> tuple[int, str] | None:
    """The server of the cluster `folder`: its process id and state ("starting", "ready", "stopping"), or None."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        number = int(lines[0])
        here = Path(f"/proc/{number}/cwd").readlink() == folder
    except (OSError, ValueError, IndexError):
        return None
    return (number, lines[7].strip() if len(lines) > 7 else "starting") if here else None


def is_alive(number: int) -> bool:
    """Whether the process still runs (0 never does); a dead one that nobody has buried yet does not count."""
    try:
        Path(f"/proc/{number}/exe").readlink()
    except OSError:
        return False
    return True


def forget_a_stale_file(folder: Path) -> None:
    """Remove `postmaster.pid` when its number now belongs to a stranger, say after a power cut."""
    with suppress(OSError, ValueError, IndexError):
        number = int((folder / "postmaster.pid").read_text().splitlines()[0])
        if is_alive(number) and running_server(folder) is None:
            (folder / "postmaster.pid").unlink()


def guard(folder: Path, binary: str, log: Path) -> None:
    """Run (or take over) the server of `folder` until nobody uses it or SIGTERM comes, then stop it in order."""
    home = folder.parent
    if not _become_guard(home / "postgres.guard"):
        return
    os.chdir(folder)
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: asked.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = running_server(folder)
    number = server[0] if server else _launch(folder, binary, log)
    alone = None
    while is_alive(number) and not asked and alone is None:
        time.sleep(LOOK_EVERY_SECONDS)
        with suppress(BlockingIOError):
            alone = take_lock(home / "postgres.users", fcntl.LOCK_EX | fcntl.LOCK_NB)
    _stop(number)


def _become_guard(path: Path) -> bool:
    """Take the guard's lock for the life of this process; False when another has it (a mere look is waited for)."""
    for _ in range(5):
        with suppress(BlockingIOError):
            own = take_lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.truncate(own, 0)
            os.write(own, str(os.getpid()).encode())
            return True
        time.sleep(0.05)
    return False


def _launch(folder: Path, binary: str, log: Path) -> int:
    forget_a_stale_file(folder)
    with log.open("ab") as output:
        command = [binary, "-D", str(folder)]
        return start_child(command, number=signal.SIGINT, owner=owner_of_the_database(), output=output).pid


def _stop(number: int) -> None:
    """Ask for a fast shutdown; after long patience, for an immediate one (recovery then follows at the next start)."""
    for kind, seconds in ((signal.SIGINT, PATIENCE_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 1.0)):
        with suppress(ProcessLookupError):
            os.kill(number, kind)
        until = time.monotonic() + seconds
        while is_alive(number):
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        else:
            return


if __name__ == "__main__":
    guard(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
