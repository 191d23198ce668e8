"""`tinhso doctor`: whether this installation is well, and what to do where it is not."""

import json

import click

SIGNS = {"well": "✓", "warning": "!", "trouble": "✗"}


@click.command(
    help="Khám hệ thống: cơ sở dữ liệu, gói dữ liệu, việc nền, đĩa, việc bị treo · Examine this installation."
)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON · Print JSON.")
def command(*, as_json: bool) -> None:
    """Print one line for each thing looked at; exit code 1 when something is broken."""
    from tinhso.host.cli import start_django

    start_django()
    from tinhso.host.examination import examine
    from tinhso.platform.clock import now

    found = examine(now())
    if as_json:
        rows = [{"level": one.level, "text": str(one.text), "remedy": str(one.remedy)} for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    for one in [] if as_json else found:
        click.echo(f"{SIGNS[one.level]} {one.text}" + (f"\n    → {one.remedy}" if one.remedy else ""))
    if any(one.level == "trouble" for one in found):
        raise click.exceptions.Exit(1)
