"""`tinhso demo`: the invented people and dossiers of the demonstration."""

import click


@click.command(help="Tạo người và hồ sơ trình diễn · Make the people and dossiers of the demonstration.")
def command() -> None:
    """Load packs and demonstration into this home; refused where real cases are kept."""
    from tinhso.host.cli import start_django

    start_django()
    from django.conf import settings

    from tinhso.host import preparation
    from tinhso.host.prepared import NotReady
    from tinhso.platform.clock import now

    if not settings.DEMO:
        raise click.ClickException("Chỉ chạy khi TINHSO_DEMO=1 · only with TINHSO_DEMO=1")
    try:
        preparation.prepare(click.echo, now())
    except NotReady as trouble:
        raise click.ClickException(str(trouble)) from None
