"""`tinhso portal`: the exchange of dossiers with the national portal: how it fares, resending, comparing."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tinhso.platform.capability import Exchange


@click.group(help="Liên thông với Cổng quốc gia: tình hình, gửi lại, đối soát · The link with the national portal.")
def command() -> None:
    """Hold the subcommands."""


@command.command(
    help="Còn chờ, bị kẹt, cũ nhất, lần đối soát gần nhất · What waits, is stuck, and the last comparison."
)
def status() -> None:
    """Print how the link fares."""
    from tinhso.platform.clock import now

    for line in _exchange().status(now()):
        click.echo(line)


@command.command(help="Gửi lại mọi tin bị kẹt · Resend every stuck message.")
def resend() -> None:
    """Let every stuck message be tried again; the worker sends them."""
    from tinhso.platform.clock import now

    count = _exchange().resend(now())
    click.echo(f"{count} tin sẽ được gửi lại · messages will be sent again")


@command.command(help="So với Cổng các hồ sơ đổi trong mấy ngày qua · Compare the dossiers changed in the last days.")
@click.option("--days", default=3, show_default=True, type=click.IntRange(1, 400), help="Số ngày · how many days")
def reconcile(days: int) -> None:
    """Compare now and print figures and differences."""
    from tinhso.platform.clock import now

    try:
        lines = _exchange().reconcile(days, now())
    except RuntimeError as trouble:
        raise click.ClickException(str(trouble)) from None
    for line in lines:
        click.echo(line)


def _exchange() -> "Exchange":
    from tinhso.host.cli import start_django

    start_django()
    from tinhso.platform.capability import capabilities

    kept = [exchange for app in capabilities() if (exchange := app.exchange())]
    if not kept:
        raise click.ClickException("Không có phần nào nối với Cổng quốc gia · No app keeps a link with the portal.")
    return kept[0]
