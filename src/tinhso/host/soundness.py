"""Whether rows that were just restored hold together, asked in a process whose settings name them: `python -m` this."""

import json
import os
from pathlib import Path
from typing import Any

import click

MISSING_NAMED = 5


def look(now: Any) -> dict[str, Any]:
    """
    What restored rows and files are worth, with the tables brought up to date before.

    `troubles`: the ledger is not what was written, or files are missing that rows name; `findings`: what `tinhso doctor`
    would say beyond that; `ledger`: how far it reaches.
    """
    from django.conf import settings

    from tinhso.host.examination import examine
    from tinhso.host.preparation import migrate
    from tinhso.platform.files import queries as files
    from tinhso.platform.ledger import queries as ledger

    migrate()
    wrong = ledger.verify_ledger() + ledger.verify_anchors()
    troubles = [f"{each.subject} #{each.sequence} {each.kind}: {each.trouble}" for each in wrong]
    gone = list(files.list_missing())
    troubles += [f"thiếu tệp · file missing: {digest}" for digest in gone[:MISSING_NAMED]]
    if len(gone) > MISSING_NAMED:
        troubles.append(f"… {len(gone)} tệp thiếu ở {settings.MEDIA_ROOT} · files are missing")
    findings = [str(each.text) for each in examine(now) if each.level == "trouble"]
    state = ledger.ledger_state()
    return {"troubles": troubles, "findings": findings, "ledger": {**state, "sealed_at": str(state["sealed_at"] or "")}}


def main() -> None:
    """Print what was seen as one line of JSON, the last."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
    Path(os.environ["TINHSO_HOME"], "static").mkdir(exist_ok=True)
    import django

    django.setup()
    from tinhso.platform.clock import now

    click.echo(json.dumps(look(now())))


if __name__ == "__main__":
    main()
