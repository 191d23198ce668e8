"""`tinhso files`: what is kept of papers, and what may go."""

from typing import TYPE_CHECKING

import click

from tinhso.host.cli import start_django

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.platform.files.queries import FileRow

SHOWN_AT_MOST = 20


@click.group(help="Tệp: dọn tệp không hồ sơ nào dùng · Files: remove what nothing refers to.")
def command() -> None:
    """Group of the files' commands."""


@command.command(
    help="Xóa tệp gửi lên quá 30 ngày mà không hồ sơ nào dùng; mỗi đêm việc này tự chạy"
    " · Remove files that nothing refers to, 30 days after they came; done each night by itself."
)
@click.option("--dry-run", is_flag=True, help="Chỉ liệt kê, không xóa · Only list, remove nothing.")
def sweep(*, dry_run: bool) -> None:
    """Print what goes, or would go, and how much room that makes."""
    start_django()
    from tinhso.platform.clock import now
    from tinhso.platform.files import actions, queries

    if dry_run:
        _tell(queries.list_unused(now(), actions.LOOKED_AT_EACH_NIGHT), "sẽ xóa · would be removed")
    else:
        _tell(actions.sweep_unused(now=now()), "đã xóa · removed")


def _tell(files: "Sequence[FileRow]", what: str) -> None:
    for file in files[:SHOWN_AT_MOST]:
        click.echo(f"{file.stored_at:%Y-%m-%d} {file.sha256[:16]} {file.size:>10} {file.media_type}")
    if len(files) > SHOWN_AT_MOST:
        click.echo("…")
    click.echo(f"{len(files)} tệp · files, {sum(file.size for file in files) / 1e6:.1f} MB {what}")
