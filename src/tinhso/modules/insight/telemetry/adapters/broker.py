"""What a broker must know: passwords and who may speak of what, as files of mosquitto; and a broker of the demonstration's own."""

import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from tinhso.modules.insight.telemetry.adapters.archive import root
from tinhso.modules.insight.telemetry.rules.names import (
    ACKNOWLEDGEMENTS,
    EVENTS,
    MEASURES,
    ORDERS,
    OURS,
    ROOT,
    SIMULATOR,
    hash_secret,
    is_ours,
)

PASSWORDS, POWERS, CONFIGURATION, OWN = "passwords", "powers", "mosquitto.conf", "own.json"
LOG: Final = "mosquitto.log"
READY_WITHIN_SECONDS: Final = 10.0
EVERYTHING: Final = f"user {{}}\ntopic readwrite {ROOT}/#\n\n"
OWN_TOPICS: Final = f"""pattern write {ROOT}/%u/{MEASURES}
pattern write {ROOT}/%u/{EVENTS}
pattern write {ROOT}/%u/{ACKNOWLEDGEMENTS}
pattern read {ROOT}/%u/{ORDERS}
"""
SETTINGS: Final = """per_listener_settings false
listener {port} 127.0.0.1
allow_anonymous false
password_file {folder}/passwords
acl_file {folder}/powers
persistence true
persistence_location {folder}/
autosave_interval 30
max_queued_messages 100000
max_packet_size 307200
log_dest stderr
log_type error
{user}
"""


def folder() -> Path:
    """Where the files for the broker lie."""
    return root() / "broker"


def write_files(hashes: Iterable[tuple[str, str]], ours: Iterable[tuple[str, str]] = ()) -> bool:
    """
    Write mosquitto's password and access files; whether anything is new.

    :param hashes: devices with the hashes of their secrets; one that bears a name of ours is left out
    :param ours: further users with their hashes, who may speak of everything
    """
    folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    ours = list(ours)
    users = [settings.TELEMETRY_BROKER["user"], *(name for name, _kept in ours)]
    devices = [(code, kept) for code, kept in hashes if not is_ours(code, *users)]
    lines = "".join(f"{name}:{kept}\n" for name, kept in (*ours, *devices) if kept)
    powers = "".join(EVERYTHING.format(name) for name, _kept in ours) + OWN_TOPICS
    fresh = [_write(PASSWORDS, lines), _write(POWERS, powers)]
    return any(fresh)


def write_files_for(at: Mapping[str, str], hashes: Iterable[tuple[str, str]]) -> None:
    """The same for the broker that the settings name: we are its user too, always under the same hash."""
    user, password = at["user"], at["password"]
    salt = hashlib.sha256(f"{user} {password}".encode()).digest()[:12]
    write_files(hashes, [(user, hash_secret(password, salt))] if user and password else ())


def _write(name: str, text: str) -> bool:
    path = folder() / name
    if path.is_file() and path.read_text() == text:
        return False
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o640 if name in {PASSWORDS, POWERS} else 0o600)
    fresh.write_text(text)
    fresh.replace(path)
    return True


def find_mosquitto() -> str:
    """The broker's program, empty where there is none."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin") or ""


class OwnBroker:
    """A mosquitto at a free port of this machine that lives no longer than the thread that started it."""

    def __init__(self, hashes: Iterable[tuple[str, str]]) -> None:
        self.secrets = {name: secrets.token_hex(16) for name in (OURS, SIMULATOR)}
        self.ours = [(name, hash_secret(secret, secrets.token_bytes(12))) for name, secret in self.secrets.items()]
        self.process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.renew(hashes)
        user = "user root" if os.geteuid() == 0 else ""
        _write(CONFIGURATION, SETTINGS.format(port=self.port, folder=folder(), user=user))
        self.start()
        _write(OWN, json.dumps({"address": f"mqtt://127.0.0.1:{self.port}", "secrets": self.secrets}))

    def start(self) -> None:
        """Start it and wait until it listens. :raises RuntimeError: it does not"""
        bound = [setpriv, "--pdeathsig", "KILL", "--"] if (setpriv := shutil.which("setpriv")) else []
        command = [*bound, find_mosquitto(), "-c", str(folder() / CONFIGURATION)]
        with (folder() / LOG).open("wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until = time.monotonic() + READY_WITHIN_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError("mosquitto does not listen")

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def settings(self, name: str = OURS) -> dict[str, str]:
        """How to reach it as that user."""
        return {"address": f"mqtt://127.0.0.1:{self.port}", "user": name, "password": self.secrets[name]}

    def renew(self, hashes: Iterable[tuple[str, str]]) -> None:
        """Let it know the devices as they are now."""
        if write_files(hashes, self.ours) and self.process is not None and self.alive:
            self.process.send_signal(signal.SIGHUP)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it."""
        if self.process is not None and self.alive:
            self.process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            self.process.kill()
            self.process.wait()


def find_own(name: str) -> dict[str, str] | None:
    """How to reach the demonstration's own broker as that user; None where there is none."""
    try:
        found = json.loads((folder() / OWN).read_text())
    except (OSError, ValueError):
        return None
    return {"address": found["address"], "user": name, "password": found["secrets"][name]}


def forget_own() -> None:
    """The broker of a run before is gone."""
    (folder() / OWN).unlink(missing_ok=True)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
