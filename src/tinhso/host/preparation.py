"""What is made ready before the pages open: tables, texts, static files, packs, the demonstration. Unchanged parts are skipped."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tinhso.platform.capability import Capability

Say = Callable[[str], None]


class WrongMode(RuntimeError):
    """A home that holds real cases was started as a demonstration, or the other way round."""


class Prepared:
    """What was already made ready in this home, by part: the fingerprint of what it was made from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}

    def keep_mode(self, mode: str) -> None:
        """Remember whether this home is a demonstration, once; WrongMode when it was the other."""
        if self._known.setdefault("mode", mode) != mode:
            raise WrongMode(
                f"{settings.HOME} là kho {_MODES[self._known['mode']]}, không mở làm kho {_MODES[mode]}; hãy đặt TINHSO_HOME khác"
                f" hoặc TINHSO_DEMO={int(mode != 'demonstration')} · this home was made as the other kind."
            )
        self._write()

    def is_same(self, part: str, fingerprint: str) -> bool:
        """Whether `part` was last made from this."""
        return self._known.get(part) == fingerprint

    def unless_same(self, part: str, fingerprint: str, make: Callable[[], None]) -> bool:
        """Call `make` when `part` was made from something else or never; whether it was called."""
        if self.is_same(part, fingerprint):
            return False
        make()
        self.keep(part, fingerprint)
        return True

    def keep(self, part: str, fingerprint: str) -> None:
        """Remember what `part` was made from."""
        self._known[part] = fingerprint
        self._write()

    def _write(self) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self._known, indent=1))
        fresh.replace(self.path)


_MODES = {"demonstration": "trình diễn (demonstration)", "real": "dùng thật (real use)"}


def capabilities() -> list[Capability]:
    """Every app of tinhso, in the order of the settings."""
    return [config for config in apps.get_app_configs() if isinstance(config, Capability)]


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


def load_packs(now: datetime) -> None:
    """Read the chosen packs and let every app bring up to date what it keeps of them."""
    from tinhso.host.packs import chosen_packs

    packs = chosen_packs()
    for capability in capabilities():
        capability.load_packs(packs, now)


def load_demonstration(now: datetime) -> None:
    """Let every app make its invented people and cases."""
    for capability in capabilities():
        capability.load_demonstration(now)


def prepare(say: Say, now: datetime) -> None:
    """Everything in order, each part only when something changed; `say` is told what was done."""
    from tinhso.host import packs, texts

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
    where = database_name()
    if prepared.unless_same("packs", f"{where} {packs.fingerprint()}", lambda: load_packs(now)):
        say("Gói dữ liệu: " + ", ".join(packs.chosen_codes()) + " · packs")
    if settings.DEMO and prepared.unless_same("demonstration", where, lambda: load_demonstration(now)):
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
    except WrongMode as trouble:
        raise SystemExit(str(trouble)) from None
    (settings.HOME / "welcome.txt").write_text(welcome())


if __name__ == "__main__":
    main()
