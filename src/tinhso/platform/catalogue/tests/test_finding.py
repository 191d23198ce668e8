"""Finding in people's words: over a handful of records, and measured over the portal's whole catalogue."""

import time
from pathlib import Path

import pytest

from tinhso.kernel.vietnamese import fold
from tinhso.platform.catalogue import actions, models, queries
from tinhso.platform.catalogue.rules.entries import Narrowing
from tinhso.platform.catalogue.rules.misses import words_to_keep
from tinhso.platform.catalogue.rules.spelling import edit_distance
from tinhso.platform.catalogue.rules.synonyms import Synonym, WrongSynonym

from .conftest import LAN, NOW, TODAY, load_shipped, needs_the_file, record, take_up

QUESTIONS = [
    line.split("\t")
    for line in (Path(__file__).parent / "questions.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FLOOR_FIRST, FLOOR_THREE = 0.85, 0.95


def codes(words: str, narrowing: Narrowing | None = None) -> list[str]:
    return [each.entry.code for each in queries.find_procedures(words, TODAY, narrowing or Narrowing())]


@pytest.fixture
def few(db):
    """Some records beside the procedures and words of the packs."""
    load_shipped("cases", "catalogue")
    take_up(
        record("9.000001", name="Cấp lại thẻ nuôi ong"),
        record("9.000002", name="Cấp thẻ nuôi ong", levels=["ministry"], who=["Doanh nghiệp"]),
        record("9.000003", name="Đăng ký khai sinh"),
        record("9.000004", name="Hỗ trợ nông dân trồng na", sector="Trồng trọt"),
    )


@pytest.mark.parametrize(
    "words",
    [
        "thẻ nuôi ong",
        "the nuoi ong",
        "THẺ  NUÔI ONG",
        "thẻ nuôi onng",
        "ther nuooi ong",
        "the72 nuoi6 ong",
        "thẻ nuoiong",
    ],
)
def test_a_matter_is_found_however_it_is_typed(few, words):
    assert set(codes(words)[:2]) == {"9.000001", "9.000002"}


def test_of_equal_names_the_one_that_can_be_filed_here_stands_first(few):
    assert codes("đăng ký khai sinh")[:2] == ["1.001193", "9.000003"]


def test_a_code_stands_alone_also_with_what_a_province_appends(few):
    assert codes("9.000004") == ["9.000004"]
    assert codes("thủ tục 9.000004.H37") == ["9.000004"]


def test_narrowing_by_audience_level_and_life_event(few):
    assert codes("thẻ nuôi ong", Narrowing(audience="business")) == ["9.000002"]
    assert codes("thẻ nuôi ong", Narrowing(level="commune"))[0] == "9.000001"
    assert "9.000002" not in codes("thẻ nuôi ong", Narrowing(level="commune"))
    assert codes("trồng na", Narrowing(life_event="farming")) == ["9.000004"]
    assert codes("trồng na", Narrowing(life_event="land")) == []
    assert {entry.code for entry in queries.list_entries(TODAY, Narrowing(audience="business"))} >= {"9.000002"}


@pytest.mark.parametrize("words", ["", "   ", "?!", "asdfgh qwerty", "\x00", "🐝" * 50, "a" * 5000])
def test_words_that_mean_nothing_here_find_nothing(few, words):
    assert codes(words) == []


def test_a_held_record_is_found_and_a_rejected_one_is_not(few):
    take_up(record("9.000009", name="Cho thuê tổ kiến lửa", channels__0__fee=20), accept_vanished=True)
    assert codes("tổ kiến lửa") == ["9.000009"]

    actions.reject_record(code="9.000009", number=1, reason="không có thật", actor=LAN, now=NOW)
    assert codes("tổ kiến lửa") == []


def test_officers_words_are_used_at_once_and_survive_the_packs(few):
    assert "9.000004" not in codes("giấy quả mở mắt")
    actions.set_wording(synonym=Synonym(("quả mở mắt",), ("nông dân trồng na",)), actor=LAN, now=NOW)
    assert codes("giấy quả mở mắt")[0] == "9.000004"

    actions.set_wording(synonym=Synonym(("sổ đỏ",), codes=("9.000004",)), key="so do", actor=LAN, now=NOW)
    load_shipped("catalogue")
    assert models.Wording.objects.get(key="so do").codes == ["9.000004"]
    actions.retire_wording(key="qua mo mat", actor=LAN, now=NOW)
    load_shipped("catalogue")
    assert "9.000004" not in codes("giấy quả mở mắt")


def test_words_need_a_meaning(db):
    with pytest.raises(WrongSynonym):
        actions.set_wording(synonym=Synonym(("giấy con ong",)), actor=LAN, now=NOW)


def test_words_that_found_nothing_are_counted_and_can_be_tied(few):
    for _ in range(3):
        actions.note_miss(typed="Chứng chỉ mật tinh khiết", now=NOW)
    row = models.SearchMiss.objects.get()
    assert (row.words, row.asked) == ("chung chi mat tinh khiet", 3)

    actions.tie_miss(words=row.words, codes=["9.000001"], actor=LAN, now=NOW)
    assert codes("chứng chỉ mật tinh khiết")[0] == "9.000001"
    assert models.SearchMiss.objects.get().settled == "tied"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("giấy gì đó", "giay gi do"),
        ("Nguyễn Văn An làm giấy gì đó", "lam giay gi do"),
        ("giấy gì 020195004817", "giay gi"),
        ("gọi tôi 0912 345 678 nhé", "goi toi nhe"),
        ("mai@example.vn giấy gì", "giay gi"),
        ("giấy gì, tôi tên Mã Thị Lan ở bản A", "giay gi"),
        ("một hai ba bốn năm sáu bảy tám chín mười mười một", ""),
    ],
)
def test_of_a_search_without_result_nothing_personal_is_kept(typed, kept):
    assert words_to_keep(typed) == kept


def test_words_asked_once_are_forgotten_after_a_month(db):
    actions.note_miss(typed="một lần", now=NOW)
    assert actions.forget_misses(now=NOW) == 0
    from .conftest import LATER

    assert actions.forget_misses(now=LATER.replace(year=2027)) == 1


@pytest.mark.parametrize(("left", "right", "distance"), [("khai", "khai", 0), ("khia", "khai", 1), ("kha", "khai", 1), ("sinh", "singh", 1), ("a", "abcd", 3)])  # fmt: skip
def test_edit_distance_counts_swaps_as_one(left, right, distance):
    assert edit_distance(left, right, 2) == min(distance, 3)


@needs_the_file
@pytest.mark.parametrize("spelling", ["with marks", "without"])
def test_everyday_questions_are_answered_by_the_whole_catalogue(whole, spelling, capsys, db):
    first = three = 0
    missed, times = [], []
    for question, accepted in QUESTIONS:
        typed = question if spelling == "with marks" else fold(question)
        begun = time.perf_counter()
        found = codes(typed)[:3]
        times.append(time.perf_counter() - begun)
        first += found[:1] != [] and found[0] in accepted.split()
        hit = bool(set(found) & set(accepted.split()))
        three += hit
        missed += [] if hit else [question]
    times.sort()
    with capsys.disabled():
        print(f"\n  {spelling}: {len(QUESTIONS)} questions, hit@1 {first / len(QUESTIONS):.3f}, hit@3 {three / len(QUESTIONS):.3f}, p95 {times[len(times) * 95 // 100] * 1000:.0f} ms")  # noqa: T201  # fmt: skip

    assert len(QUESTIONS) >= 150
    assert first / len(QUESTIONS) >= FLOOR_FIRST, missed
    assert three / len(QUESTIONS) >= FLOOR_THREE, missed


def test_the_questions_are_kept_apart_from_the_synonyms():
    load = {" ".join(fold(words).split()) for words in _shipped_words()}

    copied = [question for question, _ in QUESTIONS if " ".join(fold(question).split()) in load]
    assert len(copied) <= len(QUESTIONS) // 10, copied


def _shipped_words() -> set[str]:
    import tomllib

    from django.conf import settings

    table = tomllib.loads((settings.PACKS_ROOT / "national/texts/synonyms.toml").read_text(encoding="utf-8"))
    return {words for synonym in table["synonym"] for words in synonym["words"]}
