"""Tables of documents that lie in the packs are read anew when packs were loaded."""

from datetime import date

from tinhso.modules.government.onestop.adapters import templates
from tinhso.platform.units.queries import keeping


def test_a_table_beside_a_template_is_read_anew_when_packs_were_loaded(tmp_path, monkeypatch):
    table, template = tmp_path / "paper.toml", tmp_path / "paper.typ"
    table.write_text('a = "old"')
    (tmp_path / "form_sets.toml").write_text("set = [{ takes_effect_on = 2025-07-01, folder = 'old' }]")
    assert templates.read_filling(template) == {"a": "old"}
    assert templates._sets(tmp_path)[0]["takes_effect_on"] == date(2025, 7, 1)
    table.write_text('a = "new"')
    (tmp_path / "form_sets.toml").write_text("set = [{ takes_effect_on = 2026-07-01, folder = 'new' }]")
    assert templates.read_filling(template) == {"a": "old"}, "read once"

    for forget in keeping.watch.forgetting:
        forget()

    assert templates.read_filling(template) == {"a": "new"}
    assert templates._sets(tmp_path)[0]["takes_effect_on"] == date(2026, 7, 1)
