"""The supervisor brings back what dies, later each time, and leaves nothing behind when it stops."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tinhso.host.postgres_guard import is_alive
from tinhso.host.supervisor import Child

STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
own = subprocess.Popen(["sleep", "600"])
open(sys.argv[1], "w").write(f"{os.getpid()} {own.pid}")
time.sleep(600)
"""
PARENT = """
import sys, time
from tinhso.host.children import start_child
child = start_child(["sleep", "600"])
print(child.pid, flush=True)
time.sleep(600)
"""


def tended(child: Child, seconds: float) -> list[str]:
    """What is said while the child is looked after for so long."""
    said: list[str] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        child.tend(said.append)
        time.sleep(0.02)
    return said


def wait_until_gone(*numbers: int) -> None:
    until = time.monotonic() + 3
    while any(is_alive(number) for number in numbers):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_child_that_dies_again_and_again_is_started_later_each_time(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    child = Child("failing", ["sh", "-c", f"echo >> {starts}; exit 7"], dict(os.environ))

    said = tended(child, seconds=2.0)

    assert "mã 7" in said[0]
    assert 3 <= len(starts.read_text().splitlines()) <= 4, "at once, at once again, after 0.5 s, after 1 s"


@pytest.mark.slow
def test_a_child_that_will_not_end_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    numbers = tmp_path / "numbers"
    child = Child("stubborn", [sys.executable, "-c", STUBBORN, str(numbers)], dict(os.environ))
    while not numbers.exists() or len(numbers.read_text().split()) < 2:
        tended(child, seconds=0.1)
    begun = time.monotonic()

    child.stop()

    wait_until_gone(*map(int, numbers.read_text().split()))
    assert time.monotonic() - begun < 4


def test_a_child_ends_with_its_parent_however_that_ends() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)

        parent.kill()

    wait_until_gone(child)
