"""`tinhso restore FILE`: an installation again as it was when FILE was written."""

import fcntl
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tinhso.kernel.worktime.days import VIETNAM

if TYPE_CHECKING:
    from tinhso.host.restoration import Restored


@click.command(
    help="Khôi phục từ tệp sao lưu; hỏng giữa chừng thì dữ liệu cũ còn nguyên"
    " · Restore from a backup; when it fails, what was there stays."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Thay mọi thứ đang có · Replace everything that is there.")
@click.option(
    "--dry-run", is_flag=True, help="Nạp thử ở bên cạnh và kiểm tra, không thay gì · Rehearse, replace nothing."
)
@click.option(
    "--accept-unsound", is_flag=True, help="Thay dù kiểm tra thấy sai · Replace although troubles were found."
)
def command(*, file: Path, yes: bool, dry_run: bool, accept_unsound: bool) -> None:
    """Restore into this home; refuse while it runs, and without --yes when it holds anything."""
    from tinhso.host.cli import start_django
    from tinhso.host.home import home_folder

    if not dry_run:
        _hold(home_folder())
    start_django()
    from tinhso.host import archive, restoration

    if not dry_run and not archive.is_empty() and not yes:
        raise click.ClickException(
            f"{home_folder()} đang có dữ liệu; thêm --yes để thay tất cả · holds something; add --yes to replace all of it"
        )
    try:
        done = restoration.restore(file.resolve(), rehearse=dry_run, accept_unsound=accept_unsound)
    except restoration.Unsound as trouble:
        raise click.ClickException(
            "\n".join([*(f"✗ {each}" for each in trouble.troubles), str(trouble), "--accept-unsound"])
        ) from None
    except (archive.BadArchive, restoration.NotRestored) as trouble:
        raise click.ClickException(str(trouble)) from None
    _tell(done, rehearsed=dry_run, replaces=dry_run and not archive.is_empty())


def _hold(home: Path) -> None:
    from tinhso.host.postgres_guard import take_lock

    try:
        take_lock(home / "run.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise click.ClickException("tinhso đang chạy; hãy dừng trước · tinhso is running; stop it first") from None


def _tell(done: "Restored", *, rehearsed: bool, replaces: bool) -> None:
    for text in done.seen["troubles"]:
        click.echo(f"✗ {text}")
    for text in done.seen["findings"]:
        click.echo(f"! {text}")
    ledger = done.seen["ledger"]
    click.echo(f"Sổ ghi nhận: {ledger['seals']} niêm phong, {ledger['waiting']} chờ · ledger: seals, waiting")
    written = f"{datetime.fromisoformat(done.listing['written_at']).astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    if not rehearsed:
        click.echo(f"Đã khôi phục bản sao lưu lúc {written} · restored as of then")
        return
    click.echo(f"Nạp thử xong bản sao lưu lúc {written}; chưa thay gì · rehearsed; nothing was replaced")
    if replaces:
        click.echo("Khi chạy thật: thay mọi dòng, tệp và khóa đang có; cần --yes · would replace all; needs --yes")
