"""Child processes that never outlive their parent, and the user they run as."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2); Linux only, elsewhere children are only stopped in order
_prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)


def die_with_parent(number: int = signal.SIGTERM) -> Callable[[], None]:
    """What a fresh child calls so that the kernel sends it `number` when its parent is gone, kill -9 included."""
    parent = os.getpid()

    def ask() -> None:
        die_with_my_parent(number)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)

    return ask


def die_with_my_parent(number: int = signal.SIGTERM) -> None:
    """Have the kernel send this process signal `number` when its parent is gone."""
    if _prctl is not None:
        _prctl(_DIE_WITH_PARENT, number)


def start_child(
    command: Sequence[str],
    *,
    number: int = signal.SIGTERM,
    owner: pwd.struct_passwd | None = None,
    output: IO[bytes] | None = None,
    environment: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """
    Start `command` in a session of its own (Ctrl-C does not reach it), bound to this process's life by signal `number`.

    It runs as `owner` when given, writing to `output`; must be called from the main thread.
    """
    as_other: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    return subprocess.Popen(
        command,
        env=dict(environment) if environment is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=die_with_parent(number),  # noqa: PLW1509 - no thread runs yet, and nothing else asks the kernel
        **as_other,
    )


def owner_of_the_database(name: str = "tinhso-db") -> pwd.struct_passwd | None:
    """The account PostgreSQL runs as: None (ourselves), or for root, whom it refuses, the account `name`, made once."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(name)
    except KeyError:
        tool = shutil.which("useradd") or "/usr/sbin/useradd"
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run([tool, *options, "--shell", "/usr/sbin/nologin", name], check=True, capture_output=True)
        return pwd.getpwnam(name)


def let_pass(folder: Path) -> None:
    """Let others pass through, not read, the folders above `folder` (o+x), so that another account reaches it."""
    for above in folder.parents:
        mode = above.stat().st_mode
        if not mode & 0o001:
            above.chmod(mode | 0o001)


def let_read(folder: Path) -> None:
    """Let others read `folder` and everything in it, when it was installed for its owner alone."""
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        wanted = mode | 0o004 | (0o001 if mode & 0o100 else 0)
        if mode != wanted and not path.is_symlink():
            path.chmod(wanted)
