"""`tinhso restore FILE`: an installation again as it was when FILE was written."""

import fcntl
from datetime import datetime
from pathlib import Path

import click

from tinhso.kernel.worktime.days import VIETNAM


@click.command(help="Khôi phục từ tệp sao lưu · Restore from a backup.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Thay mọi thứ đang có · Replace everything that is there.")
def command(*, file: Path, yes: bool) -> None:
    """Restore into this home; refuse while it runs, and without --yes when it holds anything."""
    from tinhso.host.cli import start_django
    from tinhso.host.home import home_folder
    from tinhso.host.postgres_guard import take_lock

    try:
        take_lock(home_folder() / "run.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise click.ClickException("tinhso đang chạy; hãy dừng trước · tinhso is running; stop it first") from None
    start_django()
    from tinhso.host import archive

    if not archive.is_empty() and not yes:
        raise click.ClickException(
            f"{home_folder()} đang có dữ liệu; thêm --yes để thay tất cả · holds something; add --yes to replace all of it"
        )
    try:
        listing = archive.read_archive(file.resolve())
    except archive.BadArchive as trouble:
        raise click.ClickException(str(trouble)) from None
    written = datetime.fromisoformat(listing["written_at"]).astimezone(VIETNAM)
    click.echo(f"Đã khôi phục bản sao lưu lúc {written:%H:%M %d/%m/%Y} · restored as of then")
