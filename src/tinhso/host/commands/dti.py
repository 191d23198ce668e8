"""`tinhso dti`: indices of digital transformation: the editions there are, and scoring a file by one of them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import click

if TYPE_CHECKING:
    from tinhso.platform.capability import Scoring


@click.group(help="Chỉ số chuyển đổi số (DTI): các bộ chỉ số, chấm điểm một tệp · Editions of the DTI, scoring a file.")
def command() -> None:
    """Hold the subcommands."""


@command.command(help="Liệt kê các bộ chỉ số · List the editions.")
def editions() -> None:
    """Print the code and name of each edition."""
    for code, name in _scoring().editions():
        click.echo(f"{code:12} {name}")


@command.command(
    help="Chấm điểm tệp CSV/xlsx, mỗi dòng một tỉnh, mỗi cột một chỉ số · Score a CSV or xlsx, one row a province, one column an index."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help="Mã bộ chỉ số, năm, hoặc tệp .toml · code, year, or a .toml file")
@click.option(
    "--merge", default="", help="Gộp tỉnh cũ thành tỉnh mới · former provinces become today's: plain, population"
)
@click.option("--json", "as_json", is_flag=True, help="Ra JSON · answer as JSON")
def score(file: Path, edition: str, merge: str, as_json: bool) -> None:  # noqa: FBT001 - click passes a flag so
    """Print composite, pillars and ranks; what is wrong with the file in words, and end with exit code 1."""
    try:
        scored = _scoring().score(file.read_bytes(), edition, merge)
    except ValueError as wrong:
        said = [getattr(wrong, "vi", str(wrong)), getattr(wrong, "en", "")]
        raise click.ClickException("\n".join(text for text in said if text)) from None
    if as_json:
        click.echo(json.dumps(scored.answer, ensure_ascii=False, indent=2))
        return
    for line in lined_up(scored.table):
        click.echo(line)
    for line in scored.remarks:
        click.echo(line)


def lined_up(table: list[list[str]]) -> list[str]:
    """The rows as lines, each column as wide as its longest cell."""
    rows = [[normalize("NFC", cell) for cell in row] for row in table]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _scoring() -> "Scoring":
    from tinhso.host.cli import start_django

    start_django(database=False)
    from tinhso.platform.capability import capabilities

    kept = [scoring for app in capabilities() if (scoring := app.scoring())]
    if not kept:
        raise click.ClickException("Không có phần nào chấm điểm chỉ số · No app scores indices.")
    return kept[0]
