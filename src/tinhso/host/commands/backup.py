"""`tinhso backup FILE`: rows, files and keys in one file, while the system goes on."""

from pathlib import Path

import click


@click.command(help="Sao lưu dữ liệu, tệp và khóa vào một tệp · Save rows, files and keys into one file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Ghi đè tệp đã có · Overwrite a file that is there.")
def command(*, file: Path, yes: bool) -> None:
    """Write the archive; refuse to overwrite one without --yes."""
    if file.exists() and not yes:
        raise click.ClickException(f"{file} đã có; thêm --yes để ghi đè · is there; add --yes to overwrite it")
    from tinhso.host.cli import start_django

    start_django()
    from tinhso.host.archive import write_archive
    from tinhso.platform.clock import now

    listing = write_archive(file.resolve(), now=now())
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB, {len(listing['sha256'])} tệp · files")
    click.echo(
        "Tệp này chứa khóa ký và dữ liệu cá nhân: hãy cất kỹ · it holds signing keys and personal data: keep it safe"
    )
