"""The register of dossiers: every accepted one stands in it, in order, page after page, and as files that grow without memory."""

import tracemalloc
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from tinhso.modules.government.onestop.actions import exporting
from tinhso.modules.government.onestop.adapters.registers import write_sheet
from tinhso.modules.government.onestop.jobs import write_register
from tinhso.modules.government.onestop.models import RegisterOrder
from tinhso.modules.government.onestop.queries.register import LINES, iterate_lines, list_lines
from tinhso.modules.government.onestop.rules.register import Asked, read_asked
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, PROVINCE, appoint
from tinhso.modules.government.onestop.tests.test_letters import whole
from tinhso.platform.cases.models import Case
from tinhso.platform.files.queries import open_file
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.queries import list_glimpses

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOVEMBER = Asked(COMMUNE, date(2026, 11, 1), date(2026, 11, 30))
NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


def accepted(commune, count: int, first=MONDAY) -> list[str]:
    made = []
    for number in range(count):
        at = first + timedelta(minutes=number)
        public_id = commune.files(now=at - timedelta(hours=1))
        commune.does(public_id, "accept", now=at)
        made.append(public_id)
    return made


def kept(order: RegisterOrder) -> bytes:
    with open_file(order.file_sha256) as stream:
        return stream.read()


def many_lines(number: int) -> None:
    """Copies of the one accepted dossier, one a second later than the other."""
    with connection.cursor() as cursor:
        columns = [
            field.column
            for field in Case._meta.concrete_fields
            if field.column not in {"id", "public_id", "code", "accepted_at"}
        ]
        named = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(
            f"insert into cases_case (public_id, code, accepted_at, {named}) select 'X' || n, 'H90.44-X-' || n, "
            f"accepted_at + n * interval '1 second', {named} from cases_case, generate_series(1, %s) n "
            "where id = (select max(id) from cases_case)",
            [number],
        )  # fmt: skip


def test_every_dossier_accepted_in_the_period_is_a_line_in_the_order_of_acceptance(commune):
    made = accepted(commune, 3)
    commune.files(now=MONDAY)  # filed, not accepted: not in the register
    accepted(commune, 1, first=MONDAY + timedelta(days=10))
    page = list_lines(NOVEMBER, NOW)
    assert [line.public_id for line in page.lines] == made
    assert page.lines[0].phone == "0900000011"
    assert page.lines[0].code.startswith("H90.44-261123-")


def test_a_dossier_whose_result_is_due_the_same_day_gets_no_receipt_but_stands_in_the_register(commune):
    (public_id,) = accepted(commune, 1)
    assert Case.objects.get(public_id=public_id).due_at.date() == MONDAY.date()
    (line,) = list_lines(NOVEMBER, NOW).lines
    assert line.public_id == public_id


def test_pages_follow_each_other_without_gap_or_repetition(commune):
    made, seen, after = accepted(commune, 7), [], None
    for _ in range(5):
        page = list_lines(NOVEMBER, NOW, after=after, limit=3)
        seen += [line.public_id for line in page.lines]
        after = page.after
        if after is None:
            break
    assert seen == made
    assert [len(batch) for batch in iterate_lines(NOVEMBER, NOW, batch=3)] == [3, 3, 1]


def test_filters_find_late_and_open_ones(commune):
    late, done = accepted(commune, 2)
    commune.does(done, "propose", "sign", now=MONDAY + timedelta(hours=2))
    found = {name: [line.public_id for line in list_lines(Asked(COMMUNE, date(2026, 11, 1), date(2026, 11, 30), standing=name), NOW).lines] for name in ("open", "late", "in_time", "returned")}  # fmt: skip
    assert found == {"open": [late], "late": [late], "in_time": [done], "returned": []}
    assert list_lines(Asked(COMMUNE, NOVEMBER.first_on, NOVEMBER.last_on, procedure="9.999999"), NOW).lines == ()
    assert list_lines(Asked(OTHER, NOVEMBER.first_on, NOVEMBER.last_on), NOW).lines == ()


def test_one_page_takes_a_fixed_number_of_statements(commune):
    accepted(commune, 1)
    counts = []
    for more in (2, 60):
        many_lines(more)
        Case.objects.filter(public_id__startswith="X").update(code=None)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            list_lines(NOVEMBER, NOW)
        counts.append(len(seen))
        Case.objects.filter(public_id__startswith="X").delete()
    assert counts[0] == counts[1] <= 4


def test_a_page_deep_in_a_long_register_is_read_by_its_index(commune):
    accepted(commune, 1)
    many_lines(20_000)
    first = list_lines(NOVEMBER, NOW, limit=10_000)
    with connection.cursor() as cursor:
        cursor.execute("analyze cases_case")
        values = {
            "limit": 51,
            "after_at": first.after[0],
            "after_id": first.after[1],
            "procedure": "",
            "channel": "",
            "standing": "",
        }
        cursor.execute(
            f"explain (analyze) {LINES}",
            values | {"unit": COMMUNE, "start": NOVEMBER.start, "end": NOVEMBER.end, "now": NOW},
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "cases_register" in plan
    assert "Sort" not in plan.replace("Sort Key", "")


def test_turned_days_are_turned_back_and_a_period_is_a_year_at_most():
    asked = read_asked({"from": "2026-11-30", "to": "2026-11-01"}, COMMUNE, date(2026, 12, 1))
    assert (asked.first_on, asked.last_on) == (date(2026, 11, 1), date(2026, 11, 30))
    asked = read_asked({"from": "2020-01-01", "to": "nonsense"}, COMMUNE, date(2026, 12, 1))
    assert (asked.last_on - asked.first_on).days == 366


def test_a_short_register_is_a_sheet_at_once_and_the_ledger_knows_who_took_it(commune):
    accepted(commune, 3)
    Case.objects.update(applicant_name="=1+1")
    order = exporting.order_register(asked=NOVEMBER, form="xlsx", actor=commune.desk, now=NOW)
    sheet = load_workbook(BytesIO(kept(order))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Sổ theo dõi hồ sơ (mẫu số 07, TT 03/2025/TT-VPCP)"
    assert [row[0] for row in rows[3:]] == [1, 2, 3]
    assert rows[3][4] == "=1+1"
    assert sheet.cell(4, 5).data_type == "s"
    assert rows[3][8] == datetime(2026, 11, 23, 9, 0)
    (fact,) = list_facts(f"register:{COMMUNE}")
    assert (fact.actor_code, fact.body["lines"]) == (commune.desk.code, 3)


def test_the_number_of_the_form_is_that_of_the_set_of_its_day(commune):
    asked = Asked(COMMUNE, date(2025, 6, 1), date(2025, 6, 30))
    order = exporting.order_register(asked=asked, form="xlsx", actor=commune.desk, now=NOW)
    assert (
        load_workbook(BytesIO(kept(order))).active.cell(1, 1).value
        == "Sổ theo dõi hồ sơ (mẫu số 06, TT 01/2018/TT-VPCP)"
    )


def test_a_register_to_print_is_pdf_a_and_its_numbers_go_on_from_part_to_part(commune):
    accepted(commune, 1)
    many_lines(500)
    order = exporting.order_register(asked=NOVEMBER, form="pdf", actor=commune.desk, now=NOW)
    content = kept(order)
    with pikepdf.open(BytesIO(content)) as document:
        assert document.open_metadata().pdfa_status == "2B"
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    assert "SỔ THEO DÕI HỒ SƠ" in pages[0].upper()
    assert sum("SỔ THEO DÕI HỒ SƠ" in page.upper() for page in pages) == 1
    words = " ".join(pages)
    assert "H90.44-X-500" in words
    assert f"Trang {len(pages)}" in pages[-1]
    assert order.lines == 501


def test_a_long_register_is_written_by_a_job_and_the_page_tells_how_far(commune):
    accepted(commune, 1, first=MONDAY)
    many_lines(exporting.AT_ONCE + 50)
    client = commune.client_of(commune.desk)
    asked = {"unit": COMMUNE, "from": "2026-11-01", "to": "2026-11-30", "form": "xlsx"}
    answer = client.post("/work/register/download/", asked)
    order = RegisterOrder.objects.get()
    assert answer["Location"] == f"/work/register/orders/{order.public_id}/"
    page = client.get(answer["Location"])
    assert "Đang ghi sổ" in page.content.decode()
    assert page["Refresh"] == "3"
    write_register(order=order.public_id)
    write_register(order=order.public_id)  # told twice, written once
    order.refresh_from_db()
    assert (order.lines, order.finished_at is not None) == (exporting.AT_ONCE + 51, True)
    assert "Sổ đã ghi xong" in client.get(answer["Location"]).content.decode()
    sent = client.get(f"/work/register/orders/{order.public_id}/file/")
    assert whole(sent).startswith(b"PK")
    assert commune.client_of(commune.handler).get(f"/work/register/orders/{order.public_id}/file/").status_code == 404


def test_a_sheet_ten_times_as_long_takes_no_more_memory(tmp_path):
    def peak(lines: int) -> int:
        tracemalloc.start()
        write_sheet(
            tmp_path / f"{lines}.xlsx", ["Sổ"], [("TT", 6), ("Tên", 20)], ((n, f"Người thứ {n}") for n in range(lines))
        )
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(10_000) < 2 * peak(1_000) + 2_000_000


def test_the_page_shows_the_register_of_ones_own_unit_only(commune):
    made = accepted(commune, 2)
    asked = f"/work/register/?unit={COMMUNE}&from=2026-11-01&to=2026-11-30"
    page = commune.client_of(commune.desk).get(asked).content.decode()
    for public_id in made:
        assert Case.objects.get(public_id=public_id).code in page
    stranger = appoint("Người xã khác", "receptionist", OTHER)
    assert commune.client_of(stranger).get(asked).status_code == 403
    above = appoint("Lãnh đạo tỉnh", "leader", PROVINCE)
    assert commune.client_of(above).get(asked).status_code == 200


def test_a_foreign_key_of_a_page_is_the_first_page(commune):
    accepted(commune, 1)
    page = commune.client_of(commune.desk).get(
        f"/work/register/?unit={COMMUNE}&from=2026-11-01&to=2026-11-30&after=x~y"
    )
    assert page.status_code == 200
    assert "H90.44-261123" in page.content.decode()


def test_a_week_is_no_key_of_a_page(commune):
    address = f"/work/register/?unit={COMMUNE}&from=2026-11-01&to=2026-11-30&after=2026-W47-5~1"
    assert commune.client_of(commune.desk).get(address).status_code == 200


def test_whoever_stands_in_a_register_that_was_read_or_taken_away_can_read_so(commune):
    accepted(commune, 1)
    address = f"/work/register/?unit={COMMUNE}&from=2026-11-01&to=2026-11-30"
    assert commune.client_of(commune.desk).get(address).status_code == 200
    exporting.order_register(asked=NOVEMBER, form="xlsx", actor=commune.handler, now=NOW)

    told = [(row.who_name, row.place) for row in list_glimpses(commune.mai.code)]
    assert sorted(told) == sorted([(commune.desk.name, "register"), (commune.handler.name, "register")])
