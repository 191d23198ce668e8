"""An installation as its keeper meets it: it starts, stops whole, survives any kind of death, is saved and restored."""

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
from contextlib import suppress
from pathlib import Path

import pytest

PATIENCE = 300  # of who waits for a run to be ready: it ends sooner with the run, and a busy machine is no fault
COMMAND_LINE = "from tinhso.host.cli import main; main()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """One home and port, and the run in it."""

    demo = "0"

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.run = home, free_port(), None
        self.output = home / "output.txt"

    def start(self) -> float:
        """Start and wait for the welcome; how many seconds that took."""
        begun = time.monotonic()
        with self.output.open("wb") as output:
            self.run = self.command("run", stdout=output)
        wait_for(lambda: "Ctrl-C" in self.output.read_text() or self.run.poll() is not None, seconds=PATIENCE)
        assert self.run.poll() is None, self.output.read_text()
        wait_for(lambda: self.health() == "ok", seconds=30)
        return time.monotonic() - begun

    def command(self, *words: str, program: str = COMMAND_LINE, **options: object) -> "subprocess.Popen[bytes]":
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"TINHSO_HOME": str(self.home), "PORT": str(self.port), "TINHSO_DEMO": self.demo}
        return subprocess.Popen(
            (sys.executable, "-c", program, *words), env=environment, stderr=subprocess.STDOUT, **options
        )

    def says(self, *words: str, program: str = COMMAND_LINE) -> str:
        """What a command prints that is expected to end by itself."""
        with self.command(*words, program=program, stdout=subprocess.PIPE) as child:
            return child.communicate(timeout=PATIENCE)[0].decode()

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

    def running(self) -> dict[int, str]:
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
        return min(number for number, words in self.running().items() if all(part in words for part in parts))


def wait_for(holds: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="tinhso-"))
    yield Installation(home)
    remove(home)


@pytest.fixture
def second_installation() -> Iterator[Installation]:
    home = Path(tempfile.mkdtemp(prefix="tinhso-"))
    yield Installation(home)
    remove(home)


def remove(home: Path) -> None:
    for number in Installation(home).running():
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    shutil.rmtree(home)


def seconds_to_load_the_code(installation: Installation) -> float:
    """What one process needs on this machine now, so that a busy machine is not taken for a slow start."""
    begun = time.monotonic()
    installation.says(program="from tinhso.host.cli import start_django; start_django(database=False)")
    return time.monotonic() - begun


@pytest.mark.slow
def test_an_installation_starts_stops_and_comes_back_after_any_kind_of_death(installation: Installation) -> None:
    installation.start()
    assert installation.end(signal.SIGINT) < 5
    assert installation.running() == {}

    again = installation.start()
    installation.end(signal.SIGKILL)
    wait_for(lambda: installation.running() == {}, seconds=5)

    assert min(again, installation.start()) < max(10, 8 * seconds_to_load_the_code(installation))
    assert "đang chạy rồi" in installation.says("run")
    said = installation.says("doctor")
    assert "the worker is alive" in said
    assert "✗" not in said
    for part in (("host.web",), ("host.worker",), ("bin/postgres", "-D"), ("postgres_guard",)):
        victim = installation.one_of(*part)
        os.kill(victim, signal.SIGKILL)
        wait_for(
            lambda part=part, victim=victim: (
                victim not in (found := installation.running())
                and any(all(word in words for word in part) for words in found.values())
            ),
            seconds=20,
        )
    wait_for(lambda: installation.health() == "ok", seconds=20)
    assert installation.end(signal.SIGTERM) < 5
    assert installation.running() == {}


def test_a_port_in_use_is_named_together_with_what_to_do(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        said = installation.says("run")

    assert f"Cổng {installation.port}" in said
    assert f"PORT={installation.port + 1} make run" in said


ROWS = """
from tinhso.host.cli import start_django
start_django()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname !~ '^(pg_|inf)' order by 1")
    for (table,) in cursor.fetchall():
        cursor.execute(f"select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t")
        print(table, *cursor.fetchone())
"""


@pytest.mark.slow
def test_a_restored_installation_holds_the_same_rows_files_and_keys(
    installation: Installation, second_installation: Installation
) -> None:
    saved = installation.home / "saved.tar"
    installation.says("packs", "load")
    for name, content in (("files/ab/abc", b"\x00 paper"), ("keys/seal.pem", b"key")):
        (installation.home / name).parent.mkdir(parents=True, exist_ok=True)
        (installation.home / name).write_bytes(content)

    assert "MB" in installation.says("backup", str(saved))
    assert "đã có" in installation.says("backup", str(saved)), "an archive is not overwritten"
    assert saved.stat().st_mode & 0o077 == 0
    assert "Đã khôi phục" in second_installation.says("restore", str(saved))

    rows = installation.says(program=ROWS)
    assert "django_migrations" in rows
    assert second_installation.says(program=ROWS) == rows
    assert (second_installation.home / "files/ab/abc").read_bytes() == b"\x00 paper"
    assert (second_installation.home / "keys/seal.pem").read_bytes() == b"key"
    assert "--yes" in second_installation.says("restore", str(saved)), "what is there is not replaced unasked"

    change_in_the_middle(saved)
    assert "đã bị đổi" in second_installation.says("restore", "--yes", str(saved)), "a changed archive is refused"
    assert second_installation.says(program=ROWS) == rows


def change_in_the_middle(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    place = content.index(b"PGDMP") + 5_000
    content[place : place + 4] = b"evil"
    archive.write_bytes(content)
