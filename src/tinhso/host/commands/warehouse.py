"""`tinhso warehouse`: the files that figures over time are computed from: brought up to date, made anew, checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tinhso.platform.capability import Warehouse


@click.group(help="Kho số liệu: làm mới, dựng lại, kiểm tra · The warehouse: refresh, rebuild, verify.")
def command() -> None:
    """Hold the subcommands."""


@command.command(help="Đưa những gì đã đổi vào kho · Take up what has changed.")
def refresh() -> None:
    """Take up what changed since the last time; quick when little did."""
    from tinhso.platform.clock import now

    warehouse = _warehouse()
    with _in_words():
        click.echo(warehouse.refresh(now(), _say))


@command.command(help="Dựng lại cả kho từ cơ sở dữ liệu · Make the whole warehouse anew from the database.")
def rebuild() -> None:
    """Make every file anew, telling each step; the old figures stay readable until the new ones are whole."""
    from tinhso.platform.clock import now

    warehouse = _warehouse()
    with _in_words():
        click.echo(warehouse.rebuild(now(), _say))


@command.command(help="So kho với cơ sở dữ liệu, từng tháng · Compare the warehouse with the database, month by month.")
def verify() -> None:
    """Print every difference and end with exit code 1 when there is one."""
    warehouse = _warehouse()
    with _in_words():
        wrong = warehouse.verify()
    for line in wrong:
        click.echo(f"✗ {line}")
    if wrong:
        raise click.exceptions.Exit(1)
    click.echo("✓ Kho khớp với cơ sở dữ liệu · The warehouse agrees with the database.")


@command.command(help="In câu SQL của chỉ số, để chạy nơi khác · Print the indicators' SQL, to run it elsewhere.")
@click.option(
    "--dialect", type=click.Choice(["duckdb", "spark"]), default="duckdb", help="Ngôn ngữ SQL · The SQL it is for."
)
@click.argument("code", required=False)
def sql(dialect: str, code: str | None) -> None:
    """Print the statement of that indicator, or of all, each under its code; they read the views `cases` and `facts`."""
    told = _warehouse().statements(dialect)
    if code is not None and code not in told:
        raise click.ClickException(f"Không có chỉ số “{code}” · There is no indicator “{code}”: {', '.join(told)}")
    for each in [code] if code else told:
        click.echo(f"-- {each}\n{told[each]};\n")


@command.command(
    name="try",
    help="Thử một chỉ số chưa ban hành trên các tháng gần nhất · Try a draft indicator on the latest months.",
)
@click.option("--months", type=click.IntRange(1, 24), default=3, help="Số tháng gần nhất · How many months.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def try_draft(file: Path, months: int) -> None:
    """Print what it gives by month beside what is in force under its code; nothing is kept."""
    try:
        lines = _warehouse().try_draft(file, months)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    for line in lines:
        click.echo(line)


def _warehouse() -> "Warehouse":
    from tinhso.host.cli import start_django

    start_django()
    from tinhso.host.preparation import capabilities

    kept = [warehouse for app in capabilities() if (warehouse := app.warehouse())]
    if not kept:
        raise click.ClickException("Không có phần nào giữ kho số liệu · No app keeps a warehouse.")
    return kept[0]


@contextmanager
def _in_words() -> Iterator[None]:
    """Say why it cannot be done now, instead of a trace."""
    try:
        yield
    except RuntimeError as busy:
        raise click.ClickException(str(busy)) from None


def _say(step: str, done: int, total: int) -> None:
    click.echo(f"{done:4}/{total} {step}")
