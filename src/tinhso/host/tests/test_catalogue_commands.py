"""On the command line: a home that holds nothing is prepared, a file is taken up twice, and words find a procedure."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

COMMAND_LINE = "from tinhso.host.cli import main; main()"
Run = Callable[..., subprocess.CompletedProcess[str]]
RECORD = {
    "code": "9.000001", "name": "Cấp giấy phép nuôi ong lấy mật", "sector": "Chăn nuôi", "levels": ["commune"], "decision": "1/QĐ",
    "who": ["Công dân Việt Nam"], "papers": [{"name": "Đơn"}], "results": [{"name": "Giấy phép", "code": "KQ.G12"}],
    "channels": [{"channel": "counter", "limit": 5.0, "unit": "working_day", "fee": 700, "currency": "VND", "note": ""}],
    "source_url": "https://dichvucong.gov.vn/x",
}  # fmt: skip


@pytest.fixture
def run() -> Iterator[Run]:
    """`tinhso …` in a home of its own, not a demonstration."""
    home = Path(tempfile.mkdtemp(prefix="tinhso-"))
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"TINHSO_HOME": str(home), "TINHSO_DEMO": "0"}

    def said(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", COMMAND_LINE, *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)

    yield said
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.slow
def test_a_file_is_taken_up_and_words_find_what_is_in_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps(RECORD, ensure_ascii=False) + "\nnonsense\n", encoding="utf-8")

    first = run("find", "lam giay khai sinh", "--json", "--limit", "2")
    assert (first.returncode, json.loads(first.stdout)[0]["code"]) == (0, "1.001193"), first.stderr
    assert len(json.loads(first.stdout)) <= 2
    tried = json.loads(run("catalogue", "import", str(file), "--dry-run", "--json").stdout)
    assert (tried["new"], tried["held"], tried["bad_lines"], tried["dry_run"]) == (1, 1, 1, True)
    taken = run("catalogue", "import", str(file))
    assert "fee_too_small" in taken.stdout
    again = json.loads(run("catalogue", "import", str(file), "--json").stdout)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)
    found = json.loads(run("find", "nuoi ong", "--json").stdout)
    assert set(found[0]) == {"code", "name", "score"}
    assert found[0]["code"] == "9.000001"
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)
    assert "nothing found" in run("find", "zzyzx").stdout
    refused = run("catalogue", "import", __file__)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
