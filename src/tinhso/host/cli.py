"""The command line `tinhso`: one file of `commands/` for each subcommand, loaded when it is called."""

import os
import pkgutil
from importlib import import_module
from typing import Any

import click

from tinhso.host import commands


class Commands(click.Group):
    """Finds subcommands by the files in `commands/`; a file's `command` is imported only when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all subcommands."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"tinhso.host.commands.{cmd_name.replace('-', '_')}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands with their whole help, in both languages."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Lệnh · Commands"):
            formatter.write_dl([(name, command.get_short_help_str(limit=1000)) for name, command in found if command])


@click.command(cls=Commands, context_settings={"max_content_width": 120})
@click.version_option(package_name="tinhso")
def main() -> None:
    """tinhso: nền tảng chuyển đổi số của tỉnh · the platform on which a province runs its digital transformation."""


def start_django(*, database: bool = True) -> Any:
    """Set Django up for a command; with `database`, the embedded PostgreSQL runs until the command ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
    server = None
    if database and not os.environ.get("DATABASE_URL"):
        from tinhso.host.home import home_folder
        from tinhso.host.postgres import PostgresTrouble, start_postgres

        try:
            server = start_postgres(home_folder())
        except PostgresTrouble as trouble:
            raise click.ClickException(str(trouble)) from None
    import django

    django.setup()
    return server
