"""The stage: a durable PostgreSQL in a home of its own, subjects with a database each, rounds in turn, bounded in time."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tinhso.host.children import die_with_parent
from tinhso.host.postgres import socket_folder

ROOT = Path(__file__).resolve().parents[2]
LONGEST_ANSWER_SECONDS = 330.0


class Trouble(RuntimeError):
    """A subject could not do what it was asked."""


@dataclass
class Worker:
    """One process of a subject."""

    running: "subprocess.Popen[str]"

    def ask(self, function: str, **arguments: Any) -> None:
        """Have it call a function of its module; `answer` brings what came of it."""
        assert self.running.stdin is not None
        self.running.stdin.write(json.dumps({"do": function, "with": arguments}) + "\n")
        self.running.stdin.flush()

    def answer(self, until: float) -> Any:
        """What the function returned. :raises Trouble: it failed, ended or took too long"""
        assert self.running.stdout is not None
        ready, _, _ = select.select([self.running.stdout], [], [], max(0.0, until - time.monotonic()))
        line = self.running.stdout.readline() if ready else ""
        if not line:
            raise Trouble("no answer" if not ready else f"ended with {self.running.poll()}")
        found = json.loads(line)
        if "trouble" in found:
            raise Trouble(found["trouble"])
        return found["answer"]

    def end(self) -> None:
        """Let it go; after five seconds end it."""
        assert self.running.stdin is not None
        with suppress(OSError):
            self.running.stdin.close()
        try:
            self.running.wait(5)
        except subprocess.TimeoutExpired:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait()


@dataclass
class Subject:
    """Somebody who is measured: a module of `bench.subjects`, its database, its processes."""

    name: str
    workers: list[Worker] = field(default_factory=list)

    def each(self, count: int, function: str, **arguments: Any) -> list[Any]:
        """Call the function in the first `count` processes at once, each with its `number`; their answers."""
        chosen = self.workers[:count]
        for number, worker in enumerate(chosen):
            worker.ask(function, number=number, **arguments)
        until = time.monotonic() + LONGEST_ANSWER_SECONDS
        return [worker.answer(until) for worker in chosen]

    def one(self, function: str, **arguments: Any) -> Any:
        """Call the function in the first process."""
        self.workers[0].ask(function, **arguments)
        return self.workers[0].answer(time.monotonic() + LONGEST_ANSWER_SECONDS)

    def end(self) -> None:
        """End all its processes."""
        for worker in self.workers:
            worker.end()


@dataclass
class Stage:
    """Where a question is asked: how long, how often, how much, and against whom."""

    home: Path
    rounds: int
    seconds: float
    scale: int
    crowd: int
    workers: int
    quick: bool
    with_peers: bool
    say: Callable[[str], None]

    def address(self, database: str) -> str:
        """The address of a database on the stage's server."""
        return f"postgresql://postgres@/{database}?host={socket_folder(self.home)}"

    def make_database(self, database: str) -> str:
        """An empty database; its address."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'drop database if exists "{database}" with (force)')
            connection.execute(f'create database "{database}"')
        return self.address(database)

    def environment(self, database: str) -> dict[str, str]:
        """What a process of the stage finds in its environment."""
        settings = {"TINHSO_HOME": str(self.home), "TINHSO_DEMO": "", "DATABASE_URL": self.address(database)}
        return {**os.environ, **settings, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}

    @contextmanager
    def subjects(self, names: Mapping[str, int]) -> Iterator[dict[str, Subject]]:
        """Subjects by name with that many processes each, prepared and warm; peers that are not installed are left out."""
        found: dict[str, Subject] = {}
        try:
            for name, workers in names.items():
                self.say(f"{name}: tables and rows")
                subject = found[name] = self._start(name, workers)
                if subject.one("prepare", crowd=self.crowd) == "not installed":
                    self.say(f"{name}: not installed, left out")
                    found.pop(name).end()
            yield found
        finally:
            for subject in found.values():
                subject.end()

    def _start(self, name: str, workers: int) -> Subject:
        database = f"bench_{name}"
        self.make_database(database)
        command = [sys.executable, "-m", "bench.rig.worker", f"bench.subjects.{name}"]
        environment = self.environment(database)
        return Subject(name, [Worker(launch(command, environment)) for _ in range(workers)])

    def in_turn(self, what: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
        """Measure each in turn, as many rounds as the stage has; what each round gave, by name."""
        found: dict[str, list[float]] = {name: [] for name in what}
        for number in range(self.rounds):
            for name, measure in what.items():
                found[name].append(measure())
            told = ", ".join(f"{name} {values[-1]:.4g}" for name, values in found.items())
            self.say(f"round {number + 1} of {self.rounds}: {told}")
        return found


def launch(command: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    """A process that hears on its standard input, and ends with this one, however this one ends."""
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        start_new_session=True, preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509 - no thread runs yet
    )  # fmt: skip
