"""What is written about the project is true: licences, commands, links, pictures, dependencies, catalogue entry."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.tree
ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md"), *ROOT.glob("src/**/README.md")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
README = [ROOT / "README.md", ROOT / "README.vi.md"]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_and_picture_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text())
    broken = [link for link in links if "://" not in link and not (document.parent / link).exists()]

    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    commands = {path.stem for path in (ROOT / "src/tinhso/host/commands").glob("[a-z]*.py")}
    text = document.read_text()

    assert set(re.findall(r"`make ([a-z]+)", text)) <= targets
    assert set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE)) <= targets
    assert set(re.findall(r"(?:`|bin/)tinhso ([a-z]+)", text)) <= commands


@pytest.mark.parametrize("readme", README, ids=named)
def test_the_two_commands_come_first(readme: Path) -> None:
    text = readme.read_text()
    first_block = text[text.index("```") : text.index("```", text.index("```") + 3)]

    assert "make run" in first_block
    assert "make test" in first_block
    assert len(text[: text.index("```")].splitlines()) < 15


def test_the_ci_runs_what_the_readme_names() -> None:
    script = (ROOT / ".ci/run").read_text()

    assert "make test" in script
    assert "make check" in script


def test_every_dependency_has_its_line_in_the_record() -> None:
    record = (ROOT / "docs/decisions/0003-dependencies.md").read_text().lower()
    wanted = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    names = {re.split(r"[\[><=]", line)[0].lower() for line in wanted}

    assert not {name for name in names if not re.search(rf"\b{re.escape(name)}\b", record)}


def test_every_dependency_is_locked_with_a_hash() -> None:
    for name in ("base", "dev", "bench"):
        text = (ROOT / f"requirements/{name}.txt").read_text()
        pinned = re.findall(r"^[a-z0-9][^ ]*==", text, re.MULTILINE)
        assert pinned
        assert not re.search(r"^--(index|extra-index|find-links)", text, re.MULTILINE), "no package index is named"
        assert text.count("--hash=sha256:") >= len(pinned)


def test_the_catalogue_entry_keeps_to_the_standard() -> None:
    entry = yaml.safe_load((ROOT / "publiccode.yaml").read_text())

    assert entry["legal"]["license"] == PROJECT["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert entry["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert entry["url"].startswith("https://")
    assert entry["maintenance"]["contacts"]
    for text in entry["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
    assert {"vi", "en"} == set(entry["description"]) == set(entry["localisation"]["availableLanguages"])
