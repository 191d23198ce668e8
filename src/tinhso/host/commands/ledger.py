"""`tinhso ledger`: seal what is new, verify the whole, check one proof."""

import json
from pathlib import Path

import click

from tinhso.host.cli import start_django


@click.group(help="Sổ ghi nhận: niêm phong, kiểm tra · The ledger: seal, verify.")
def command() -> None:
    """Group of the ledger's commands."""


@command.command(
    help="Kiểm tra toàn bộ sổ, chỉ ra dòng bị sửa, xóa, chèn · Verify all; name each changed, removed or inserted row."
)
def verify() -> None:
    """Exit 1 when something is wrong."""
    start_django()
    from tinhso.platform.ledger import queries

    troubles = queries.verify_ledger() + queries.verify_anchors()
    for trouble in troubles:
        click.echo(f"✗ {trouble.subject} #{trouble.sequence} {trouble.kind}: {trouble.trouble}")
    state = queries.ledger_state()
    if troubles:
        raise click.ClickException(f"{len(troubles)} chỗ sai · {len(troubles)} places are wrong")
    click.echo(
        f"✓ Sổ nguyên vẹn · The ledger is intact ({state['seals']} niêm phong · seals, {state['waiting']} chờ · waiting)"
    )


@command.command(help="Niêm phong những ghi nhận mới · Seal the new entries.")
def seal() -> None:
    """Make one seal, or say that nothing is new."""
    start_django()
    from tinhso.platform.clock import now
    from tinhso.platform.ledger import actions

    made = actions.seal_facts(now=now())
    actions.anchor_seals(now=now())
    click.echo(f"✓ {made.number}: {made.count}" if made else "Không có gì mới · Nothing new")


@command.command(
    help="Kiểm tra một chứng thực, không cần mạng hay cơ sở dữ liệu · Check one proof, without network or database."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Exit 1 when a check fails."""
    start_django(database=False)
    from tinhso.platform.ledger import queries, rules

    try:
        checks = queries.check_document(json.loads(file.read_bytes()))
    except (ValueError, RecursionError) as wrong:
        told = wrong if isinstance(wrong, rules.NotAProof) else rules.NotAProof()
        raise click.ClickException(f"{told.vi}\n       {told.en}") from wrong
    for each in checks:
        click.echo(f"{'✓' if each.holds else '✗'} {each.vi} · {each.en}")
    if not all(each.holds for each in checks):
        click.echo("Chứng thực không đúng · The proof does not hold")
        raise click.exceptions.Exit(1)
    click.echo("Chứng thực đúng · The proof holds")
