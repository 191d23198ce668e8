"""The budgets of style as tests: how long, how many, how named, and that every file says what it holds."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "bench", "scripts")
NOT_OURS = {"vendor", "__pycache__", "static"}
FILE_LINES, FUNCTION_LINES, PARAMETERS, TEMPLATE_LINES, README_LINES, RECORD_LINES = 300, 40, 5, 120, 60, 80
NOT_COUNTED = {"self", "cls", "actor", "now"}
EMPTY_NAMES = {"manager", "helper", "util", "data", "info", "process", "service"}
EMPTY_NAMES |= {"managers", "helpers", "utils", "services", "processes"}
NAMED_BY_OTHERS = {"get_access_token_data", "extract_extra_data"}  # django-allauth calls them so
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*endings: str) -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in endings]
    return [path for path in found if not NOT_OURS.intersection(path.parts)]


def python_files() -> list[Path]:
    return [path for path in files(".py") if "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions() -> Iterator[tuple[str, Path, Function]]:
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", path, node


def lines_in(path: Path) -> int:
    return len(path.read_text().splitlines())


def too_long(paths: list[Path], limit: int) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {lines_in(path)}" for path in paths if lines_in(path) > limit]


def is_test(path: Path) -> bool:
    return "tests" in path.parts


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert not too_long([*python_files(), *files(".js", ".css", ".sql")], FILE_LINES)


def length_without_docstring(function: Function) -> int:
    whole = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is None:
        return whole
    return whole - ((first.end_lineno or 0) - first.lineno + 1)


def test_no_function_is_longer_than_forty_lines() -> None:
    lengths = {where: length_without_docstring(function) for where, _, function in functions()}

    assert not {where: lines for where, lines in lengths.items() if lines > FUNCTION_LINES}


def test_no_function_takes_more_than_five_parameters_besides_actor_and_now() -> None:
    taken = {
        where: {one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}
        for where, path, function in functions()
        if not is_test(path)
    }

    assert not {where: sorted(names) for where, names in taken.items() if len(names - NOT_COUNTED) > PARAMETERS}


def test_no_template_is_longer_than_a_hundred_and_twenty_lines() -> None:
    assert not too_long([path for path in files(".html", ".txt", ".svg") if "templates" in path.parts], TEMPLATE_LINES)


def test_no_readme_of_an_app_is_longer_than_sixty_lines() -> None:
    assert not too_long([path for path in files(".md") if path.name == "README.md"], README_LINES)


def test_no_decision_record_is_longer_than_eighty_lines() -> None:
    assert not too_long(sorted((ROOT / "docs/decisions").glob("*.md")), RECORD_LINES)


def test_every_file_opens_with_a_line_saying_what_it_holds() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in python_files() if not (ast.get_docstring(tree(path)) or "").strip()
    ]

    assert not silent


def test_every_migration_made_by_hand_says_what_it_does() -> None:
    by_hand = [path for path in files(".py") if "migrations" in path.parts and "RunSQL" in path.read_text()]

    assert not [str(path.relative_to(ROOT)) for path in by_hand if not ast.get_docstring(tree(path))]


def words_of(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_no_name_is_empty_of_meaning() -> None:
    named = {f"{path.relative_to(ROOT)}": path.stem for path in python_files()}
    ours = (pair for pair in functions() if not pair[2].name.startswith("test_"))  # a test is a sentence
    named |= {where: function.name for where, _, function in ours if function.name not in NAMED_BY_OTHERS}
    for path in python_files():
        classes = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))
        named |= {f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": node.name for node in classes}

    assert not [where for where, name in named.items() if EMPTY_NAMES & words_of(name)]


def test_nothing_is_written_between_the_lines() -> None:
    banned = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    paths = [*python_files(), *files(".html", ".js", ".css", ".sql")]

    assert not [
        str(path.relative_to(ROOT)) for path in paths if path != Path(__file__) and banned.search(path.read_text())
    ]


@pytest.mark.parametrize("name", ["datetime.now(", "date.today(", "timezone.now(", "localtime()"])
def test_only_the_clock_reads_the_clock(name: str) -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if not is_test(path) and path.parts[-1] != "clock.py" and "src" in path.parts and name in path.read_text()
    ]

    assert not readers, "pass `now` in"
