"""`tinhso messages`: the English catalogue is extracted, compiled, checked."""

import os

import click


@click.group(help="Lời văn hai thứ tiếng · The texts in two languages.")
def command() -> None:
    """Set up what reading templates needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")


@command.command(
    help="Ghi lại mọi lời văn, giữ bản dịch đã có · Write all texts anew, keep the translations there are."
)
def extract() -> None:
    """Extract, then tell how many texts lack English."""
    from tinhso.host import texts

    whole, missing = texts.extract()
    click.echo(f"{whole} lời văn, {missing} chưa có tiếng Anh · {whole} texts, {missing} without English")


@command.command(name="compile", help="Biên dịch nếu đã đổi · Compile when it changed.")
def compile_() -> None:
    """Compile the catalogue when it is older than its source."""
    from tinhso.host import texts

    texts.compile_changed()


@command.command(help="Báo lời văn thiếu bản dịch hoặc không còn dùng · Tell texts without translation or use.")
def check() -> None:
    """Fail with one line for each fault."""
    from tinhso.host import texts

    if found := texts.faults():
        raise click.ClickException(f"{len(found)}\n" + "\n".join(found))
