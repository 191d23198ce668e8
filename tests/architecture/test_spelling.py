"""One spelling everywhere: tone marks stand where today's decrees put them, in packs, pages, messages and code."""

from pathlib import Path

from tinhso.kernel.vietnamese import modern_tones

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = {".toml", ".typ", ".sql", ".html", ".txt", ".py", ".po", ".js", ".md"}
PLACES = ("packs", "src/tinhso", "docs", "tests/journeys")
ABOUT_SPELLING = {"vietnamese.py", "test_vietnamese.py", "test_spelling.py"}


def test_every_text_is_spelt_as_decrees_are_today() -> None:
    old = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for place in PLACES
        for path in (ROOT / place).rglob("*")
        if path.suffix in WRITTEN and path.name not in ABOUT_SPELLING
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if modern_tones(line) != line
    ]

    assert old == []  # kernel.vietnamese.modern_tones says how each is written


def test_the_check_sees_an_old_spelling() -> None:
    assert modern_tones("Uỷ quyền cho người khoẻ") != "Uỷ quyền cho người khoẻ"
