"""Nothing lies about unused: templates, addresses, settings; and every page keeps to the strict policy."""

import re
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import global_settings
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.tree
ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/tinhso"
ASKED_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
FOR_MACHINES = re.compile(r"healthz|set_language|.*:simulator_.*")
NAMED_BY_DJANGO = {"ROOT_URLCONF"}
USED_BY_NAME = {"argon2_cffi": "Argon2PasswordHasher"}
SETTINGS_OF_OTHERS = ("ACCOUNT_", "SOCIALACCOUNT_", "MFA_", "WHITENOISE_", "PROCRASTINATE_", "NINJA_")


@cache
def everything_written() -> str:
    paths = [path for path in SOURCE.rglob("*") if path.suffix in {".py", ".html", ".txt", ".svg"}]
    return "\n".join(path.read_text() for path in paths if "tests" not in path.parts)


def templates() -> dict[str, Path]:
    """Each template of ours by the name under which it is asked for."""
    found = {}
    for path in SOURCE.rglob("templates/**/*"):
        if path.is_file():
            found[str(path).rpartition("/templates/")[2]] = path
    return found


def replaces_one_of_a_package(name: str) -> bool:
    folders = [
        Path(config.path) / "templates" for config in apps.get_app_configs() if SOURCE not in Path(config.path).parents
    ]
    return any((folder / name).exists() for folder in folders)


def is_asked_for(name: str, written: str) -> bool:
    """Whether the name is written somewhere, whole or as f"folder/{stem}.html" with the stem elsewhere."""
    folder, _, stem = name.removesuffix(".html").rpartition("/")
    composed = f'f"{folder}/{{' in written and re.search(rf"""["']{re.escape(stem)}["']""", written)
    return bool(composed or re.search(rf"""["']{re.escape(name)}["']""", written))


@pytest.mark.story_of("onestop")  # what the platform offers to modules is used by that one
def test_every_template_is_used() -> None:
    written = everything_written()
    unused = [
        name
        for name in templates()
        if not is_asked_for(name, written) and name not in ASKED_BY_NAME and not replaces_one_of_a_package(name)
    ]

    assert not unused


def test_every_template_that_is_asked_for_exists() -> None:
    engine = engines["django"].engine
    asked = set(re.findall(r"""\{% (?:include|extends) ["']([^"']+)["']""", everything_written()))
    asked |= set(re.findall(r"""render\(\s*request,\s*["']([^"']+)["']""", everything_written()))
    known = {name for loader in engine.template_loaders for name in _names(loader)}

    missing = asked - known
    assert asked
    assert not missing


def _names(loader: object) -> set[str]:
    inner = getattr(loader, "loaders", [loader])
    folders = [Path(folder) for one in inner for folder in one.get_dirs()]
    return {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_every_template_parses() -> None:
    for name in templates():
        engines["django"].get_template(name)


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    """The full name of each address of ours."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "api" or "allauth" in str(pattern.urlconf_name):
                continue
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= addresses(pattern.url_patterns, inner)
        elif pattern.name:
            found.add(space + pattern.name)
    return found


@pytest.mark.story_of("onestop")  # what the platform offers to modules is used by that one
def test_every_address_of_a_page_is_used() -> None:
    written = everything_written()
    names = sorted(name for name in addresses(get_resolver().url_patterns) if not FOR_MACHINES.fullmatch(name))

    assert names
    assert not [name for name in names if not re.search(rf"""["']{re.escape(name)}["']""", written)]


@pytest.mark.story_of("indicators", "portal_link")  # each reads a setting of its own
def test_every_setting_is_read_by_someone() -> None:
    text = (SOURCE / "host/settings.py").read_text()
    ours = set(re.findall(r"^([A-Z][A-Z_]+)\b.*=", text, re.MULTILINE)) - set(dir(global_settings)) - NAMED_BY_DJANGO
    elsewhere = everything_written().replace(text, "")
    unused = [
        name
        for name in sorted(ours)
        if not name.startswith(SETTINGS_OF_OTHERS)
        and not re.search(rf"\bsettings\.{name}\b|[\"']{name}[\"']", elsewhere)
        and len(re.findall(rf"\b{name}\b", text)) == 1
    ]

    assert not unused


@pytest.mark.story_of("indicators")  # which alone needs DuckDB
def test_every_dependency_is_imported_by_someone() -> None:
    import tomllib

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[><=~ ]", line)[0].lower().replace("-", "_") for line in wanted}
    modules: dict[str, set[str]] = {}
    for module, owners in packages_distributions().items():
        for owner in owners:
            modules.setdefault(owner.lower().replace("-", "_"), set()).add(module)
    sources = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))

    unused = [
        name
        for name in sorted(names - {"setuptools"})
        if not any(
            re.search(rf"\b{re.escape(module)}\b", sources)
            for module in modules.get(name, {name}) | {USED_BY_NAME.get(name, name)}
        )
    ]
    assert not unused


def test_no_page_breaks_the_strict_policy() -> None:
    banned = re.compile(
        r"<style|\sstyle=|\son(click|change|submit|load|input)=|<script(?![^>]*\s(?:src=|type=.application/json))|javascript:|\|safe\b"
    )
    breaking = [
        name for name, path in templates().items() if path.suffix == ".html" and banned.search(path.read_text())
    ]

    assert not breaking
