"""The manifest says what counts: read as it was written, made anew where it is broken or a definition changed."""

from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.rules import Manifest, read_manifest, written
from tinhso.modules.insight.indicators.tests.conftest import NOW, figure, file, resolve


def test_a_broken_manifest_is_as_none_and_all_is_made_anew(province, warehouse):
    resolve(file())
    actions.refresh_warehouse(now=NOW)
    (warehouse / "manifest.json").write_text('{"form": 2, "as_of":')
    assert queries.read_board().cards == []

    actions.refresh_warehouse(now=NOW)

    assert figure() == (1, 1)


def test_a_manifest_is_read_as_it_was_written(province):
    resolve(file())
    manifest = actions.refresh_warehouse(now=NOW)
    assert manifest.partitions
    assert manifest.runs
    assert read_manifest(written(manifest)) == manifest
    assert read_manifest('{"form": 99}') == Manifest()


def test_a_changed_definition_is_computed_anew_without_touching_the_rows(province, tmp_path):
    resolve(file(), days=30)
    before = actions.refresh_warehouse(now=NOW)
    assert figure() == (0, 1)
    changed = tmp_path / "on_time_rate.sql"
    text = before.run_of("on_time_rate").sql
    changed.write_text(text.replace("resolved_at <= due_at as value", "resolved_at > due_at as value"))

    actions.keep_indicators(paths=[changed], now=NOW)
    after = actions.refresh_warehouse(now=NOW)

    assert figure() == (1, 1)
    assert [run.code for run in after.runs] == ["on_time_rate"]
    assert after.partitions == before.partitions
    assert after.runs[0].definition_sha256 != before.run_of("on_time_rate").definition_sha256
