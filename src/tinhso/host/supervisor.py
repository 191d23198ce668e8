"""The supervisor: starts the children of one installation, brings back what dies, stops all of it in order."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from os import killpg
from types import FrameType

from tinhso.host.children import start_child

LOOK_EVERY_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 15.0
STEADY_AFTER_SECONDS = 5.0  # longer than a start takes; what dies later was well, and comes back at once
STOP_WITHIN_SECONDS = 2.0
Say = Callable[[str], None]


class StopSignal:
    """Whether somebody asked to stop: Ctrl-C, SIGTERM, or a terminal that was closed."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


@dataclass
class Child:
    """One process to be kept alive: `command` is started again after it died, each time a little later."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    failures: int = 0
    _started_at: float = field(default=0.0, repr=False)
    _not_before: float = field(default=0.0, repr=False)

    @property
    def alive(self) -> bool:
        """Whether it runs right now."""
        return self.process is not None and self.process.poll() is None

    def tend(self, say: Say) -> None:
        """Start it when it is due; say so and wait longer each time when it has died."""
        if self.alive:
            return
        now = time.monotonic()
        if self.process is not None:
            self._note_death(now, say)
        if now >= self._not_before:
            self.process = start_child(self.command, number=signal.SIGKILL, environment=self.environment)
            self._started_at = now

    def _note_death(self, now: float, say: Say) -> None:
        assert self.process is not None
        steady = now - self._started_at > STEADY_AFTER_SECONDS
        self.failures = 1 if steady else self.failures + 1
        pause = 0.0 if self.failures == 1 else min(LONGEST_PAUSE_SECONDS, 0.5 * 2.0 ** (self.failures - 2))
        self._not_before = now + pause
        say(
            f"{self.name} dừng ngoài ý muốn (mã {self.process.returncode}), chạy lại sau {pause:.1f} s"
            f" · stopped unexpectedly, starts again in {pause:.1f} s"
        )
        self._clear_up()
        self.process = None

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and end."""
        if self.process is not None and self.alive:
            self.process.terminate()

    def stop(self, *, within: float = STOP_WITHIN_SECONDS) -> None:
        """Ask it to end, and after `within` seconds end it with everything it started."""
        if self.process is not None:
            self.ask_to_stop()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(within)
            self._clear_up()
            self.process.wait()

    def _clear_up(self) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError, PermissionError):
            killpg(self.process.pid, signal.SIGKILL)


def port_is_free(address: str, port: int) -> bool:
    """Whether a server may listen at that address and port now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def stop_all(children: Sequence[Child]) -> None:
    """Ask all children to end, then end those that have not after two seconds."""
    until = time.monotonic() + STOP_WITHIN_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop(within=max(0.0, until - time.monotonic()))


def watch(children: Sequence[Child], stop: StopSignal, *, also: Sequence[Callable[[], None]], say: Say) -> None:
    """Keep all children alive until stop is asked, calling `also` at every round."""
    while not stop.asked:
        for look in also:
            look()
        for child in children:
            child.tend(say)
        time.sleep(LOOK_EVERY_SECONDS)
