"""What is made ready before the pages open: tables, texts, static files, packs, the demonstration. Unchanged parts are skipped."""

import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from tinhso.host import packs, restoration, texts
from tinhso.host.prepared import NotReady, Prepared
from tinhso.platform.capability import capabilities

Say = Callable[[str], None]


def fingerprint_of(paths: Iterable[Path], *, by_content: bool = True) -> str:
    """One text for the names and contents (or only sizes and times) of files."""
    whole = sha256()
    for path in sorted(paths):
        known = path.stat()
        part = path.read_bytes() if by_content else f"{known.st_size} {known.st_mtime_ns}".encode()
        whole.update(f"{path}\0{len(part)}\0".encode() + part)
    return whole.hexdigest()


def database_name() -> str:
    """What tells this database from every other: its name and the moment its first table was made."""
    with connection.cursor() as cursor:
        cursor.execute("select current_database() || ' ' || min(applied) from django_migrations")
        return str(cursor.fetchone()[0])


def migrate() -> int:
    """Bring the tables up to date; how many steps that took."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    return len(plan)


def static_files() -> list[Path]:
    """Every static file that the pages may ask for, where it lies in the source."""
    from django.contrib.staticfiles.finders import get_finders

    return [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]


def load_packs(prepared: Prepared, now: datetime) -> None:
    """Let every app bring up to date what it keeps of the chosen packs: all of it, or nothing when one fails."""
    whole = packs.chosen_packs()
    fingerprint = packs.fingerprint()
    with transaction.atomic():
        for capability in capabilities():
            capability.load_packs(whole, now)
        from tinhso.platform.units.actions import note_packs_loaded  # its models need Django to be ready

        note_packs_loaded(now=now)
    prepared.keep("packs", f"{database_name()} {fingerprint}")


def bring_packs(prepared: Prepared, say: Say, now: datetime) -> None:
    """
    Load the packs when they changed and nothing is wrong with them; else go on with what was loaded before.

    :raises NotReady: something is wrong with them and nothing was loaded yet
    """
    where = database_name()
    if prepared.is_same("packs", f"{where} {packs.fingerprint()}"):
        return
    problems = packs.find_problems(settings.PACKS_ROOT, packs.chosen_codes())
    if not problems:
        load_packs(prepared, now)
        say("Gói dữ liệu: " + ", ".join(packs.chosen_codes()) + " · packs")
        return
    for line in packs.lines_of(problems, "vi"):
        say(line)
    if not prepared.starts_with("packs", where):
        raise NotReady("Gói dữ liệu có chỗ sai, chưa nạp được lần nào · the packs have problems: tinhso packs check")
    say("Gói dữ liệu có chỗ sai: dùng tiếp bản đã nạp · the packs have problems: the former ones stay in use")


def load_demonstration(now: datetime) -> None:
    """Let every app make its invented people and cases."""
    for capability in capabilities():
        capability.load_demonstration(now)


def prepare(say: Say, now: datetime) -> None:
    """
    Everything in order, each part only when something changed; `say` is told what was done.

    :raises NotReady: this home is of the other kind, or what the apps hold against the settings
    """
    if wrong := [each for each in run_checks(tags=[Tags.security]) if each.is_serious()]:
        raise NotReady("\n".join(f"{each.msg} {each.hint or ''}".strip() for each in wrong))
    if restoration.mend_interrupted():
        say("Đã làm nốt lần khôi phục dở dang · an interrupted restore was brought to its end")
    prepared = Prepared(settings.HOME / "prepared.json")
    prepared.keep_mode("demonstration" if settings.DEMO else "real")
    if steps := migrate():
        say(f"Bảng dữ liệu: {steps} bước · tables: {steps} steps")
    if texts.compile_changed():
        say("Lời văn tiếng Anh · English texts")
    files = static_files()
    collect: Callable[[], Any] = lambda: call_command("collectstatic", verbosity=0, interactive=False)  # noqa: E731
    if prepared.unless_same("static", fingerprint_of(files, by_content=False), collect):
        say(f"Tệp tĩnh: {len(files)} · static files")
    bring_packs(prepared, say, now)
    people = [settings.PACKS_ROOT / code / "people.toml" for code in packs.chosen_codes()]
    invented = f"{database_name()} {fingerprint_of(path for path in people if path.is_file())}"
    if settings.DEMO and prepared.unless_same("demonstration", invented, lambda: load_demonstration(now)):
        say("Người và hồ sơ trình diễn · demonstration people and dossiers")


def welcome() -> str:
    """What is printed once the pages answer: the address, and for a demonstration the ways to sign in."""
    from django.urls import reverse
    from django.utils import translation

    lines = [f"  Mở trang · open    {settings.PUBLIC_ADDRESS}/", ""]
    ways = [way for capability in capabilities() for way in capability.sign_ins()] if settings.DEMO else []
    if ways:
        lines.append("  Vào thử · demonstration sign-ins")
    for way in ways:
        texts = []
        for language in ("vi", "en"):
            with translation.override(language):
                texts.append(str(way.title))
        lines.append("    " + " · ".join(dict.fromkeys(texts)))
        signs = "  ".join(text for text in (way.account, way.secret) if text)
        lines.append(f"      {settings.PUBLIC_ADDRESS}{reverse(way.url_name)}" + (f"   {signs}" if signs else ""))
    return "\n".join([*lines, "", "  Dừng · stop        Ctrl-C", ""])


def main() -> None:
    """Prepare, telling how far it is; the welcome goes to `welcome.txt` in the home."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")
    django.setup()
    from tinhso.platform.clock import now

    begun = float(sys.argv[1]) if len(sys.argv) > 1 else time.monotonic()
    try:
        prepare(lambda text: click.echo(f"{time.monotonic() - begun:6.1f} s  {text}"), now())
    except NotReady as trouble:
        raise SystemExit(str(trouble)) from None
    except OperationalError as trouble:
        raise SystemExit(f"Không nối được cơ sở dữ liệu · database unreachable: {trouble}") from None
    (settings.HOME / "welcome.txt").write_text(welcome())


if __name__ == "__main__":
    main()
