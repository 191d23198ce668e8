"""`tinhso find`: find a procedure in people's own words, without a running server."""

import json

import click


@click.command(help="Tìm thủ tục bằng lời thường · Find a procedure in everyday words.")
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON: code, name, score · Print JSON, best first.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Bao nhiêu · How many.")
def command(*, words: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Print what answers the words, best first; a new home is prepared first."""
    from tinhso.host.cli import start_django

    start_django()
    from django.db import ProgrammingError

    from tinhso.platform.catalogue.queries import find_procedures
    from tinhso.platform.clock import now
    from tinhso.platform.people.rules import VIETNAM

    text, today = " ".join(words), now().astimezone(VIETNAM).date()
    try:
        found = find_procedures(text, today)
    except ProgrammingError:  # no tables yet
        _prepare()
        found = find_procedures(text, today)
    rows = [{"code": each.entry.code, "name": each.entry.name.vi, "score": each.score} for each in found[:limit]]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['score']:.2f}  {row['code']}  {row['name']}")
    if not rows:
        click.echo("Chưa tìm thấy · nothing found")


def _prepare() -> None:
    """Tables and packs, and for a demonstration its records, as `tinhso run` makes them."""
    from tinhso.host import preparation
    from tinhso.host.prepared import NotReady
    from tinhso.platform.clock import now

    click.echo("Chuẩn bị cơ sở dữ liệu lần đầu · preparing the database for the first time", err=True)
    try:
        preparation.prepare(lambda line: click.echo(line, err=True), now())
    except NotReady as trouble:
        raise click.ClickException(str(trouble)) from None
