"""`tinhso migrations`: whether every change of the models has its migration."""

import click


@click.command(help="Kiểm tra mô hình dữ liệu đã có đủ bước chuyển đổi · Check that no migration is missing.")
@click.option("--check", is_flag=True, help="Chỉ kiểm tra · Check only, write nothing.")
def command(*, check: bool) -> None:
    """Run Django's makemigrations, dry when `check`."""
    from tinhso.host.cli import start_django

    start_django(database=True)
    from django.core.management import call_command

    call_command("makemigrations", check_changes=check, dry_run=check)
