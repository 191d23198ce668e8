"""What was already made ready in a home, and for which use; unchanged parts are not made again."""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path

from tinhso.host.postgres_guard import take_lock


def hold_children(home: Path) -> int:
    """Make the children wait in `wait_until_prepared`; they go on when the returned descriptor is closed."""
    return take_lock(home / "preparing.lock", fcntl.LOCK_EX)


def wait_until_prepared(home: Path) -> None:
    """Wait while this home is being made ready; return at once when nobody does so."""
    os.close(take_lock(home / "preparing.lock", fcntl.LOCK_SH))


class NotReady(RuntimeError):
    """The installation cannot be made ready; the sentence says why and what to do."""


class Prepared:
    """What was already made ready in this home, by part: the fingerprint of what it was made from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}

    def keep_mode(self, mode: str) -> None:
        """Remember whether this home is a demonstration, once; NotReady when it was the other."""
        if self._known.setdefault("mode", mode) != mode:
            raise NotReady(
                f"{self.path.parent} là kho {_MODES[self._known['mode']]}, không mở làm kho {_MODES[mode]}; hãy đặt TINHSO_HOME khác"
                f" hoặc TINHSO_DEMO={int(mode != 'demonstration')} · this home was made as the other kind."
            )
        self._write()

    def is_demonstration(self, *, otherwise: bool) -> bool:
        """Whether this home was made as a demonstration; `otherwise` where nothing was made in it yet."""
        return self._known["mode"] == "demonstration" if "mode" in self._known else otherwise

    def is_same(self, part: str, fingerprint: str) -> bool:
        """Whether `part` was last made from this."""
        return self._known.get(part) == fingerprint

    def starts_with(self, part: str, beginning: str) -> bool:
        """Whether `part` was ever made for what begins so, say for this database."""
        return self._known.get(part, "").startswith(beginning)

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
