"""A file that comes in pieces, over a network that fails."""

import hashlib
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tinhso.platform.files import actions, queries
from tinhso.platform.files.adapters import content_store
from tinhso.platform.files.models import Upload
from tinhso.platform.files.rules import MEGABYTE, Refusal, WrongOffset
from tinhso.platform.files.tests.papers import NOW, content_of, pdf, written

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = written(pdf(3))


@pytest.fixture
def upload(mai):
    return actions.start_upload(name="giấy.pdf", size=len(PAPER), actor=mai, now=NOW)


def send(upload, actor, start, end):
    return actions.append_chunk(upload=upload, offset=start, chunk=PAPER[start:end], actor=actor, now=NOW)


def left_on_disk():
    return list((settings.MEDIA_ROOT / "incoming").glob("*"))


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, len(PAPER)), max_size=6))
def test_however_it_is_cut_the_paper_arrives_as_it_was(mai, cuts):
    upload = actions.start_upload(
        name="a.pdf", size=len(PAPER), sha256=hashlib.sha256(PAPER).hexdigest(), actor=mai, now=NOW
    )
    places = [0, *sorted(cuts), len(PAPER)]
    for start, end in pairwise(places):
        assert send(upload, mai, start, end) == end

    file = actions.finish_upload(upload=upload, actor=mai, now=NOW)

    assert content_of(file.sha256) == PAPER
    assert left_on_disk() == []


def test_a_piece_sent_twice_is_refused_with_the_right_place(upload, mai):
    send(upload, mai, 0, 100)

    with pytest.raises(WrongOffset) as caught:
        send(upload, mai, 0, 100)
    assert caught.value.expected == 100
    with pytest.raises(WrongOffset):
        send(upload, mai, 200, 300)
    assert send(upload, mai, 100, 200) == 200


def test_bytes_written_but_never_acknowledged_are_written_again(upload, mai):
    send(upload, mai, 0, 100)
    with content_store().pieces_of(upload).open("ab") as pieces:
        pieces.write(b"lost before commit")

    send(upload, mai, 100, len(PAPER))

    assert content_of(actions.finish_upload(upload=upload, actor=mai, now=NOW).sha256) == PAPER


def test_pieces_lost_from_disk_are_asked_for_again(upload, mai):
    send(upload, mai, 0, 300)
    with content_store().pieces_of(upload).open("r+b") as pieces:
        pieces.truncate(50)

    with pytest.raises(Refusal) as caught:
        actions.finish_upload(upload=upload, actor=mai, now=NOW)
    assert caught.value.code == "incomplete"
    with pytest.raises(WrongOffset) as wrong:
        send(upload, mai, 300, 400)
    assert wrong.value.expected == 50


def test_an_unfinished_upload_goes_on_after_finish_was_asked_too_early(upload, mai):
    send(upload, mai, 0, 10)
    with pytest.raises(Refusal) as caught:
        actions.finish_upload(upload=upload, actor=mai, now=NOW)
    assert caught.value.code == "incomplete"

    send(upload, mai, 10, len(PAPER))
    assert actions.finish_upload(upload=upload, actor=mai, now=NOW).pages == 3


def test_finishing_twice_gives_the_same_file(upload, mai):
    send(upload, mai, 0, len(PAPER))

    first = actions.finish_upload(upload=upload, actor=mai, now=NOW)
    assert actions.finish_upload(upload=upload, actor=mai, now=NOW) == first
    assert queries.find_upload(upload, actor=mai).stored_sha256 == first.sha256
    with pytest.raises(Refusal) as caught:
        send(upload, mai, len(PAPER), len(PAPER))
    assert caught.value.code == "upload_over"


def test_a_refused_file_ends_the_upload_and_leaves_nothing(mai):
    program = b"MZ" + b"\0" * 100
    upload = actions.start_upload(name="don.pdf", size=len(program), actor=mai, now=NOW)
    actions.append_chunk(upload=upload, offset=0, chunk=program, actor=mai, now=NOW)

    with pytest.raises(Refusal) as caught:
        actions.finish_upload(upload=upload, actor=mai, now=NOW)
    assert caught.value.code == "dangerous"
    assert left_on_disk() == []
    with pytest.raises(Refusal) as again:
        actions.finish_upload(upload=upload, actor=mai, now=NOW)
    assert again.value.code == "upload_over"


def test_a_file_changed_on_its_way_is_refused(mai):
    upload = actions.start_upload(name="a.pdf", size=len(PAPER), sha256="0" * 64, actor=mai, now=NOW)
    send(upload, mai, 0, len(PAPER))

    with pytest.raises(Refusal) as caught:
        actions.finish_upload(upload=upload, actor=mai, now=NOW)
    assert caught.value.code == "differs"


def test_more_bytes_than_were_told_are_refused(upload, mai):
    with pytest.raises(Refusal) as caught:
        actions.append_chunk(upload=upload, offset=0, chunk=PAPER + b"x", actor=mai, now=NOW)
    assert caught.value.code == "differs"
    assert queries.find_upload(upload, actor=mai).received == 0


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (10 * MEGABYTE + 1, "too_big")])
def test_a_size_that_cannot_be_taken_is_refused_before_anything_is_sent(mai, size, code):
    with pytest.raises(Refusal) as caught:
        actions.start_upload(name="a.pdf", size=size, actor=mai, now=NOW)
    assert caught.value.code == code


def test_nobody_leaves_endlessly_many_files_half_sent(mai, nam):
    for _ in range(40):
        actions.start_upload(name="a.pdf", size=5, actor=mai, now=NOW)

    with pytest.raises(Refusal) as caught:
        actions.start_upload(name="a.pdf", size=5, actor=mai, now=NOW)
    assert caught.value.code == "too_many_uploads"
    assert actions.start_upload(name="a.pdf", size=5, actor=nam, now=NOW)


def test_nobody_touches_anothers_upload(upload, nam):
    assert queries.find_upload(upload, actor=nam) is None
    for act in (
        lambda: send(upload, nam, 0, 10),
        lambda: actions.finish_upload(upload=upload, actor=nam, now=NOW),
        lambda: actions.discard_upload(upload=upload, actor=nam, now=NOW),
    ):
        with pytest.raises(actions.NoSuchUpload):
            act()


def test_a_discarded_upload_leaves_nothing(upload, mai):
    send(upload, mai, 0, 10)

    actions.discard_upload(upload=upload, actor=mai, now=NOW)

    assert left_on_disk() == []
    assert not Upload.objects.exists()


def test_uploads_nobody_came_back_to_are_forgotten_after_a_week(upload, mai):
    send(upload, mai, 0, 10)

    assert actions.discard_abandoned_uploads(now=NOW + timedelta(days=7)) == 0
    assert actions.discard_abandoned_uploads(now=NOW + timedelta(days=7, seconds=1)) == 1
    assert left_on_disk() == []
    assert queries.find_upload(upload, actor=mai) is None
