"""The English catalogue follows the Vietnamese texts in code and templates, and says what is missing."""

from pathlib import Path

import pytest

from tinhso.host import texts


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small source of its own, with a catalogue of its own."""
    monkeypatch.setattr(texts, "SOURCE", tmp_path)
    monkeypatch.setattr(texts, "CATALOGUE", tmp_path / "locale/django.po")
    (tmp_path / "templates").mkdir()
    (tmp_path / "pages.py").write_text(
        '_("Nộp hồ sơ")\nngettext("%(n)s việc", "%(n)s việc", 2)\npgettext("máy", "Lỗi")\n'
    )
    (tmp_path / "templates/page.html").write_text(
        '{% load i18n %}{% translate "Tra cứu" %} {% blocktranslate %}Chào {{ name }}, còn 5%{% endblocktranslate %}'
    )
    return tmp_path


def translate(text: str, english: str) -> None:
    """Fill in the English of one text, as a translator does."""
    before = texts.CATALOGUE.read_text()
    assert f'msgid "{text}"\nmsgstr ""' in before
    texts.CATALOGUE.write_text(before.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{english}"'))


def test_every_text_of_code_and_templates_is_found(source: Path) -> None:
    assert texts.extract() == (5, 5)

    assert {str(message.id) for message in texts.read_catalogue() if message.id} == {
        *("Nộp hồ sơ", "Tra cứu", "Lỗi", "Chào %(name)s, còn 5%%"),
        "('%(n)s việc', '%(n)s việc')",
    }


def test_a_translation_stays_when_texts_come_and_go(source: Path) -> None:
    texts.extract()
    translate("Tra cứu", "Track")
    (source / "pages.py").write_text('_("Trả kết quả")')

    assert texts.extract() == (3, 2)
    assert 'msgstr "Track"' in texts.CATALOGUE.read_text()
    assert "Nộp hồ sơ" not in texts.CATALOGUE.read_text()


def test_the_catalogue_does_not_change_when_only_lines_move(source: Path) -> None:
    texts.extract()
    before = texts.CATALOGUE.read_text()
    (source / "pages.py").write_text("\n\n\n" + (source / "pages.py").read_text())
    texts.extract()

    assert texts.CATALOGUE.read_text() == before


def test_a_text_without_english_or_without_use_is_told(source: Path) -> None:
    texts.extract()
    translate("Tra cứu", "Track")
    (source / "templates/page.html").unlink()

    faults = "\n".join(texts.faults())

    assert "no English: 'Nộp hồ sơ' (pages.py)" in faults
    assert "not used any more: 'Tra cứu'" in faults


def test_a_placeholder_that_got_lost_in_translation_is_told(source: Path) -> None:
    texts.extract()
    translate("Chào %(name)s, còn 5%%", "Hello, 5%% left")

    assert [fault for fault in texts.faults() if "placeholders differ" in fault]


def test_the_compiled_catalogue_is_written_only_when_it_is_older(source: Path) -> None:
    texts.extract()

    assert texts.compile_changed()
    assert not texts.compile_changed()
