"""Taking up a file: safe to repeat, nothing lost, what officers decided is kept, the pack is never touched."""

import gzip
import json
from datetime import timedelta

import pytest

from tinhso.platform.cases.models import ProcedureVersion
from tinhso.platform.catalogue import actions, models, queries
from tinhso.platform.catalogue.adapters import UnreadableFile, read_file
from tinhso.platform.catalogue.models import RecordVersion
from tinhso.platform.catalogue.rules.deciding import CannotDecide
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people.rules import SYSTEM, NotAllowed

from .conftest import CLERK, LAN, LATER, NOW, TODAY, file_of, load_shipped, record, take_up

pytestmark = pytest.mark.django_db
CODE = "9.000001"
DOUBTFUL = {"channels__0__fee": 0, "channels__0__note": "(20.000 đồng/lần)", "channels__1__fee": 0}


def versions(code: str = CODE) -> list[tuple[int, str]]:
    return [(row.number, row.status) for row in reversed(queries.list_versions(code))]


def kinds() -> list[str]:
    return list(Fact.objects.order_by("id").values_list("kind", flat=True))


def test_a_record_in_order_is_told_at_once_and_one_in_doubt_waits():
    plan = take_up(record(), record("9.000002", **DOUBTFUL))

    assert plan.counts["new"], plan.counts["held"] == (2, 1)
    assert (versions(), versions("9.000002")) == ([(1, "clear")], [(1, "held")])
    assert queries.count_held() == 1
    assert queries.find_told(CODE, TODAY).held == ()
    assert queries.find_told("9.000002", TODAY).held == ("fee",)
    assert kinds() == ["catalogue.records.imported"]


def test_the_same_file_again_changes_nothing():
    take_up(record())
    plan = take_up(record(), now=LATER)

    assert (plan.counts["new"], plan.counts["changed"], plan.counts["unchanged"]) == (0, 0, 1)
    assert versions() == [(1, "clear")]


def test_a_changed_record_becomes_a_version_beside_the_old():
    take_up(record())
    take_up(record(name="Cấp giấy phép nuôi ong"), now=LATER)

    assert versions() == [(1, "clear"), (2, "clear")]
    assert queries.find_told(CODE, LATER.date()).text.name == "Cấp giấy phép nuôi ong"
    assert queries.find_told(CODE, TODAY).text.name == "Cấp giấy phép nuôi ong lấy mật"


def test_what_was_told_stays_in_force_while_a_doubtful_change_waits():
    take_up(record())
    take_up(record(**DOUBTFUL), now=LATER)

    told = queries.find_told(CODE, LATER.date())
    assert versions() == [(1, "clear"), (2, "held")]
    assert (told.number, told.held) == (1, ())


def test_a_vanished_record_is_marked_and_comes_back():
    take_up(record(), record("9.000002"))
    plan = take_up(record("9.000002"), now=LATER)

    assert plan.vanished == (CODE,)
    assert queries.find_told(CODE, LATER.date()) is None
    assert queries.list_versions(CODE)[0].vanished_on == LATER.date()
    back = take_up(record(), record("9.000002"), now=LATER + timedelta(days=1))
    assert back.back == (CODE,)
    assert queries.find_told(CODE, LATER.date()) is not None


def test_a_file_that_lacks_a_fifth_of_what_is_known_is_refused_whole():
    take_up(*(record(f"9.00000{number}") for number in range(4)))

    with pytest.raises(actions.TooManyVanish):
        take_up(record("9.000001", name="Khác"), now=LATER, accept_vanished=False)
    assert versions() == [(1, "clear")]
    assert not models.Record.objects.exclude(vanished_on=None).exists()


def test_a_dry_run_writes_nothing():
    plan = actions.plan_records(file=file_of(record()), now=NOW)

    assert plan.counts["new"] == 1
    assert not models.Record.objects.exists()
    assert kinds() == []


def test_approving_as_it_is_tells_all_of_it_from_its_day_on():
    take_up(record(**DOUBTFUL))
    day = TODAY + timedelta(days=10)
    actions.approve_record(code=CODE, number=1, effective_on=day, reason="đã hỏi Sở", actor=LAN, now=NOW)

    assert queries.find_told(CODE, day - timedelta(days=1)) is None
    assert queries.find_told(CODE, day).held == ()
    fact = Fact.objects.get(kind="catalogue.record.approved")
    assert (fact.subject, fact.actor_code) == (CODE, LAN.code)
    assert json.loads(fact.body)["accepted"] == ["free_but_note_sets_fee"]


def test_an_accepted_fault_stays_accepted_until_the_portal_says_something_else():
    take_up(record(**DOUBTFUL))
    actions.approve_record(code=CODE, number=1, actor=LAN, now=NOW)
    take_up(record(**DOUBTFUL, name="Tên mới"), now=LATER)
    assert versions() == [(1, "approved"), (2, "approved")]

    take_up(record(**DOUBTFUL | {"channels__0__note": "(50.000 đồng/lần)"}), now=LATER)
    assert versions()[-1] == (3, "held")
    assert queries.find_told(CODE, LATER.date()).number == 2


def test_a_corrected_field_keeps_beside_it_what_the_portal_said_and_is_carried_over():
    take_up(record(channels__0__fee=20, channels__1__fee=20))
    for number in (0, 1):
        actions.correct_record(
            code=CODE, number=1, path=f"channels.{number}.fee", entered="20.000", reason="biểu phí", actor=LAN, now=NOW
        )
    row = queries.get_version(CODE, 1)
    assert (row.raw["channels"][0]["fee"], row.text.channels[0].fee, row.open_faults) == (20, 20000, ())
    assert row.status == "held"
    actions.approve_record(code=CODE, number=1, actor=LAN, now=NOW)

    take_up(record(channels__0__fee=20, channels__1__fee=20, decision="2/QĐ"), now=LATER)
    assert queries.get_version(CODE, 2).text.channels[0].fee == 20000
    take_up(record(channels__0__fee=30, channels__1__fee=20, decision="2/QĐ"), now=LATER)
    newest = queries.get_version(CODE, 3)
    assert [each.path for each in newest.corrections] == ["channels.1.fee"]
    assert newest.status == "held"


def test_rejecting_needs_a_reason_and_tells_nothing():
    take_up(record(**DOUBTFUL))
    with pytest.raises(CannotDecide):
        actions.reject_record(code=CODE, number=1, reason=" ", actor=LAN, now=NOW)
    actions.reject_record(code=CODE, number=1, reason="sai hoàn toàn", actor=LAN, now=NOW)

    assert queries.find_told(CODE, TODAY) is None
    assert (versions(), queries.count_held()) == ([(1, "rejected")], 0)
    assert kinds()[-1] == "catalogue.record.rejected"


def test_only_controllers_and_administrators_decide():
    take_up(record(**DOUBTFUL))

    with pytest.raises(NotAllowed):
        actions.approve_record(code=CODE, number=1, actor=CLERK, now=NOW)


@pytest.mark.parametrize("days", [-1, 5000])
def test_no_day_in_the_past_or_far_away(days):
    take_up(record(**DOUBTFUL))

    with pytest.raises(CannotDecide):
        actions.approve_record(code=CODE, number=1, effective_on=TODAY + timedelta(days=days), actor=LAN, now=NOW)


def test_a_record_without_a_name_cannot_be_approved_before_it_has_one():
    take_up(record(name=""))
    with pytest.raises(CannotDecide):
        actions.approve_record(code=CODE, number=1, actor=LAN, now=NOW)
    assert queries.find_told(CODE, TODAY) is None

    actions.correct_record(code=CODE, number=1, path="name", entered="Nuôi ong", reason="thiếu", actor=LAN, now=NOW)
    actions.approve_record(code=CODE, number=1, actor=LAN, now=NOW)
    assert queries.find_told(CODE, TODAY).text.name == "Nuôi ong"


def test_the_pack_wins_and_its_procedure_is_not_touched():
    load_shipped("cases")
    before = list(ProcedureVersion.objects.values_list("code", "sha256"))
    take_up(record("1.001193", name="Đăng ký khai sinh theo cổng", **DOUBTFUL))

    entry = queries.find_entry("1.001193", TODAY)
    assert (entry.from_pack, entry.fileable, entry.held) == (True, True, ())
    assert entry.name.vi == "Đăng ký khai sinh"
    assert list(ProcedureVersion.objects.values_list("code", "sha256")) == before


def test_a_file_is_read_packed_or_plain_and_says_what_is_no_record(tmp_path):
    lines = [
        json.dumps(record()),
        "{broken",
        json.dumps(record(name="zweimal")),
        "[]",
        json.dumps(record("9.000002")),
        "",
    ]
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text("\n".join(lines))
    packed.write_bytes(gzip.compress("\n".join(lines).encode()))

    for path in (plain, packed):
        found = read_file(path)
        assert (list(found.records), found.bad_lines, found.repeated) == ([CODE, "9.000002"], (2, 4), (CODE,))


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b broken", b"\xff\xfe\n", b"[]\n{}"])
def test_a_file_without_any_record_is_refused(tmp_path, content):
    for name in ("a.jsonl", "a.jsonl.gz"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableFile):
            read_file(tmp_path / name)


def test_the_system_may_take_up_a_file():
    actions.import_records(file=file_of(record()), actor=SYSTEM, now=NOW)

    assert models.Reading.objects.get().counts["new"] == 1
    assert RecordVersion.objects.count() == 1
