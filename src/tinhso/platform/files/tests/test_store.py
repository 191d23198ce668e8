"""Contents are kept once, whole, or not at all."""

import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from tinhso.platform.files import actions, queries
from tinhso.platform.files.adapters import ContentStore
from tinhso.platform.files.models import Deposit, StoredFile
from tinhso.platform.files.rules import MEGABYTE, Limits, Refusal
from tinhso.platform.files.tests.papers import NOW, content_of, pdf, picture, written

SOURCE = Path(__file__).parents[4]
KILLED_WHILE_WRITING = """
import resource, signal, sys
from pathlib import Path
from tinhso.platform.files.adapters.disk import ContentStore
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
ContentStore(Path(sys.argv[1])).keep(b"a" * 1_000_000)
"""
KILLED_BEFORE_NAMING = """
import os, signal, sys
from pathlib import Path
from tinhso.platform.files.adapters.disk import ContentStore
sys.addaudithook(lambda event, _: os.kill(os.getpid(), signal.SIGKILL) if event == "os.rename" else None)
ContentStore(Path(sys.argv[1])).keep(b"a" * 1_000_000)
"""


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("story", "how", "left"),
    [(KILLED_WHILE_WRITING, signal.SIGXFSZ, 300_000), (KILLED_BEFORE_NAMING, signal.SIGKILL, 1_000_000)],
    ids=["in the middle of writing", "between writing and naming"],
)
def test_a_death_leaves_no_half_file_under_its_final_name(tmp_path, story, how, left):
    died = subprocess.run([sys.executable, "-c", story, tmp_path], env={"PYTHONPATH": str(SOURCE)}, check=False)

    assert died.returncode == -how
    assert files_below(tmp_path / "sha256") == []
    assert [path.stat().st_size for path in files_below(tmp_path / "incoming")] == [left]
    store = ContentStore(tmp_path)
    assert store.is_sound(store.keep(b"a" * 1_000_000))


def test_what_a_death_left_is_swept_later(tmp_path):
    store = ContentStore(tmp_path)
    store.keep(b"a")
    (store.incoming / "left.tmp").write_bytes(b"half")

    assert store.sweep(before=0) == 0
    assert store.sweep(before=(store.incoming / "left.tmp").stat().st_mtime + 1) == 1
    assert files_below(store.incoming) == []


def test_a_changed_content_is_noticed(tmp_path):
    store = ContentStore(tmp_path)
    sha256 = store.keep(b"a" * 100)
    path = store.path_of(sha256)
    path.write_bytes(b"b" * 100)

    assert not store.is_sound(sha256)
    assert not store.is_sound("0" * 64)


@pytest.mark.parametrize("sha256", ["../../../etc/passwd", "", "A" * 64, "a" * 63])
def test_only_a_hash_leads_to_a_place_on_disk(tmp_path, sha256):
    with pytest.raises(ValueError, match="not a SHA-256"):
        ContentStore(tmp_path).path_of(sha256)


@pytest.mark.django_db
def test_the_same_paper_from_two_people_is_kept_once_and_belongs_to_both(mai, nam):
    content = written(pdf())

    first = actions.store_file(content=content, name="Giấy chứng sinh.pdf", actor=mai, now=NOW)
    second = actions.store_file(content=BytesIO(content), name="scan.pdf", actor=nam, now=NOW)
    actions.store_file(content=content, name="lần hai.pdf", actor=mai, now=NOW)

    assert first.pk == second.pk
    assert StoredFile.objects.count() == 1
    names = Deposit.objects.order_by("pk").values_list("actor_code", "name")
    assert list(names) == [("citizen:mai", "Giấy chứng sinh.pdf"), ("citizen:nam", "scan.pdf")]
    with queries.open_file(first.sha256) as kept:
        assert kept.read() == content


@pytest.mark.django_db
def test_who_only_knows_a_hash_has_not_handed_the_paper_in(mai, nam):
    file = actions.store_file(content=written(pdf()), name="a.pdf", actor=mai, now=NOW)

    assert list(queries.list_handed_in([file.sha256], actor=mai)) == [file.sha256]
    assert queries.list_handed_in([file.sha256], actor=nam) == {}


@pytest.mark.django_db
def test_a_file_from_disk_and_its_measures_can_be_asked_for(mai, tmp_path):
    path = tmp_path / "anh"
    path.write_bytes(picture("PNG"))

    file = actions.store_file(content=path, name="C:\\Ảnh\\con.png", actor=mai, now=NOW)

    row = queries.get_file(file.sha256)
    assert (row.media_type, row.width, row.height, row.pages, row.stored_at) == ("image/png", 60, 40, None, NOW)
    assert row.size == len(content_of(row.sha256))
    assert queries.list_handed_in([row.sha256, "0" * 64], actor=mai) == {row.sha256: row}
    assert queries.find_file("0" * 64) is None
    assert Deposit.objects.get().name == "con.png"


@pytest.mark.django_db
def test_of_a_stream_that_is_too_long_no_more_than_needed_is_read(mai):
    stream = BytesIO(b"%PDF-" + b"x" * 5 * MEGABYTE)

    with pytest.raises(Refusal, match="1 MB"):
        actions.store_file(content=stream, name="a.pdf", actor=mai, now=NOW, limits=Limits(max_bytes=MEGABYTE))

    assert stream.tell() == MEGABYTE + 1
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_document_of_the_platform_is_kept_as_it_is(mai):
    signed = written(pdf(), encryption=False) + b"\n% signature"

    file = actions.keep_document(content=signed, media_type="application/pdf", actor=mai, now=NOW)

    assert content_of(file.sha256) == signed
