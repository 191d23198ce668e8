"""Every app has the closed list of files, is registered, and stands alone in the database."""

import sys
from collections.abc import Callable
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from types import FunctionType

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from ninja import Schema

from tinhso.platform.capability import Capability

pytestmark = pytest.mark.tree
ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/tinhso"
APPS = sorted(path.parent for path in [*SOURCE.glob("platform/*/apps.py"), *SOURCE.glob("modules/*/*/apps.py")])
PARTS = ["apps", "facts", "ports", "rules", "models", "adapters", "queries"]
PARTS += ["actions", "reactions", "jobs", "admin", "http", "pages"]
ALLOWED = {"README.md", "__init__.py", "templates", "migrations", "tests", "__pycache__"}
ALLOWED |= {f"{part}.py" for part in PARTS} | set(PARTS) - {"apps"}


def name_of(app: Path) -> str:
    return ".".join(("tinhso", *app.relative_to(SOURCE).parts))


by_name = pytest.mark.parametrize("app", APPS, ids=name_of)


@by_name
def test_an_app_has_only_files_of_the_closed_list(app: Path) -> None:
    strangers = {path.name for path in app.iterdir()} - ALLOWED

    assert not strangers, f"{name_of(app)} may not hold {sorted(strangers)}"


@by_name
def test_a_part_is_a_file_or_a_package_but_not_both(app: Path) -> None:
    twice = [part for part in PARTS if (app / part).is_dir() and (app / f"{part}.py").exists()]

    assert not twice


@by_name
def test_an_app_explains_itself_and_is_registered(app: Path) -> None:
    assert (app / "README.md").exists(), "an app has a README.md"
    assert (app / "tests").is_dir(), "an app has tests"
    assert name_of(app) in settings.INSTALLED_APPS


def test_every_app_in_the_settings_is_there_and_is_a_capability() -> None:
    ours = {name for name in settings.INSTALLED_APPS if name.startswith(("tinhso.platform.", "tinhso.modules."))}

    assert ours == {name_of(app) for app in APPS}
    assert ours == {config.name for config in apps.get_app_configs() if isinstance(config, Capability)}


def test_no_python_lies_outside_the_rings() -> None:
    assert {path.name for path in SOURCE.iterdir()} - {"__pycache__"} == {
        *("__init__.py", "kernel", "platform", "modules", "host")
    }
    assert not list((ROOT / "packs").rglob("*.py")), "packs are data"


def our_models() -> list[type[models.Model]]:
    return [
        model for config in apps.get_app_configs() if isinstance(config, Capability) for model in config.get_models()
    ]


def test_no_model_points_into_another_app() -> None:
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(apps.get_app_config(field.related_model._meta.app_label), Capability)
        and field.related_model._meta.app_label != model._meta.app_label
    ]

    assert not crossing, "keep the other's public code instead"


@pytest.mark.django_db
def test_no_table_refers_to_a_table_of_another_app() -> None:
    labels = [config.label for config in apps.get_app_configs() if isinstance(config, Capability)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f'"
        )
        pairs = cursor.fetchall()

    def owner(table: str) -> str | None:
        return next((label for label in labels if table.startswith(f"{label}_")), None)

    crossing = [
        pair for pair in pairs if owner(pair[1]) and owner(pair[0]) != owner(pair[1]) and owner(pair[0]) is not None
    ]
    assert pairs, "there are foreign keys to look at"
    assert not crossing, "keep the other's public code instead"


def actions_of(app: Path) -> list[tuple[str, Callable[..., object]]]:
    """The functions that an app offers as actions: all public ones of the file, or what the package names."""
    if not (app / "actions.py").exists() and not (app / "actions").exists():
        return []
    module = import_module(f"{name_of(app)}.actions")
    return [
        (f"{module.__name__}.{name}", found)
        for name, found in vars(module).items()
        if isinstance(found, FunctionType) and not name.startswith("_") and found.__module__.startswith(module.__name__)
    ]


def test_actions_are_told_by_name_who_acts_and_when() -> None:
    wrong = []
    for where, action in (pair for app in APPS for pair in actions_of(app)):
        taken = signature(action).parameters.values()
        named = {one.name for one in taken if one.kind is Parameter.KEYWORD_ONLY}
        if len(named) < len(taken) or ("now" not in named and ".load_" not in where):
            wrong.append(where)

    assert not wrong, "an action is keyword-only and takes `now`; loading of packs may do without"


def test_no_two_shapes_of_the_api_bear_one_name() -> None:
    """In the description of the API shapes stand under their names: of two with one name the later would hide the other."""
    found: dict[str, set[str]] = {}
    for config in apps.get_app_configs():
        if isinstance(config, Capability) and (http := config.part("http")):
            for name, module in list(sys.modules.items()):
                if name == http.__name__ or name.startswith(f"{http.__name__}."):
                    for each in vars(module).values():
                        if isinstance(each, type) and issubclass(each, Schema) and each is not Schema:
                            found.setdefault(each.__name__, set()).add(each.__module__)

    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}
