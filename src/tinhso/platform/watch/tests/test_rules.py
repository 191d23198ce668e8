"""A rule of warning says what it means, or the check of the packs says what is wrong with it and where."""

from pathlib import Path

import pytest
from django.conf import settings

from tinhso.kernel.packs import read_packs
from tinhso.platform.watch.adapters import find_problems, read_files
from tinhso.platform.watch.rules import WrongRule, read_rule
from tinhso.platform.watch.tests.conftest import table


def test_the_rules_of_the_shipped_packs_are_sound_and_say_their_source():
    packs = read_packs(settings.PACKS_ROOT, ["lang-son"])
    assert list(find_problems(packs)) == []
    rules = [read_rule(each) for each in read_files(packs).values()]
    assert {rule.looks_at for rule in rules} == {
        "time_left", "share_of_limit", "late_at_unit", "longer_than_usual", "asked_again",
    }  # fmt: skip
    assert all(rule.source and rule.advice.vi and rule.advice.en for rule in rules)


def test_the_warning_of_little_time_comes_before_the_last_day_for_an_apology():
    packs = read_packs(settings.PACKS_ROOT, ["lang-son"])
    rule = read_rule(read_files(packs)["little_time_left"])
    assert rule.measure > 8  # hours of one working day


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (table("a", "weather", times=2), "unknown_look"),
        (table("a", "asked_again"), "measure_missing"),
        (table("a", "asked_again", times=2, percent_of_limit=50), "measure_unused"),
        (table("a", "asked_again", times=1), "impossible_measure"),
        (table("a", "share_of_limit", percent_of_limit=100, kinds=["opinion"]), "impossible_measure"),
        (table("a", "asked_again", times=2, told=["mayor"]), "unknown_told"),
        (table("a", "asked_again", times=2, level="red"), "unknown_level"),
        (table("a", "asked_again", times=2, valid_to="2025-07-01"), "never_in_force"),
        (table("a", "asked_again", times=2) | {"source": " "}, "without_source"),
        (table("a", "asked_again", times=2) | {"advice": {"vi": "Xem lại."}}, "rule_untranslated"),
        (table("a", "asked_again", times="2"), "wrong_type"),
        (table("a", "asked_again", times=2, tmies=3), "unknown_key"),
    ],
)
def test_a_rule_that_cannot_mean_anything_is_refused_in_words(broken, code):
    with pytest.raises(WrongRule) as wrong:
        read_rule(broken)
    assert code in [problem.code for problem in wrong.value.problems]
    assert all(problem.vi and problem.en for problem in wrong.value.problems)


def test_the_check_names_the_file_and_the_line(tmp_path: Path):
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial/pack.toml").write_text('code = "trial"\nname = { vi = "Thử", en = "Trial" }\n', "utf-8")
    rule = (
        '[[warning]]\ncode = "again"\nlooks_at = "asked_again"\ntimes = 2\nvalid_from = 2025-07-01\nsource = "thử"\n'
        'name = { vi = "A", en = "A" }\nadvice = { vi = "B", en = "B" }\n\n'
    )
    strange = rule.replace('"asked_again"\ntimes = 2', '"time_left"\nworking_hours = 4\nstates = ["nowhere"]')
    (tmp_path / "trial/warnings.toml").write_text(rule + rule + strange.replace('"again"', '"left"'), "utf-8")
    found = {problem.code: problem for problem in find_problems(read_packs(tmp_path, ["trial"]))}
    assert {code: problem.line for code, problem in found.items()} == {"rule_twice": 11, "rule_of_nothing": 23}
    assert found["rule_twice"].path.endswith("trial/warnings.toml")
    assert "nowhere" in found["rule_of_nothing"].vi
