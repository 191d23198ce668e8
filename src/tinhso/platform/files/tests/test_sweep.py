"""Files that nobody refers to go after a month, and nobody can fill the disk in a day."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from tinhso.host.commands.files import command
from tinhso.platform.capability import Capability, capabilities
from tinhso.platform.files import actions, queries, rules
from tinhso.platform.files.models import Deposit, StoredFile
from tinhso.platform.files.rules import Quota
from tinhso.platform.files.tests.conftest import Person
from tinhso.platform.files.tests.papers import NOW, pdf, written
from tinhso.platform.forms.models import Draft
from tinhso.platform.signing.models import SignatureRecord

MONTH_LATER = NOW + timedelta(days=31)
OTHERS = {"started_at": NOW, "updated_at": NOW, "form_version": NOW.date()}


def paper(pages: int) -> bytes:
    return written(pdf(pages), static_id=True)


@pytest.fixture
def sent(db, mai):
    """Three papers that mai sent: one she attached to a draft, one that was signed, one that she forgot."""
    return [
        actions.store_file(content=paper(pages), name="a.pdf", actor=mai, now=NOW + timedelta(seconds=pages)).sha256
        for pages in (1, 2, 3)
    ]


def refer_to(drafted: str, signed: str) -> None:
    papers = {"proof": [{"sha256": drafted, "name": "a.pdf"}]}
    Draft.objects.create(public_id="d1", owner_code="citizen:mai", papers=papers, **OTHERS)
    SignatureRecord.objects.create(sha256_before=signed, sha256_after="0" * 64, signed_at=NOW, verdict={})


def test_what_nobody_refers_to_goes_after_a_month_and_everything_else_stays(sent, shelf):
    drafted, signed, forgotten = sent
    refer_to(drafted, signed)

    assert actions.sweep_unused(now=NOW + timedelta(days=29)) == []
    assert [file.sha256 for file in queries.list_unused(MONTH_LATER, 10)] == [forgotten], "a dry run names it"
    assert queries.find_file(forgotten), "and leaves it"
    assert [file.sha256 for file in actions.sweep_unused(now=MONTH_LATER)] == [forgotten]

    assert queries.find_file(forgotten) is None
    assert not any(path.name == forgotten for path in shelf.rglob("*"))
    assert all(queries.is_sound(each) and queries.find_file(each) for each in (drafted, signed))


def test_what_is_in_use_is_not_asked_about_every_night(sent):
    refer_to(*sent[:2])
    actions.sweep_unused(now=MONTH_LATER)
    assert queries.list_due(MONTH_LATER, 10) == []
    Draft.objects.all().delete()
    assert [file.sha256 for file in actions.sweep_unused(now=MONTH_LATER + timedelta(days=181))] == [sent[0]]


def test_a_night_looks_at_so_many_and_the_next_one_goes_on(sent):
    refer_to(*sent[:2])
    assert [file.sha256 for file in actions.sweep_unused(now=MONTH_LATER, limit=2)] == []
    assert [file.sha256 for file in actions.sweep_unused(now=MONTH_LATER, limit=2)] == [sent[2]]


def test_a_paper_sent_again_is_new_again(sent, nam):
    actions.store_file(content=paper(3), name="x.pdf", actor=nam, now=NOW + timedelta(days=20))
    gone = {file.sha256 for file in actions.sweep_unused(now=MONTH_LATER)}
    assert gone == set(sent[:2])
    assert Deposit.objects.count() == 2


def test_every_app_with_a_file_in_a_column_is_asked_without_being_told_to(db):
    columns = {
        (app.label, field.name)
        for app in capabilities()
        for model in app.get_models()
        for field in model._meta.concrete_fields
        if "sha256" in field.name
    }
    assert {("cases", "file_sha256"), ("signing", "sha256_before")} <= columns
    deaf = {type(app).__name__ for app in capabilities() if type(app).files_in_use is not Capability.files_in_use}
    assert deaf <= {"FilesConfig", "FormsConfig"}, "who answers himself must answer for his columns too"


def test_a_person_sends_so_much_in_a_day_and_the_next_day_again(db, mai, nam, monkeypatch):
    monkeypatch.setitem(rules.QUOTAS, "citizen", Quota(max_files=2, max_bytes=10**9))
    for pages in (1, 2):
        actions.store_file(content=paper(pages), name="a.pdf", actor=mai, now=NOW)
    with pytest.raises(rules.Refusal) as refused:
        actions.store_file(content=paper(3), name="a.pdf", actor=mai, now=NOW)
    assert refused.value.code == "too_much_today"
    assert "2 tệp" in refused.value.vi
    with pytest.raises(rules.Refusal, match="Hôm nay"):
        actions.start_upload(name="a.pdf", size=10, actor=mai, now=NOW)
    assert StoredFile.objects.count() == 2

    actions.store_file(content=paper(3), name="a.pdf", actor=nam, now=NOW)
    actions.store_file(content=paper(3), name="a.pdf", actor=mai, now=NOW + timedelta(hours=25))


def test_bytes_count_as_much_as_files_and_the_system_itself_has_no_quota(db, mai, monkeypatch):
    monkeypatch.setitem(rules.QUOTAS, "citizen", Quota(max_files=100, max_bytes=100))
    with pytest.raises(rules.Refusal) as refused:
        actions.start_upload(name="a.pdf", size=101, actor=mai, now=NOW)
    assert refused.value.code == "too_much_today"
    system = Person("system", kind="system")
    assert actions.store_file(content=paper(1), name="a.pdf", actor=system, now=NOW)


def test_the_command_lists_what_would_go_and_removes_only_when_told_to(sent):
    StoredFile.objects.update(look_at=NOW - timedelta(days=400))
    said = CliRunner().invoke(command, ["sweep", "--dry-run"])
    assert "3 tệp" in said.output, said.output
    assert StoredFile.objects.count() == 3
    assert "đã xóa" in CliRunner().invoke(command, ["sweep"]).output
    assert StoredFile.objects.count() == 0
