"""Whoever is killed while writing the archive loses nothing, and the next run is right."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.adapters import archive
from tinhso.modules.insight.telemetry.models import Waiting
from tinhso.modules.insight.telemetry.tests.conftest import NOW, add, make_units, send
from tinhso.platform.clock import now

HOUR = timedelta(hours=1)


class Killed(BaseException):
    """What a test throws to end a run in the middle."""


@pytest.fixture
def committed(transactional_db):
    make_units()
    add()
    add("MUA-01", "rain_gauge")


def values(device="SONG-01", kind="river_station", measure="water_level"):
    asked = queries.Asked(device, kind, measure, NOW - 96 * HOUR, NOW + HOUR)
    return [value for _at, value in queries.read_values(asked)]


def fill(start, now=NOW):
    send(*(("water_level", 250 + number / 100, NOW - number * HOUR) for number in range(start, start + 30, 2)), now=now)
    send(
        *(("rain_hour", number, NOW - number * HOUR) for number in range(start, start + 30, 2)),
        device="MUA-01",
        now=now,
    )


def steps(act):
    told = []
    act(now=NOW, progress=lambda step, *_: told.append(step))
    return len(told)


@pytest.mark.parametrize("act", [actions.archive_waiting, actions.tidy_archive])
def test_killed_at_any_step_nothing_is_lost_or_there_twice(committed, act):
    fill(0)
    prepare = (lambda: None) if act is actions.archive_waiting else (lambda: actions.archive_waiting(now=NOW))
    prepare()
    expected = values()
    for step in range(steps(act) + 2):
        fill(step % 2)
        prepare()
        expected = sorted({*expected, *values()}, reverse=True)

        def die(_step, done, _total, at=step):
            if done == at:
                raise Killed

        with suppress(Killed):
            act(now=NOW, progress=die)
        assert values() == expected
        act(now=NOW)
        assert values() == expected
        assert queries.verify_archive() == []
    actions.archive_waiting(now=NOW)
    assert (Waiting.objects.count(), values()) == (0, expected)


def test_what_comes_again_after_it_was_written_is_still_there_once(committed):
    for hours in range(3):
        fill(0, NOW + hours * HOUR)
        actions.archive_waiting(now=NOW)
        assert len(values()) == 15
    before = len(archive.load_manifest().parts)

    assert actions.tidy_archive(now=NOW)["merged"]

    parts = archive.load_manifest().parts
    assert len(parts) < before
    assert queries.count_archived() == 30
    actions.tidy_archive(now=NOW + 24 * HOUR)
    assert sum(part.rows for part in archive.load_manifest().parts) == 30


def test_days_past_their_keeping_go(committed, archive):
    add("CAM-01", "traffic_camera")
    send(("vehicles", 300, NOW - HOUR), device="CAM-01")
    send(("water_level", 250, NOW - HOUR))
    actions.archive_waiting(now=NOW)

    assert actions.tidy_archive(now=NOW + timedelta(days=90))["outdated"] == 0
    assert actions.tidy_archive(now=NOW + timedelta(days=91))["outdated"] == 1
    actions.tidy_archive(now=NOW + timedelta(days=91, hours=1))

    assert [path.parent.name for path in archive.rglob("*.parquet")] == ["river_station"]


def test_a_changed_file_is_found(committed, archive):
    fill(0)
    actions.archive_waiting(now=NOW)
    file = next(archive.rglob("*.parquet"))
    file.write_bytes(file.read_bytes() + b" ")

    assert queries.verify_archive() == [str(file.relative_to(archive))]


def test_a_course_has_the_least_the_mean_and_the_greatest_of_each_hour_up_to_now(committed):
    send(*(("water_level", 250 + minute / 10, NOW - timedelta(minutes=minute)) for minute in range(60, 120)))
    actions.archive_waiting(now=NOW)
    send(("water_level", 249, NOW - timedelta(minutes=1)))

    slots = queries.read_course(queries.Asked("SONG-01", "river_station", "water_level", NOW - 3 * HOUR, NOW), 3600)

    assert [(slot.start.hour, round(slot.least, 2), round(slot.mean, 3), round(slot.most, 2), slot.values) for slot in slots] == [
        (8, 256.1, 259, 261.9, 59), (9, 249, 252.5, 256, 2)
    ]  # fmt: skip


def test_values_within_a_second_stay_apart(committed):
    moments = [NOW - HOUR + timedelta(milliseconds=250 * number) for number in range(4)]
    send(*(("water_level", 250 + number, at) for number, at in enumerate(moments[:2])))
    actions.archive_waiting(now=NOW)
    send(*(("water_level", 250 + number, at) for number, at in enumerate(moments)))

    found = queries.read_values(queries.Asked("SONG-01", "river_station", "water_level", NOW - 2 * HOUR, NOW))

    assert [value for _at, value in found] == [250, 251, 252, 253]
    assert [at.microsecond for at, _value in found] == [0, 250_000, 500_000, 750_000]


WRITER = """
import django
django.setup()
from tinhso.modules.insight.telemetry import actions
from tinhso.platform.clock import now
print("ready", flush=True)
while True:
    actions.archive_waiting(now=now())
    actions.tidy_archive(now=now())
"""


@pytest.mark.slow
def test_a_writer_killed_by_force_leaves_every_value_there_once(committed, settings, tmp_path):
    where = connection.settings_dict
    environment = {
        **os.environ,
        "TINHSO_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tinhso.host.settings",
        "DATABASE_URL": f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}",
    }
    at, kept = now(), set[float]()
    for run in range(4):
        writer = subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, env=environment, text=True)
        writer.stdout.readline()
        for number in range(12):
            value = run * 12 + number
            kept.add(float(value))
            send(("water_level", value, at - timedelta(minutes=value)), now=at)
            time.sleep(0.01 * (number % 3) + 0.004 * run)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()

        asked = queries.Asked("SONG-01", "river_station", "water_level", at - 24 * HOUR, at + HOUR)
        assert sorted(value for _at, value in queries.read_values(asked)) == sorted(kept)
        assert queries.verify_archive() == []
    wait_for_the_lock()
    actions.archive_waiting(now=at)
    assert queries.count_archived() == len(kept)


def wait_for_the_lock():
    """PostgreSQL notices within a moment that the killed writer's connection is gone."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with suppress(archive.ArchiveBusy), archive.writing():
            return
        time.sleep(0.05)
