"""The warehouse keeps up by itself, rests when it must, and says in `tinhso doctor` and `packs check` what is wrong."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.apps import apps
from procrastinate.contrib.django import app

from tinhso.host.commands.packs import command
from tinhso.modules.insight.indicators import actions, jobs, queries
from tinhso.modules.insight.indicators.adapters import postgres
from tinhso.modules.insight.indicators.rules import CASES, FACTS
from tinhso.modules.insight.indicators.tests.conftest import AUTUMN, FIRST, NOW, SECOND, SEPTEMBER, act, file, resolve
from tinhso.platform.clock import now
from tinhso.platform.ledger.actions import seal_facts

INDICATORS = apps.get_app_config("indicators")


def test_the_job_runs_every_five_seconds_and_only_once_at_a_time():
    (found,) = [task for (name, _), task in app.periodic_registry.periodic_tasks.items() if "indicators" in name]
    assert found.cron == "* * * * * */5"
    assert (found.task.lock, found.task.queueing_lock) == ("warehouse", "warehouse")


def test_the_job_takes_up_what_was_done(province):
    resolve(file())
    jobs.refresh_every_five_seconds(timestamp=0)
    figure = queries.read_board().figure("on_time_rate", FIRST, AUTUMN)
    assert (figure.numerator, figure.denominator) == (1, 1)
    assert now() - figure.as_of < timedelta(seconds=20)


def test_after_a_long_refresh_the_job_rests_and_leaves_the_machine_to_others(province):
    manifest = replace(actions.refresh_warehouse(now=NOW), took_seconds=10.0)
    assert manifest.may_rest(NOW + timedelta(seconds=19))
    assert not manifest.may_rest(NOW + timedelta(seconds=20))


def test_the_doctor_tells_whether_figures_are_fresh(province):
    assert [each.level for each in INDICATORS.examine(NOW)] == ["warning"]
    actions.refresh_warehouse(now=NOW)
    assert [each.level for each in INDICATORS.examine(NOW + timedelta(minutes=9))] == ["well"]
    assert [each.level for each in INDICATORS.examine(NOW + timedelta(minutes=11))] == ["warning"]


def test_packs_check_names_a_wrong_indicator_with_file_and_line(settings, tmp_path):
    shutil.copytree(settings.PACKS_ROOT / "national", tmp_path / "national")
    wrong = tmp_path / "national/indicators/online_share.sql"
    wrong.write_text(wrong.read_text().replace("channel in (", "chanel in ("))

    run = CliRunner().invoke(command, ["check", "--packs", str(tmp_path), "national"])

    assert run.exit_code == 1
    assert "online_share.sql:11: Câu SQL không chạy được: Binder Error" in run.output
    assert "chanel" in run.output


@pytest.mark.parametrize("kind", ["country", "province"])
def test_a_unit_that_is_no_more_counts_where_its_work_went(province, kind):
    from tinhso.platform.units.models import Succession, Unit

    resolve(file())
    Unit.objects.filter(key=FIRST).update(valid_to="2026-11-01")
    Unit.objects.create(
        key="90009@2026-11-01", code="90009", kind="commune", name="Xã Mới", parent_key=province,
        path=[province, "90009@2026-11-01"], valid_from="2026-11-01", name_en="Mới commune", name_folded="xa moi",
    )  # fmt: skip
    Succession.objects.create(from_key=FIRST, to_key="90009@2026-11-01", partly=False)
    Unit.objects.filter(key=province).update(kind=kind)
    actions.refresh_warehouse(now=NOW)

    board = queries.read_board()

    assert [(each.unit_key, each.denominator) for each in board.by_unit("on_time_rate", "", AUTUMN)] == [
        ("90009@2026-11-01", 1)
    ]
    assert board.figure("on_time_rate", "90009@2026-11-01", AUTUMN).denominator == 1
    assert board.figure("on_time_rate", province, AUTUMN).denominator == 1


def test_figures_are_told_on_the_boundaries_of_their_time_as_well(province):
    from tinhso.platform.units.models import Succession, Unit

    heir = "90009@2026-11-01"
    resolve(file())
    resolve(file(SECOND), SECOND)
    Unit.objects.filter(key=FIRST).update(valid_to="2026-11-01")
    Unit.objects.create(
        key=heir, code="90009", kind="commune", name="Xã Mới", parent_key=province, path=[province, heir],
        valid_from="2026-11-01", name_en="Mới commune", name_folded="xa moi",
    )  # fmt: skip
    Succession.objects.create(from_key=FIRST, to_key=heir, partly=False)
    actions.refresh_warehouse(now=NOW)

    board = queries.read_board()
    today, then = (board.within(boundaries).by_unit("on_time_rate", "", AUTUMN) for boundaries in ("", "then"))

    assert {each.unit_key for each in today} == {heir, SECOND}
    assert {each.unit_key for each in then} == {FIRST, SECOND}
    assert sum(each.denominator for each in today) == sum(each.denominator for each in then) == 2
    assert board.within("then").figure("on_time_rate", heir, AUTUMN).denominator == 0
    assert board.within("", FIRST).figure("on_time_rate", FIRST, AUTUMN).denominator == 1


def test_the_page_offers_the_boundaries_of_the_time_where_units_are_no_more(province, signed_in):
    from tinhso.platform.units.models import Unit

    resolve(file())
    actions.refresh_warehouse(now=NOW)
    address = "/indicators/on_time_rate/?period=2026-09"
    leader = signed_in(FIRST, "leader")
    assert "Ranh giới" not in leader.get(address).content.decode()
    Unit.objects.filter(key=FIRST).update(valid_to="2026-11-01")
    page = leader.get(f"{address}&boundaries=then").content.decode()
    assert '<option value="then" selected>lúc ấy</option>' in page
    assert "boundaries=then" in page


def test_of_a_month_that_is_known_only_what_is_new_leaves_the_database(province, tmp_path):
    first, second = file(), file()
    seal_facts(now=NOW)
    actions.refresh_warehouse(now=NOW)
    sealed = queries.get_manifest().sealed_to

    act(second, "accept")

    for table, expected in ((CASES, [second]), (FACTS, [second])):
        postgres.copy_month(table, SEPTEMBER.first, tmp_path / "new.csv", sealed)
        lines = (tmp_path / "new.csv").read_text().splitlines()[1:]
        assert len(lines) == len(expected)
        assert second in lines[0]
        assert first not in lines[0]
    actions.refresh_warehouse(now=NOW)
    assert {each.rows for each in queries.get_manifest().partitions if each.table == "cases"} == {2}
    assert queries.verify_warehouse() == []


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PAR1")])
def test_a_damaged_month_is_copied_whole_when_it_changes(province, warehouse, spoil):
    first, second = file(), file()
    seal_facts(now=NOW)
    actions.refresh_warehouse(now=NOW)
    spoil(warehouse / queries.get_manifest().partition(CASES, SEPTEMBER.first).file)

    act(second, "accept")
    actions.refresh_warehouse(now=NOW)

    assert queries.get_manifest().partition(CASES, SEPTEMBER.first).rows == 2
    assert queries.verify_warehouse() == []
    assert first


def test_a_unit_counts_for_its_heir_of_today_however_many_steps_and_not_before_the_day(province):
    from tinhso.platform.units.models import Succession, Unit

    resolve(file())
    Unit.objects.filter(key=FIRST).update(valid_to="2026-10-01")
    for code, since, until in (("90008", "2026-10-01", "2026-11-01"), ("90009", "2026-11-01", "2027-01-01"), ("90010", "2027-01-01", None)):  # fmt: skip
        key = f"{code}@{since}"
        Unit.objects.create(
            key=key, code=code, kind="commune", name=f"Xã {code}", parent_key=province, path=[province, key],
            valid_from=since, valid_to=until, name_en=code, name_folded=code,
        )  # fmt: skip
    for before, after in ((FIRST, "90008@2026-10-01"), ("90008@2026-10-01", "90009@2026-11-01"), ("90009@2026-11-01", "90010@2027-01-01")):  # fmt: skip
        Succession.objects.create(from_key=before, to_key=after, partly=False)
    actions.refresh_warehouse(now=NOW)

    found = queries.read_board().by_unit("on_time_rate", "", AUTUMN)

    assert [(each.unit_key, each.denominator) for each in found] == [("90009@2026-11-01", 1)]
