"""The first administrator comes from the machine's own command line, on an installation that holds nobody."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tinhso.host.postgres import Postgres

COMMAND_LINE = "from tinhso.host.cli import main; main()"
Say = Callable[..., str]


@pytest.fixture
def says() -> Iterator[Say]:
    """What `tinhso officer …` prints in a home of its own, not a demonstration."""
    home = Path(tempfile.mkdtemp(prefix="tinhso-"))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"TINHSO_HOME": str(home), "TINHSO_DEMO": "0"}

    def say(*words: str, demo: str = "0") -> str:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND_LINE, *words],
            env={**environment, "TINHSO_DEMO": demo},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.stdout + done.stderr

    server = Postgres(home, durable=False)  # one for all commands, each would start and stop its own
    server.start()
    yield say
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.slow
def test_the_first_administrator_of_the_province_comes_from_the_command_line(says: Say) -> None:
    assert "Không có cán bộ nào" in says("officer", "list")

    given = says("officer", "add", "Bế Minh Tuấn", "--sign-in", "Tuan.BM")
    first = re.search(r"([2-9a-z]{4}-){3}[2-9a-z]{4}", given)
    assert first, given
    assert "tuan.bm" in given
    assert "đã có người dùng" in says("officer", "add", "Bế Minh Tuấn", "--sign-in", "tuan.bm")

    assert "Đã giao" in says("officer", "appoint", "tuan.bm", "--unit", "xã Đồng Đăng", "--role", "leader")
    assert "Không có vai trò này" in says("officer", "appoint", "tuan.bm", "--unit", "06184", "--role", "king")
    assert "Không rõ đơn vị" in says("officer", "appoint", "tuan.bm", "--unit", "Đông", "--role", "leader")
    assert "Không có cán bộ" in says("officer", "end", "ai", "--role", "leader")
    listed = says("officer", "list")
    assert re.search(r"tuan\.bm .* 20@2025-07-01 +administrator +\[Chờ đăng nhập lần đầu\]", listed), listed
    assert re.search(r"tuan\.bm .* 06184@2025-07-01 +leader ", listed), listed

    assert "Đã cho thôi" in says("officer", "end", "tuan.bm", "--unit", "06184@2025-07-01", "--role", "leader")
    assert "Không có cán bộ nào" in says("officer", "list", "--unit", "06184")
    renewed = says("officer", "password", "tuan.bm", "--second-factor")
    assert re.search(r"([2-9a-z]{4}-){3}[2-9a-z]{4}", renewed)
    assert first[0] not in renewed
    assert "nguyên vẹn" in says("ledger", "verify")
    assert "không mở làm kho trình diễn" in says("officer", "password", "tuan.bm", demo="1")
