"""`tinhso packs`: what the province decides, as files: checked, loaded."""

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
    from tinhso.host.clock import now

    preparation.migrate()
    preparation.load_packs(now())
    prepared = preparation.Prepared(settings.HOME / "prepared.json")
    prepared.keep("packs", f"{preparation.database_name()} {packs.fingerprint()}")
