"""The picture of a flow: complete, told in words, allowed by a strict content policy, nothing over anything else."""

import re
import tomllib
from datetime import date
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tinhso.kernel.flow import Procedure, Text, draw_svg, read_procedure
from tinhso.kernel.flow.layout import GAP
from tinhso.kernel.flow.picture import compose, duration, width_of, wrap
from tinhso.kernel.packs import read_packs

ROOT = Path(__file__).parents[4]
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [
    (ROOT / "packs", "national", "1.001193"),
    (ROOT / "packs", "national", "1.004873"),
    (Path(__file__).parent / "test_packs_trial", "trial", "9.000001"),
]
DAY = date(2025, 7, 1)


@pytest.fixture(params=DRAWN, ids=lambda drawn: drawn[-1])
def procedure(request: pytest.FixtureRequest) -> Procedure:
    root, pack, code = request.param
    return read_packs(root, [pack]).procedures[code, DAY]


def test_every_state_and_every_act_is_in_the_picture(procedure: Procedure) -> None:
    drawn = ET.fromstring(draw_svg(procedure))
    words = " ".join(" ".join(each.itertext()) for each in drawn.iter(f"{SVG}text"))
    for name in {each.name.vi for each in (*procedure.states, *procedure.steps)}:
        assert all(word in words for word in name.split())
    boxes = [each for each in drawn.iter(f"{SVG}g") if "flow-state" in each.get("class", "").split()]
    final = [each for each in boxes if "flow-final" in each.get("class").split()]
    assert (len(boxes), len(final)) == (len(procedure.states), len(procedure.final))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_picture_is_told_in_words_for_those_who_do_not_see_it(procedure: Procedure, language: str) -> None:
    drawn = ET.fromstring(draw_svg(procedure, language))
    title, told = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby").split() == [title.get("id"), told.get("id")]
    assert procedure.name.in_language(language) in title.text
    for step in procedure.steps:
        source, target = (procedure.state(code).name.in_language(language) for code in (step.source, step.target))
        assert f"{source}: {step.name.in_language(language)} → {target}." in told.text


def test_the_picture_passes_a_strict_content_policy_and_takes_the_colour_of_its_page(procedure: Procedure) -> None:
    drawn = draw_svg(procedure)
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|https?://(?!www\.w3\.org/2000/svg)|url\(", drawn)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) == {"currentColor", "none"}


def test_nothing_in_the_picture_lies_over_anything_else(procedure: Procedure) -> None:
    picture = compose(procedure, "vi", {})
    lines = [line for label in picture.labels for line in (*label.lines_in, *label.lines_out)]
    nodes = {id(node): node for line in lines for node in line} | {id(b.node): b.node for b in picture.boxes.values()}
    for first, second in combinations(nodes.values(), 2):
        if first.layer == second.layer:
            assert abs(first.x - second.x) >= (first.width + second.width) / 2 + GAP - 0.01
    for line in lines:
        assert [node.layer for node in line] == list(range(line[0].layer, line[-1].layer + 1))


def test_words_stay_inside_their_boxes(procedure: Procedure) -> None:
    for box in compose(procedure, "vi", {}).boxes.values():
        assert all(width_of(line, 14) <= box.node.width for line in box.name)
        assert all(width_of(line) <= box.node.width for line in box.notes)


def test_a_drawing_is_the_same_each_time(procedure: Procedure) -> None:
    assert draw_svg(procedure) == draw_svg(procedure)


def test_roles_are_called_by_their_names_and_durations_said_in_words(procedure: Procedure) -> None:
    names = {"receptionist": Text("Bộ phận một cửa", "One-stop desk")}
    assert "Held by: One-stop desk" in draw_svg(procedure, "en", names)
    waiting = next(state for state in procedure.states if state.wait)
    assert duration(waiting.wait.limit, "vi") in ("30 ngày", "10 ngày")


def test_the_state_where_a_case_stands_is_marked_and_told(procedure: Procedure) -> None:
    here = procedure.states[0]
    drawn = ET.fromstring(draw_svg(procedure, present=here.code))
    (marked,) = [each for each in drawn.iter(f"{SVG}g") if "flow-present" in each.get("class", "").split()]
    said = " ".join(" ".join(each.itertext()) for each in marked.iter(f"{SVG}text"))
    assert all(word in said for word in here.name.vi.split())
    assert drawn.find(f"{SVG}desc").text.startswith(f"Hồ sơ đang ở: {here.name.vi}.")
    assert "flow-present" not in draw_svg(procedure)


def test_a_procedure_without_flow_has_no_picture() -> None:
    words = {"vi": "Hỏi đáp", "en": "Questions"}
    told = {"code": "9.000009", "version": "2025-07-01", "kind": "dossier", "name": words, "service_level": "info_only"}
    assert draw_svg(read_procedure(told)) == ""


def test_names_with_markup_in_them_are_words_in_the_picture(procedure: Procedure) -> None:
    table = tomllib.loads((DRAWN[-1][0] / "trial/procedures/9.000001_2025-07-01.toml").read_text("utf-8"))
    table["state"][0]["name"] = {"vi": "<b>Mới & cũ</b>", "en": "x"}
    drawn = draw_svg(read_procedure(table))
    assert "<b>" not in drawn
    assert ET.fromstring(drawn) is not None


def test_long_words_are_wrapped_and_none_is_lost() -> None:
    said = "Trình từ chối giải quyết hồ sơ của người nộp"
    lines = wrap(said, 100)
    assert " ".join(lines) == said
    assert len(lines) > 2
