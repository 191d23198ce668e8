"""
Filing over HTTP with 16 writers: the project's own API, signed in, against SQL written by hand and Django REST framework.

All three run under granian with 2 processes of 4 threads, read the session and the account, check the CSRF token, judge the
same birth registration, look up that the file was handed in by the filer, and write case, work item, paper, chained fact
and request key.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from bench.rig.stage import Stage, launch
from bench.rig.table import Row, middle, percentile
from bench.rig.writers import Heard, post, write_for

QUESTION = "How many filings a second does a web server take in, from 16 writers?"
GOAL = "at least 0.6 of hand-written SQL and 2x Django REST framework in the same server; p99 at most 3x p50"
WRITERS = 16
TOKEN = "b" * 32
APPLICATIONS = {"ours": "tinhso.host.wsgi:application", "counter_rows": "bench.subjects.counter.serving:application"}
PATHS = {"ours": "/api/v1/onestop/dossiers", "hand": "/hand", "framework": "/framework"}
HOMES = {"ours": "ours", "hand": "counter_rows", "framework": "counter_rows"}


def measure(stage: Stage) -> list[Row]:
    """Filings a second and how even they are, in turn."""
    with stage.subjects({"ours": 1, **({"counter_rows": 1} if stage.with_peers else {})}) as subjects:
        ours = subjects["ours"].one("sign_in", count=WRITERS)
        keys = {"ours": ours["sessions"]}
        if "counter_rows" in subjects:
            keys["counter_rows"] = subjects["counter_rows"].one("sign_in", count=WRITERS, sha256=ours["sha256"])
        heard: dict[str, list[Heard]] = {}
        with _serving(stage, list(keys)) as ports:
            doors = {door: home for door, home in HOMES.items() if home in ports}
            measured = {
                door: _round(stage, ports[home], _requests(door, keys[home], ours["body"]), heard.setdefault(door, []))
                for door, home in doors.items()
            }
            for each in measured.values():
                each()  # warm
            for each in heard.values():
                each.clear()
            rounds = stage.in_turn(measured)
    return _rows({door: middle(values) for door, values in rounds.items()}, heard)


def _round(stage: Stage, port: int, requests: list[Callable[[], bytes]], heard: list[Heard]) -> Callable[[], float]:
    def rate() -> float:
        heard.append(write_for(stage.seconds, port, requests))
        return heard[-1].rate

    return rate


def _requests(door: str, sessions: list[str], body: dict[str, Any]) -> list[Callable[[], bytes]]:
    written = json.dumps(body).encode()

    def maker(session: str) -> Callable[[], bytes]:
        numbers = count()

        def make() -> bytes:
            headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
            return post(PATHS[door], written, {**headers, "Idempotency-Key": f"{door}-{next(numbers)}"})

        return make

    return [maker(session) for session in sessions]


@contextmanager
def _serving(stage: Stage, names: list[str]) -> Iterator[dict[str, int]]:
    """A granian for each of the two projects; their ports."""
    running: dict[str, tuple[int, subprocess.Popen[str]]] = {}
    try:
        for name in names:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            options = [
                "--interface",
                "wsgi",
                "--workers",
                "2",
                "--blocking-threads",
                "4",
                "--port",
                str(port),
                "--no-ws",
            ]
            command = [sys.executable, "-m", "granian", *options, "--log-level", "error", APPLICATIONS[name]]
            running[name] = (port, launch(command, stage.environment(f"bench_{name}")))
        for port, server in running.values():
            _await_port(port, server)
        yield {name: port for name, (port, _) in running.items()}
    finally:
        for _, server in running.values():
            server.terminate()
        for _, server in running.values():
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def _await_port(port: int, server: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the web server did not start")


def _rows(rates: dict[str, float], heard: dict[str, list[Heard]]) -> list[Row]:
    title, peer = f"filing over HTTP, {WRITERS} writers", "Django REST framework"
    usual, rare = ({door: _share(each, share) for door, each in heard.items()} for share in (0.5, 0.99))
    evenness = f"{title}, p99 (p50 {', '.join(f'{ms:.1f}' for ms in usual.values())} ms)"
    return [
        Row(
            title,
            "filings/s",
            rates["ours"],
            rates.get("hand"),
            rates.get("framework"),
            peer,
            of_floor=0.6,
            of_peer=2.0,
        ),
        Row(
            evenness,
            "ms",
            rare["ours"],
            rare.get("hand"),
            rare.get("framework"),
            peer,
            at_most=round(3 * usual["ours"], 1),
        ),
    ]


def _share(heard: list[Heard], share: float) -> float:
    """The milliseconds within which that share of the requests was answered."""
    return percentile([each * 1000 for one in heard for each in one.latencies], share)
