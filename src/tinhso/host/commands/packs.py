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
    from tinhso.host import preparation
    from tinhso.host.clock import now

    preparation.migrate()
    preparation.load_packs(now())
