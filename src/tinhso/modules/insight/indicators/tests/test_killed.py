"""Whoever is killed in the middle of a refresh leaves the old figures readable, and the next run is right."""

import os
import signal
import subprocess
import sys
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.adapters import postgres
from tinhso.modules.insight.indicators.tests.conftest import AUTUMN, NOW, SECOND, figure, file, fill, resolve
from tinhso.platform.cases.models import Case


class Killed(BaseException):
    """What a test throws to end a run in the middle."""


def steps_of_a_refresh():
    told = []
    actions.refresh_warehouse(now=NOW, progress=lambda step, *_: told.append(step))
    return told


def test_a_run_killed_at_any_step_leaves_the_old_figures_and_the_next_run_is_right(province, warehouse):
    resolve(file())
    steps = len(steps_of_a_refresh())
    expected = (1, 1)
    for step in range(1, steps + 1):
        resolve(file(SECOND), SECOND)

        def die(_step, done, _total, at=step):
            if done == at:
                raise Killed

        with pytest.raises(Killed):
            actions.refresh_warehouse(now=NOW, progress=die)
        published = step >= steps - 1  # the manifest is in force: what is left is sweeping
        assert figure() == ((expected[0] + 1, expected[1] + 1) if published else expected)

        actions.refresh_warehouse(now=NOW)
        expected = (expected[0] + 1, expected[1] + 1)
        assert figure() == expected
    assert queries.verify_warehouse() == []
    actions.rebuild_warehouse(now=NOW)
    kept = {str(path.relative_to(warehouse)) for path in warehouse.rglob("*") if path.is_file()}
    assert len(kept) <= 2 * len(queries.get_manifest().names) + 1, "files that no longer count are swept away"


def test_two_refreshes_do_not_meet(committed):
    met = []

    def try_now():
        try:
            actions.refresh_warehouse(now=NOW)
        except actions.WarehouseBusy as busy:
            met.append(busy.vi)
        finally:
            connection.close()

    with postgres.snapshot():
        other = Thread(target=try_now)
        other.start()
        other.join()
    assert met == ["Đang có tiến trình khác làm mới kho số liệu. Hãy thử lại sau một phút."]


def test_an_act_that_commits_after_a_later_one_was_taken_up_is_taken_up_too(committed):
    filed, other_is_in = Event(), Event()

    def file_slowly():
        with transaction.atomic():
            file()  # draws its number in the ledger now, and commits only at the end
            filed.set()
            other_is_in.wait(20)
        connection.close()

    slow = Thread(target=file_slowly)
    slow.start()
    filed.wait(20)
    file(SECOND)
    actions.refresh_warehouse(now=NOW)
    assert figure("online_share") == (1, 1)
    other_is_in.set()
    slow.join()

    actions.refresh_warehouse(now=NOW)

    assert figure("online_share") == (2, 2)


@pytest.mark.slow
def test_the_command_killed_by_force_leaves_a_warehouse_that_reads_and_mends(committed, settings, tmp_path):
    fill(5, 30)
    where = connection.settings_dict
    environment = {
        **os.environ,
        "TINHSO_HOME": str(tmp_path),
        "DATABASE_URL": f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}",
    }
    command = [sys.executable, "-c", "from tinhso.host.cli import main; main()", "warehouse"]
    for lines in (1, 9, 18):
        run = subprocess.Popen([*command, "rebuild"], stdout=subprocess.PIPE, env=environment, text=True)
        for _ in range(lines):
            run.stdout.readline()
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        resolve(file())
        whole = subprocess.run([*command, "refresh"], env=environment, capture_output=True, text=True, check=False)
        assert whole.returncode == 0, whole.stderr
    checked = subprocess.run([*command, "verify"], env=environment, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    settings.WAREHOUSE_ROOT = tmp_path / "warehouse"
    on_time = Case.objects.filter(resolved_at__isnull=False).count()
    assert figure(period=AUTUMN)[1] == on_time
