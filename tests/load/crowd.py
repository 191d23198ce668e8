"""A crowd at one installation: citizens who file, officers who take steps, and what each of them was told."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from random import Random

from load.visitor import Visitor, child_named, paper_for
from tinhso.platform.people.adapters.demonstration import read_citizens, read_officers, read_places
from tinhso.platform.people.rules import FILE_LEVEL, new_code

CITIZENS, RECEPTIONISTS = 3, 2
ACTS = ("accept", "propose", "sign")


@dataclass(frozen=True, slots=True)
class Filed:
    """One acknowledged filing."""

    key: str
    actor: str
    public_id: str
    child: str
    paper: str


@dataclass
class Told:
    """What the installation acknowledged: filings, and acts as (tracking id, act). Lists grow from many threads."""

    filed: list[Filed] = field(default_factory=list)
    acts: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str]] = field(default_factory=list)  # repeated, and then found done

    def done(self, act: str) -> set[str]:
        """The dossiers on which that act was done, with or without an answer."""
        return {public_id for public_id, name in (*self.acts, *self.unanswered) if name == act}


class Crowd:
    """Threads that go on until told to finish; what goes wrong in any of them is kept in `complaints`."""

    def __init__(self, port: int, *, pause: float, seed: int, loses: float = 0.0) -> None:
        self.port, self.pause, self.told, self.complaints = port, pause, Told(), list[str]()
        self.visitors, self.loses = list[Visitor](), loses
        self._numbers, self._finish, self._dice = count(seed % 1000 * 1000), threading.Event(), Random(seed)
        self._lines = {act: queue.Queue[str]() for act in ACTS}
        self._threads = [
            *(self._thread(self._file, code) for code in citizen_codes()[:CITIZENS]),
            *(self._thread(self._serve, officer_code("mot-cua"), "accept", "propose") for _ in range(RECEPTIONISTS)),
            self._thread(self._serve, officer_code("ho-tich"), "propose", "sign"),
            self._thread(self._serve, officer_code("lanh-dao"), "sign", ""),
        ]

    def _thread(self, work: Callable[..., None], code: str, *words: str) -> threading.Thread:
        visitor = Visitor(self.port, code, loses=self.loses, dice=Random(self._dice.random()))
        self.visitors.append(visitor)

        def run() -> None:
            try:
                visitor.sign_in()
                work(visitor, *words)
            except BaseException as trouble:  # noqa: BLE001 - told by the test, whatever it is
                self.complaints.append(f"{code} {words}: {trouble!r}")
                self._finish.set()

        return threading.Thread(target=run, daemon=True)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self, *, within: float) -> None:
        """Let everybody finish what they are at; who does not come to an end is a complaint."""
        self._finish.set()
        until = time.monotonic() + within
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self.complaints += ["somebody still waits for an answer" for thread in self._threads if thread.is_alive()]

    def _file(self, visitor: Visitor) -> None:
        while not self._finish.is_set():
            number = next(self._numbers)
            child, key = child_named(number), f"birth-{number}"
            paper = visitor.hand_in(paper_for(child))
            public_id = visitor.file_dossier(key, child, paper)
            self.told.filed.append(Filed(key, visitor.code, public_id, child, paper))
            self._lines["accept"].put(public_id)
            self._finish.wait(self.pause * (0.5 + self._dice.random()))

    def _serve(self, visitor: Visitor, act: str, following: str) -> None:
        while not self._finish.is_set():
            try:
                public_id = self._lines[act].get(timeout=0.2)
            except queue.Empty:
                continue
            done = visitor.act(public_id, act)
            (self.told.acts if done else self.told.unanswered).append((public_id, act))
            if following:
                self._lines[following].put(public_id)


@contextmanager
def at_work(crowd: Crowd) -> Iterator[Crowd]:
    """The crowd works for as long as the block runs, and is sent home whatever happens in it."""
    crowd.start()
    try:
        yield crowd
    finally:
        crowd.finish(within=70)


def citizen_codes() -> list[str]:
    """Public codes of the demonstration's citizens who may file."""
    able = [identity for identity in read_citizens() if identity.level >= FILE_LEVEL]
    return [new_code("citizen", Random(identity.personal_number)) for identity in able]


def officer_code(key: str) -> str:
    """Public code of the demonstration's officer of that name, at the commune or the province."""
    places, card = read_places(), next(card for card in read_officers() if card.key == key)
    assert places
    return new_code("officer", Random(f"{places[card.at == 'province']} {key}"))
