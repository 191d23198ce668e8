"""The installation in which the stories happen: the real `tinhso run`, with its worker, seals and warehouse, in a home of its own."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tinhso.host.tests.test_installation import COMMAND_LINE, Installation, remove

COMMUNE = "06184@2025-07-01"  # xã Đồng Đăng, where the demonstration's people work and live
COMMUNE_NAME = "Đồng Đăng"
VERIFY_PDF = """
import sys
from tinhso.host.cli import start_django
start_django()
from tinhso.platform.signing.queries import verify_pdf
verdict = verify_pdf(open(sys.argv[1], "rb").read())
print("valid" if verdict.valid else "invalid", verdict.words)
"""


class Place:
    """One running installation: where it answers, and what its commands say."""

    def __init__(self, home: Path, address: str) -> None:
        self.home, self.address = home, address

    def says(self, *words: str, program: str = COMMAND_LINE) -> tuple[int, str]:
        """Exit code and output of a command in this home."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"TINHSO_HOME": str(self.home), "TINHSO_DEMO": "1"}
        done = subprocess.run(
            (sys.executable, "-c", program, *words), env=environment, capture_output=True, timeout=60, check=False
        )
        return done.returncode, (done.stdout + done.stderr).decode()


class Demonstration(Installation):
    """With its people and dossiers."""

    demo = "1"


@contextmanager
def running() -> Iterator[Place]:
    """A fresh installation, stopped and removed afterwards; TINHSO_JOURNEYS_HOME names one that runs already."""
    if known := os.environ.get("TINHSO_JOURNEYS_HOME"):
        home = Path(known)
        yield Place(home, (home / "run.lock").read_text().strip().rstrip("/"))
        return
    home = Path(tempfile.mkdtemp(prefix="tinhso-journeys-"))
    site = Demonstration(home)
    try:
        site.start()
        yield Place(home, f"http://127.0.0.1:{site.port}")
        site.end(signal.SIGTERM)
    finally:
        remove(home)
