"""`tinhso packs`: what the province decides, as files: checked, loaded."""

from pathlib import Path

import click


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
    from tinhso.host.prepared import Prepared
    from tinhso.platform.clock import now

    if problems := packs.find_problems(settings.PACKS_ROOT, packs.chosen_codes()):
        raise click.ClickException("\n".join(packs.lines_of(problems, "vi")))
    preparation.migrate()
    preparation.load_packs(Prepared(settings.HOME / "prepared.json"), now())


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
    from tinhso.host.cli import start_django
    from tinhso.host.packs import find_problems, lines_of, reminders_of

    root = folder or _usual_folder()
    chosen = codes or tuple(sorted(path.parent.name for path in root.glob("*/pack.toml")))
    start_django(database=False)
    problems = find_problems(root, chosen)
    for line in lines_of(problems, language):
        click.echo(line)
    for line in [] if problems else reminders_of(root, chosen, language):
        click.echo(("Nên xem lại: " if language == "vi" else "Worth a look: ") + line)
    click.echo(_summary(len(problems), chosen, language))
    if problems:
        raise click.exceptions.Exit(1)


def _usual_folder() -> Path:
    from tinhso.host import settings

    return settings.PACKS_ROOT


def _summary(count: int, codes: tuple[str, ...], language: str) -> str:
    names = ", ".join(codes) or "-"
    if language == "vi":
        return f"Gói {names}: " + (f"{count} chỗ sai." if count else "không có gì sai.")
    return f"Packs {names}: " + (f"{count} problem{'s' if count > 1 else ''}." if count else "nothing is wrong.")
