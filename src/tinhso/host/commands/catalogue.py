"""`tinhso catalogue`: take up the national portal's records, with quality gates."""

import json
import sys
from pathlib import Path
from typing import Any

import click


@click.group(help="Danh mục thủ tục của cổng quốc gia · The national portal's catalogue of procedures.")
def command() -> None:
    """Hold the subcommands."""


@command.command(
    name="import",
    help="Nạp danh mục (.jsonl, .jsonl.gz): kiểm tra từng thủ tục; chạy lại không mất gì · Take up a catalogue file.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ ra sao · Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON · Print the result as JSON.")
@click.option(
    "--accept-vanished", is_flag=True, help="Chấp nhận tệp thiếu nhiều thủ tục đã biết · Accept that many are missing."
)
def take_up(*, file: Path, dry_run: bool, as_json: bool, accept_vanished: bool) -> None:
    """All records in one transaction; a progress bar on the terminal."""
    from tinhso.host.cli import start_django

    start_django()
    from tinhso.host.preparation import migrate
    from tinhso.platform.catalogue import actions
    from tinhso.platform.catalogue.adapters import UnreadableFile, read_file
    from tinhso.platform.clock import now
    from tinhso.platform.people.rules import SYSTEM

    migrate()
    try:
        read = read_file(file)
        with _bar(len(read.records)) as bar:
            if dry_run:
                plan = actions.plan_records(file=read, tell=bar.update, now=now())
            else:
                plan = actions.import_records(
                    file=read, accept_vanished=accept_vanished, tell=bar.update, actor=SYSTEM, now=now()
                )
    except (UnreadableFile, actions.TooManyVanish) as refused:
        raise click.ClickException(f"{refused.vi}\n       {refused.en}") from None
    if as_json:
        click.echo(json.dumps({**plan.counts, "dry_run": dry_run}, ensure_ascii=False, indent=2))
        return
    _say(plan.counts, dry_run=dry_run)


def _bar(length: int) -> Any:
    return click.progressbar(length=length, label="Kiểm tra · checking", file=sys.stderr)


def _say(counts: dict[str, Any], *, dry_run: bool) -> None:
    from tinhso.platform.catalogue.rules.faults import KINDS

    click.echo("Chạy thử, chưa ghi gì · dry run" if dry_run else "Đã nạp · taken up")
    for key, words in (
        ("new", "mới · new"),
        ("changed", "đổi, thành phiên bản mới · changed"),
        ("unchanged", "như cũ · unchanged"),
        ("vanished", "không còn trong tệp, giữ lại · vanished, kept"),
        ("back", "có lại · back again"),
        ("held", "chờ người xem lại · held for a look"),
        ("bad_lines", "dòng không đọc được · unreadable lines"),
        ("repeated", "mã lặp lại, bỏ qua · repeated codes, left out"),
    ):
        click.echo(f"{counts[key]:6}  {words}")
    click.echo("Lỗi dữ liệu · faults")
    for code, count in counts["faults"].items():
        click.echo(f"{count:6}  {KINDS[code].vi} · {KINDS[code].en} [{code}]")
