"""`tinhso packs`: what the province decides, as files: checked, loaded."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem


@click.group(help="Gói dữ liệu: thủ tục, biểu mẫu, đơn vị · Packs: procedures, forms, units.")
def command() -> None:
    """Hold the subcommands."""


@command.command(help="Nạp gói dữ liệu vào cơ sở dữ liệu · Load the packs into the database.")
def load() -> None:
    """Migrate when needed, then let every app take what it keeps of the packs."""
    from tinhso.host.cli import start_django

    start_django()
    from django.conf import settings

    from tinhso.host import packs, preparation
    from tinhso.platform.clock import now

    preparation.migrate()
    preparation.load_packs(now())
    prepared = preparation.Prepared(settings.HOME / "prepared.json")
    prepared.keep("packs", f"{preparation.database_name()} {packs.fingerprint()}")


@command.command(
    help="Kiểm tra gói dữ liệu, nói rõ tệp và dòng sai · Check the packs; say which file and line is wrong."
)
@click.option(
    "--packs",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục chứa các gói · The folder that holds the packs.",
)
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Tiếng · Language.")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
def check(*, folder: Path | None, language: str, codes: tuple[str, ...]) -> None:
    """Print every problem and end with exit code 1 when there is one; without codes all packs of the folder."""
    from tinhso.kernel.packs import check_packs

    root = folder or _usual_folder()
    chosen = codes or tuple(sorted(path.parent.name for path in root.glob("*/pack.toml")))
    problems = check_packs(root, chosen) or _problems_of_apps(root, chosen)
    for line in _lines(problems, language):
        click.echo(line)
    click.echo(_summary(len(problems), chosen, language))
    if problems:
        raise click.exceptions.Exit(1)


def _problems_of_apps(root: Path, codes: tuple[str, ...]) -> "list[Problem]":
    """What the apps find in packs that can be read; no database is asked."""
    from tinhso.host.cli import start_django

    start_django(database=False)
    from tinhso.host.preparation import capabilities
    from tinhso.kernel.packs import read_packs

    packs = read_packs(root, codes)
    found = [problem for app in capabilities() for problem in app.find_pack_problems(packs)]
    return sorted(found, key=lambda each: (each.path, each.line, each.code))


def _usual_folder() -> Path:
    from tinhso.host import settings

    return settings.PACKS_ROOT


def _lines(problems: "Iterable[Problem]", language: str) -> list[str]:
    here = Path.cwd()
    lines = list[str]()
    for problem in problems:
        path = Path(problem.path).resolve()
        shown = path.relative_to(here) if path.is_relative_to(here) else path
        lines.append(f"{shown}:{problem.line}: {problem.in_language(language)} [{problem.code}]")
    return lines


def _summary(count: int, codes: tuple[str, ...], language: str) -> str:
    names = ", ".join(codes) or "-"
    if language == "vi":
        return f"Gói {names}: " + (f"{count} chỗ sai." if count else "không có gì sai.")
    return f"Packs {names}: " + (f"{count} problem{'s' if count > 1 else ''}." if count else "nothing is wrong.")
