"""The embedded PostgreSQL starts whatever was left behind, and stops with its last user."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tinhso.host.postgres import Postgres, cluster_folder, socket_folder
from tinhso.host.postgres_guard import running_server


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tinhso-"))
    yield folder
    shutil.rmtree(folder)


def answers(home: Path) -> bool:
    with psycopg.connect(host=str(socket_folder(home)), user="postgres", dbname="postgres", port=5432) as connection:
        return connection.execute("select 1").fetchone() == (1,)


def test_the_server_stops_with_its_last_user(home: Path) -> None:
    first, second = Postgres(home, durable=False), Postgres(home, durable=False)
    first.start()
    second.start()
    first.stop()
    assert answers(home)

    second.stop()

    assert running_server(cluster_folder(home)) is None


def test_a_process_id_that_belongs_to_a_stranger_by_now_does_not_stop_the_start(home: Path) -> None:
    server = Postgres(home, durable=False)
    server.start()
    server.stop()
    (cluster_folder(home) / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster_folder(home)}\n")

    server.start()

    assert answers(home)
    server.stop()


def test_a_killed_server_comes_back_with_what_was_written(home: Path) -> None:
    server = Postgres(home, durable=True)
    server.start()
    with psycopg.connect(host=str(socket_folder(home)), user="postgres", dbname="postgres", port=5432) as connection:
        connection.execute("create table kept as select 7 as number")
    found = running_server(cluster_folder(home))
    assert found
    os.kill(found[0], signal.SIGKILL)
    while running_server(cluster_folder(home)) == found:
        time.sleep(0.01)

    server.start()

    with psycopg.connect(host=str(socket_folder(home)), user="postgres", dbname="postgres", port=5432) as connection:
        assert connection.execute("select number from kept").fetchone() == (7,)
    server.stop()


def test_half_a_cluster_of_a_killed_start_is_made_anew(home: Path) -> None:
    (home / "postgres.new").mkdir()
    (home / "postgres.new/PG_VERSION").write_text("18")
    server = Postgres(home, durable=False)

    server.start()

    assert answers(home)
    server.stop()


def test_a_home_with_a_long_path_has_its_socket_elsewhere(home: Path) -> None:
    far = home / ("x" * 100)
    far.mkdir()
    server = Postgres(far, durable=False)

    server.start()

    assert answers(far)
    assert socket_folder(far).stat().st_mode & 0o077 == 0
    server.stop()
    shutil.rmtree(socket_folder(far))
