"""`tinhso run` as a newcomer meets it: it starts, starts again quickly, stops whole, and survives any kind of death."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """One home and port, and the run in it."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.run = home, free_port(), None
        self.output = home / "output.txt"

    def start(self) -> float:
        """Start and wait for the welcome; how many seconds that took."""
        begun = time.monotonic()
        with self.output.open("wb") as output:
            self.run = self.command("run", stdout=output)
        wait_for(lambda: "Ctrl-C" in self.output.read_text() or self.run.poll() is not None, seconds=90)
        assert self.run.poll() is None, self.output.read_text()
        assert self.health() == "ok", self.output.read_text()
        return time.monotonic() - begun

    def command(self, *words: str, **options: object) -> "subprocess.Popen[bytes]":
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"TINHSO_HOME": str(self.home), "PORT": str(self.port), "TINHSO_DEMO": "1"}
        words = (sys.executable, "-c", "from tinhso.host.cli import main; main()", *words)
        return subprocess.Popen(words, env=environment, stderr=subprocess.STDOUT, **options)

    def says(self, *words: str) -> str:
        """What a command prints that is expected to end by itself."""
        with self.command(*words, stdout=subprocess.PIPE) as child:
            return child.communicate(timeout=30)[0].decode()

    def health(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return json.load(answer)["status"]
        except OSError as trouble:
            return str(trouble)

    def end(self, number: int) -> float:
        begun = time.monotonic()
        os.kill(self.run.pid, number)
        self.run.wait(30)
        return time.monotonic() - begun

    def processes(self) -> dict[int, str]:
        """Everything that runs because of this home."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                because = words + (folder / "environ").read_text(errors="replace")
            except OSError:
                continue
            if str(self.home) in because and words and int(folder.name) != os.getpid():
                found[int(folder.name)] = words
        return found

    def one_of(self, *parts: str) -> int:
        return min(number for number, words in self.processes().items() if all(part in words for part in parts))


def wait_for(holds: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="tinhso-"))
    made = Installation(home)
    yield made
    for number in made.processes():
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
    shutil.rmtree(home)


@pytest.mark.slow
def test_an_installation_starts_stops_and_comes_back_after_any_kind_of_death(installation: Installation) -> None:
    installation.start()
    assert installation.end(signal.SIGINT) < 5
    assert installation.processes() == {}

    assert installation.start() < 10
    installation.end(signal.SIGKILL)
    wait_for(lambda: installation.processes() == {}, seconds=5)

    assert installation.start() < 10
    assert "đang chạy rồi" in installation.says("run")
    for part in (("granian",), ("host.worker",), ("bin/postgres", "-D"), ("postgres_guard",)):
        victim = installation.one_of(*part)
        os.kill(victim, signal.SIGKILL)
        wait_for(
            lambda part=part, victim=victim: (
                victim not in (found := installation.processes())
                and any(all(word in words for word in part) for words in found.values())
            ),
            seconds=20,
        )
    wait_for(lambda: installation.health() == "ok", seconds=20)
    assert installation.end(signal.SIGTERM) < 5
    assert installation.processes() == {}


def test_a_port_in_use_is_named_together_with_what_to_do(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        said = installation.says("run")

    assert f"Cổng {installation.port}" in said
    assert f"PORT={installation.port + 1} make run" in said
