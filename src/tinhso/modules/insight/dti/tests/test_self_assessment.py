"""A province assesses itself: values earn points, files bear them out, others review, a leader signs; all is in the ledger."""

import io
import json
from decimal import Decimal

import pytest
from django.apps import apps
from openpyxl import Workbook
from PIL import Image

from tinhso.modules.insight.dti import actions, models
from tinhso.modules.insight.dti.queries.assessments import list_assessments, open_for, provinces_of
from tinhso.modules.insight.dti.rules import Said
from tinhso.modules.insight.dti.tests.conftest import (
    BINH,
    FORMER_LAO_CAI,
    HA,
    LANG_SON,
    LAO_CAI,
    NOW,
    OF_COMMUNE,
    START,
    THAO,
    YEN_BAI,
    declare_all,
    worker,
)
from tinhso.platform.capability import list_files_in_use
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM


def declare(public_id: str, criterion: str, actor=THAO, **answer: str) -> models.Value:
    return actions.declare_value(public_id=public_id, criterion=criterion, answer=answer, actor=actor, now=NOW)


def move(public_id: str, act: str, actor, note: str = "") -> str:
    return actions.move_assessment(public_id=public_id, act=act, note=note, actor=actor, now=NOW).state


def facts_of(public_id: str) -> list[str]:
    return list(Fact.objects.filter(subject=public_id).order_by("pk").values_list("kind", flat=True))


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(content, "PNG")
    return content.getvalue()


def test_values_of_all_main_indices_add_up_to_composite_and_pillars(assessment) -> None:
    declare_all(assessment)

    found = open_for(assessment, THAO)

    assert found.total.composite == Decimal("0.5800")
    assert found.total.pillars["digital_government"] == Decimal("0.6357")  # (317 + 128) / 700
    assert found.total.missing == 0


def test_what_is_not_declared_counts_nothing_and_is_counted_as_missing(assessment) -> None:
    declare(assessment, "rest_awareness", value="75,5")

    found = open_for(assessment, THAO)

    assert (found.total.points, found.total.composite) == (Decimal("75.5"), Decimal("0.0755"))
    assert found.total.missing == 7


def test_a_value_out_of_range_is_refused_and_nothing_is_kept(assessment) -> None:
    with pytest.raises(Said, match="phải từ 0 đến 100 điểm"):
        declare(assessment, "rest_awareness", value="101")

    assert not open_for(assessment, THAO).values


def test_a_list_of_criteria_scores_each_by_its_shape(province) -> None:
    row = actions.open_assessment(
        edition_code="2021-2023", criteria_code="known_922", year=2023, unit_key=FORMER_LAO_CAI, actor=THAO, now=NOW
    )

    assert declare(row.public_id, "district_1_1", value="3").points == 15
    assert declare(row.public_id, "district_1_2", numerator="2", denominator="3").points == Decimal("13.3333")
    assert declare(row.public_id, "city_1_1", choice="deputy").points == 5
    assert declare(row.public_id, "ict_bandwidth", value="30", best="120").points == 10
    awareness = open_for(row.public_id, THAO).total.indices[0]
    assert (awareness.points, awareness.declared, awareness.criteria) == (Decimal("33.3333"), 3, 6)


def test_submitted_reviewed_and_signed_by_three_people_each_step_a_fact(assessment) -> None:
    declare_all(assessment)

    assert move(assessment, "submit", THAO) == "submitted"
    assert move(assessment, "review", BINH, "Đã đối chiếu minh chứng") == "reviewed"
    assert move(assessment, "sign", HA) == "signed"

    found = open_for(assessment, THAO)
    assert [(step.act, step.moved_name) for step in found.moves] == [
        ("submit", "Giàng Thị Thảo"),
        ("review", "Lý Văn Bình"),
        ("sign", "Trần Thu Hà"),
    ]
    assert facts_of(assessment)[-3:] == ["dti.assessment.submitted", "dti.assessment.reviewed", "dti.assessment.signed"]
    assert json.loads(Fact.objects.get(kind="dti.assessment.signed").body)["composite"] == "0.5800"
    assert models.Assessment.objects.get().composite == Decimal("0.5800")


@pytest.mark.parametrize(
    ("act", "actor", "before", "why"),
    [
        ("review", THAO, ("submit",), "Người trình không tự rà soát"),
        ("sign", HA, ("submit",), "không làm được ở trạng thái hiện tại"),
        ("sign", BINH, ("submit", "review"), "Chỉ lãnh đạo UBND tỉnh"),
        ("submit", OF_COMMUNE, (), "Chỉ cán bộ của tỉnh"),
        ("return", BINH, ("submit",), "Ghi lý do trả lại"),
    ],
)
def test_a_step_out_of_order_or_by_the_wrong_person_is_refused(assessment, act, actor, before, why) -> None:
    for one in before:
        move(assessment, one, BINH if one == "review" else THAO)

    with pytest.raises(Said, match=why):
        move(assessment, act, actor)


def test_what_was_submitted_is_not_changed_until_it_is_returned(assessment) -> None:
    declare(assessment, "rest_awareness", value="75")
    move(assessment, "submit", THAO)
    with pytest.raises(Said, match="không sửa được nữa"):
        declare(assessment, "rest_awareness", value="80")

    move(assessment, "return", BINH, "Thiếu minh chứng")

    assert declare(assessment, "rest_awareness", value="80").points == 80
    assert open_for(assessment, THAO).moves[-1].note == "Thiếu minh chứng"


def test_evidence_is_kept_once_is_in_use_and_its_going_is_told(assessment) -> None:
    for _ in range(2):
        evidence = actions.attach_evidence(
            public_id=assessment,
            criterion="rest_awareness",
            content=picture(),
            name="biên bản.png",
            actor=THAO,
            now=NOW,
        )

    assert [row.name for row in open_for(assessment, BINH).evidence] == ["biên bản.png"]
    assert list_files_in_use([evidence.sha256]) == {evidence.sha256}
    actions.detach_evidence(
        public_id=assessment, criterion="rest_awareness", sha256=evidence.sha256, actor=THAO, now=NOW
    )
    assert not open_for(assessment, BINH).evidence
    assert facts_of(assessment)[-2:] == ["dti.evidence.attached", "dti.evidence.detached"]


def test_officers_of_todays_province_answer_for_those_it_was_made_of_and_for_no_other(assessment) -> None:
    assert {unit.key for unit in provinces_of(THAO)} == {LAO_CAI, FORMER_LAO_CAI, YEN_BAI}
    assert provinces_of(OF_COMMUNE) == []
    stranger = worker("Bế Minh Tuấn", LANG_SON, "administrator")

    with pytest.raises(LookupError):
        open_for(assessment, stranger)
    assert [row.unit_name for row in list_assessments([FORMER_LAO_CAI])] == ["Tỉnh Lào Cai"]
    with pytest.raises(Said, match="Chỉ cán bộ của tỉnh"):
        declare(assessment, "rest_awareness", actor=stranger, value="1")


def test_an_edition_without_points_or_of_another_year_is_not_begun(province) -> None:
    wanted = {"criteria_code": "frame", "unit_key": LAO_CAI, "actor": THAO, "now": NOW}

    with pytest.raises(Said, match="chưa có nguồn ghi điểm"):
        actions.open_assessment(edition_code="2024", year=2024, **wanted)
    with pytest.raises(Said, match="chấm các năm 2021, 2022, 2023"):
        actions.open_assessment(edition_code="2021-2023", year=2020, **wanted)


def test_a_figure_of_the_records_is_not_typed(province) -> None:
    row = actions.open_assessment(
        edition_code="qd766", criteria_code="known_766", year=2026, unit_key=LAO_CAI, actor=THAO, now=NOW
    )

    with pytest.raises(Said, match="lấy từ hồ sơ của nền tảng, không nhập tay"):
        declare(row.public_id, "resolved_on_time", numerator="1", denominator="1")


def sheet(*rows: list) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


HEAD = ["Mã", "Chỉ số chính", "Tên tiêu chí", "Điểm tối đa", "Cách chấm", "Tham số"]


def test_a_province_loads_a_list_of_its_own_and_is_scored_by_it(province) -> None:
    content = sheet(
        HEAD,
        ["nt1", "awareness", "Số cuộc họp", 30, "bậc", "1:10; 2:20; 4:30"],
        ["nt2", "awareness", "Có chuyên mục", 10, "lựa chọn", "co=1 Có; khong=0 Chưa"],
        ["hn1", "human_resources", "Cán bộ được tập huấn", 50, "tỷ lệ", ""],
    )
    code = actions.load_criteria(
        content=content, name="Bộ của Lào Cai.xlsx", edition_code="2021-2023", unit_key=LAO_CAI, actor=THAO, now=NOW
    )
    row = actions.open_assessment(
        edition_code="2021-2023", criteria_code=code, year=2023, unit_key=LAO_CAI, actor=THAO, now=NOW
    )

    assert declare(row.public_id, "nt1", value="3").points == 20
    assert declare(row.public_id, "nt2", choice="co").points == 10
    assert open_for(row.public_id, THAO).criteria.criterion("rest_awareness").max_points == 60


def test_a_list_with_mistakes_is_refused_with_its_rows(province) -> None:
    wanted = {"name": "a.xlsx", "edition_code": "2021-2023", "unit_key": LAO_CAI, "actor": THAO, "now": NOW}

    with pytest.raises(Said, match="Dòng 2, cột “tham số”: không đọc được “một”"):
        actions.load_criteria(content=sheet(HEAD, ["a", "awareness", "A", 10, "bậc", "một"]), **wanted)
    with pytest.raises(Said, match="vượt mức 100"):
        actions.load_criteria(content=sheet(HEAD, ["a", "awareness", "A", 110, "tỷ lệ", ""]), **wanted)
    with pytest.raises(Said, match="Dòng 1: thiếu cột “Chỉ số chính”"):
        actions.load_criteria(content=sheet(["Mã"], ["a"]), **wanted)


def test_the_doctor_tells_what_waits_and_where_sources_differ(assessment) -> None:
    move(assessment, "submit", THAO)

    said = [str(finding.text) for finding in apps.get_app_config("dti").examine(NOW)]

    assert said[0] == "1 bản tự đánh giá chuyển đổi số đang chờ rà soát hoặc ký."
    assert said[1] == "Số DTI đã công bố: 1 chỗ các nguồn nói khác nhau."


def test_the_demonstration_has_an_assessment_once(province) -> None:
    people.load_roles(roles=[("administrator", "a", "a", "unit")])
    made = people.register_officer(
        name="Bế Minh Tuấn", sign_in_name="tuan", unit_key=LANG_SON, password="", actor=SYSTEM, now=NOW
    )
    people.appoint(
        officer_code=made.code, unit_key=LANG_SON, role="administrator", valid_from=START, actor=SYSTEM, now=NOW
    )
    Account.objects.filter(code=made.code).update(is_demonstration=True)

    for _ in range(2):
        actions.load_demonstration(now=NOW)

    (row,) = models.Assessment.objects.all()
    assert (row.unit_key, row.value_set.count(), row.offer_set.count()) == (LANG_SON, 8, 5)


def test_where_nothing_was_counted_no_figure_is_taken(province) -> None:
    row = actions.open_assessment(
        edition_code="qd766", criteria_code="known_766", year=2026, unit_key=LAO_CAI, actor=THAO, now=NOW
    )

    with pytest.raises(Said, match="Chưa có số liệu của “Tỷ lệ hồ sơ giải quyết đúng hạn” cho năm 2026"):
        actions.take_from_records(public_id=row.public_id, criterion="resolved_on_time", actor=THAO, now=NOW)
