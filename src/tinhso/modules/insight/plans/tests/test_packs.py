"""What a pack may say about plans, and how it is told what is wrong: each mistake with its file and line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tinhso.kernel.packs import read_packs
from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.adapters.pack_files import read_folders
from tinhso.modules.insight.plans.models import Figure
from tinhso.modules.insight.plans.tests.conftest import NOW, OLD

WHOLE = """
[[measure]]
code = "shops"
title = { vi = "Cửa hàng", en = "Shops" }
unit = { vi = "cửa hàng", en = "shops" }
kind = "count"

[resolution]
code = "trial"
number = "1/KH"
title = { vi = "Kế hoạch", en = "Plan" }
unit_key = "20@2008-08-01"
issued_on = 2022-03-01

[[source]]
code = "report"
title = "Báo cáo"
publisher = "Sở Công Thương"
announced_on = 2023-02-01

[[target]]
measure = "shops"
level = "all"
year = 2025
comparator = "range"
value = 100
to = 120
responsible = "20@2025-07-01"
baseline = [{ on = 2021-12-31, value = 20 }]
path = [{ on = 2023-12-31, value = 40 }, { on = 2024-12-31, value = 80 }]

[[result]]
measure = "shops"
level = "all"
period = "2022"
comparator = ">"
value = 30
source = "report"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "plans" / "trial.toml").write_text(text)
    return folder


def test_a_text_is_read_whole(tmp_path):
    definitions, problems = read_folders([written(tmp_path, WHOLE)])

    text = definitions.resolutions["trial"]
    (target,), (result,) = text.targets, text.results
    assert problems == []
    assert (target.code, target.due_on, target.quantity.high) == ("trial.shops.all.2025", date(2025, 12, 31), 120)
    assert target.baseline == (date(2021, 12, 31), Decimal(20))
    assert [number for _, number in target.given] == [40, 80]
    assert (result.told.publisher, result.quantity.comparator, result.unit_key) == ("Sở Công Thương", ">", OLD)


@pytest.mark.parametrize(
    ("before", "after", "line", "code"),
    [
        ('measure = "shops"\nlevel = "all"\nyear', 'measure = "shop"\nlevel = "all"\nyear', 22, "unknown_measure"),
        ('level = "all"\nyear', 'level = "hamlet"\nyear', 23, "unknown_value"),
        ('comparator = "range"', 'comparator = "=>"', 25, "unknown_value"),
        ("to = 120", "to = 90", 26, "wrong_quantity"),
        ("to = 120\n", "", 26, "wrong_quantity"),
        ("value = 100", 'value = "nhiều"', 26, "no_number"),
        ('period = "2022"', 'period = "quý 1"', 35, "wrong_period"),
        ('source = "report"', 'source = "nobody"', 38, "unknown_source"),
        ('source = "report"', 'source = "report"\nsourse = "x"', 39, "unknown_key"),
        ('code = "shops"', 'code = "shops"\nword = "gone"', 1, "unknown_word"),
        ('number = "1/KH"', 'number = "1/KH"\nunder = "gone"', 11, "unknown_resolution"),
        ('kind = "count"', 'kind = "guess"', 6, "unknown_value"),
        ("issued_on = 2022-03-01", 'issued_on = "hôm qua"', 13, "wrong_date"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, before, after, line, code):
    assert before in WHOLE
    _, problems = read_folders([written(tmp_path, WHOLE.replace(before, after))])

    found = [each for each in problems if each.code == code]
    assert found, problems
    assert found[0].vi
    assert found[0].en
    assert found[0].path.endswith("plans/trial.toml")
    assert found[0].line == line


def test_the_same_target_twice_is_told(tmp_path):
    twice = WHOLE.replace("[[result]]", WHOLE[WHOLE.index("[[target]]") : WHOLE.index("[[result]]")] + "[[result]]")

    _, problems = read_folders([written(tmp_path, twice)])

    assert [each.code for each in problems] == ["said_twice"]


def test_a_later_pack_says_a_text_anew(tmp_path):
    first, second = written(tmp_path / "a", WHOLE), written(tmp_path / "b", WHOLE.replace("value = 30", "value = 35"))

    definitions, _ = read_folders([first, second])

    assert definitions.resolutions["trial"].results[0].quantity.low == 35


def test_the_shipped_packs_are_whole_and_loaded_with_what_is_invented_only_for_a_demonstration(provinces):
    packs = read_packs(settings.PACKS_ROOT, ["lang-son", "gia-lai"])
    app = apps.get_app_config("plans")

    assert list(app.find_pack_problems(packs)) == []
    app.load_packs(packs, NOW)

    assert Figure.objects.count() == 62
    assert set(Figure.objects.values_list("origin", flat=True)) == {"pack"}
    trial, _ = read_folders([settings.PACKS_ROOT / "lang-son"], ["plans_trial"])
    assert {text.kind for text in trial.resolutions.values()} == {"trial"}
    assert "lang_son_trial" not in queries.get_definitions().resolutions


def test_the_example_of_the_guide_is_whole(tmp_path):
    guide = (Path(__file__).resolve().parents[6] / "docs/how-to/plans.md").read_text()

    definitions, problems = read_folders([written(tmp_path, guide.split("```toml\n")[1].split("```")[0])])

    assert problems == []
    (text,) = definitions.resolutions.values()
    assert (len(text.targets), len(text.results)) == (1, 1)
    assert text.targets[0].responsible == "20@2025-07-01"
