"""An indicator that is not in force is tried on the latest months: beside the one in force, kept nowhere, stopped in time."""

import pytest
from click.testing import CliRunner

from tinhso.host.commands.warehouse import command
from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.models import Indicator
from tinhso.modules.insight.indicators.queries import drafts
from tinhso.modules.insight.indicators.tests.conftest import FIRST, IN_A_MONTH, MORNING, NOW, SHIPPED, file, resolve

ON_TIME = next(path for path in SHIPPED if path.stem == "on_time_rate").read_text()


@pytest.fixture
def three_months(province):
    for number in range(3):
        for _ in range(number + 1):
            resolve(file(at=MORNING + number * IN_A_MONTH), at=MORNING + number * IN_A_MONTH)
    actions.refresh_warehouse(now=NOW)


def months(trial) -> list[tuple[str, int]]:
    return [(draft.period.code, draft.denominator) for draft, _ in trial.rows]


def test_only_the_latest_months_are_looked_at(three_months):
    assert months(queries.try_draft(ON_TIME, "on_time_rate", 2)) == [("2026-10", 2), ("2026-11", 3)]
    trial = queries.try_draft(ON_TIME, "on_time_rate", 12)
    assert months(trial) == [("2026-09", 1), ("2026-10", 2), ("2026-11", 3)]
    assert (trial.sampled, trial.sample.code) == (6, "2026-09..2026-11")


def test_a_draft_stands_beside_what_is_in_force_under_its_code(three_months):
    stricter = ON_TIME.replace("resolved_at <= due_at as value", "resolved_at <= filed_at as value")
    draft, known = queries.try_draft(stricter, "on_time_rate").whole
    assert (draft.numerator, draft.denominator) == (0, 6)
    assert (known.numerator, known.denominator) == (6, 6)
    draft, known = queries.try_draft(ON_TIME, "something_new").whole
    assert (draft.numerator, known) == (6, None)


def test_nothing_is_kept(three_months):
    before = queries.get_manifest(), list(Indicator.objects.values_list("code", "sha256"))
    queries.try_draft(ON_TIME.replace("due_at as value", "filed_at as value"), "on_time_rate")
    assert (queries.get_manifest(), list(Indicator.objects.values_list("code", "sha256"))) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ON_TIME.replace("resolved_at <= due_at", "resolved_at <= du_at"), "du_at"),
        (ON_TIME.replace("-- numerator: hồ sơ xong đúng hạn\n", ""), "numerator"),
        (ON_TIME.replace("resolved_at <= due_at as value", "error('x' || public_id)::boolean as value"), "x"),
        (ON_TIME.replace("from cases", "from read_csv('/etc/passwd')"), "passwd"),
        ("", "title"),
        (
            ON_TIME.replace("as value", "as value, '--' as x) ; copy (select 1) to 'x' ; select * from (select 1"),
            "Parser Error",
        ),
        (ON_TIME.replace("as value", "as value, '--' as x") + "; copy (select 1) to 'x'", "exactly one select"),
        (ON_TIME.replace("is not null and", "< now() and"), "now"),
        (ON_TIME.replace("is not null and", "< current_date and"), "current_date"),
        (ON_TIME.replace("as value", "and random() < 0.5 as value"), "rand"),
    ],
)
def test_what_is_wrong_with_a_draft_is_told_with_its_line(three_months, text, said):
    with pytest.raises(queries.DraftFailed, match=said) as failed:
        queries.try_draft(text, "draft")
    assert all(each.line >= 1 and each.path == "draft.sql" for each in failed.value.problems)


def test_a_select_that_would_run_for_hours_is_stopped(three_months, monkeypatch):
    monkeypatch.setattr(drafts, "LONGEST_SECONDS", 0.3)
    endless = ON_TIME.replace("from cases", "from cases cross join range(100000000) a cross join range(100000) b")
    with pytest.raises(queries.DraftFailed, match="took longer"):
        queries.try_draft(endless, "on_time_rate")


def test_before_there_is_a_warehouse_nothing_can_be_tried(province):
    assert queries.try_draft(ON_TIME, "on_time_rate") is None


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("leader", 403), ("receptionist", 403)])
def test_only_administrators_try_drafts_on_the_page(three_months, signed_in, role, status):
    assert signed_in(FIRST, role).get("/indicators/draft/").status_code == status


def test_the_page_shows_what_a_draft_gives_beside_what_is_in_force(three_months, signed_in):
    stricter = ON_TIME.replace("resolved_at <= due_at as value", "resolved_at <= filed_at as value")
    sent = {"code": "on_time_rate", "months": "12", "text": stricter}
    page = signed_in(FIRST, "administrator").post("/indicators/draft/", sent).content.decode()
    assert "Thử trên 6 hồ sơ" in page
    assert page.index("tháng 11/2026") < page.index("Cả mẫu")
    assert "100%" in page
    assert "resolved_at &lt;= filed_at" in page


def test_the_page_names_the_line_that_is_wrong_and_keeps_what_was_typed(three_months, signed_in):
    wrong = ON_TIME.replace("resolved_at <= due_at as value", "resolved_at <= du_at as value")
    answer = signed_in(FIRST, "administrator").post("/indicators/draft/", {"text": wrong, "months": "x"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Dòng 15:" in page
    assert "du_at as value" in page


def test_the_command_prints_a_line_for_each_month_and_names_faults(three_months, tmp_path):
    path = tmp_path / "on_time_rate.sql"
    path.write_text(ON_TIME)
    run = CliRunner().invoke(command, ["try", str(path), "--months", "2"])
    assert run.exit_code == 0
    assert [line.split("\t")[3] for line in run.output.splitlines()[1:-1]] == ["2", "3", "5"]
    path.write_text(ON_TIME.replace("from cases", "from case_s"))
    run = CliRunner().invoke(command, ["try", str(path)])
    assert run.exit_code == 1
    assert "case_s" in run.output
