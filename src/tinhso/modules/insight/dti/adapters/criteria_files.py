"""A province's own list of criteria as it comes: TOML as in packs, or a sheet with a row for each criterion."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.adapters.packs import as_json
from tinhso.modules.insight.dti.adapters.sheets import read_lines
from tinhso.modules.insight.dti.rules import Line, Said, plain, read_number

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "ma", "ma tieu chi"),
    "index": ("index", "chi so chinh", "ma chi so chinh"),
    "name": ("name", "ten", "ten tieu chi", "tieu chi"),
    "max_points": ("max points", "diem toi da", "diem"),
    "kind": ("shape", "kind", "cach cham", "dang"),
    "rule": ("rule", "tham so", "bac", "lua chon"),
    "numerator": ("numerator", "tu so"),
    "denominator": ("denominator", "mau so"),
    "indicator": ("indicator", "chi so cua nen tang"),
    "source": ("source", "nguon"),
}
KINDS: Mapping[str, str] = {
    "diem": "points",
    "diem khai": "points",
    "ty le": "ratio",
    "bac": "steps",
    "lua chon": "choice",
    "nua": "halves",
    "tong cac phan": "halves",
    "so voi cao nhat": "best",
    "so voi muc tieu": "target",
}
REQUIRED: Mapping[str, str] = {
    "code": "Mã",
    "index": "Chỉ số chính",
    "name": "Tên tiêu chí",
    "max_points": "Điểm tối đa",
    "kind": "Cách chấm",
}


def read_criteria_file(content: bytes, name: str, edition_code: str, unit_key: str) -> Mapping[str, Any]:
    """
    The table of a list, under a code of the province's own.

    :raises Said: the file cannot be read; what it says is judged by `rules.read_criteria`
    """
    stem = "_".join(re.findall(r"[a-z0-9]+", plain(name.rpartition("/")[2].rpartition(".")[0])))[:30]
    code = f"own_{re.sub(r'[^a-z0-9]', '_', unit_key.lower())}_{stem or 'list'}"[:60]
    if name.lower().endswith(".toml"):
        table = _toml(content)
    else:
        title = {"vi": name.rpartition(".")[0], "en": name.rpartition(".")[0]}
        table = {"name": title, "criterion": _criteria(read_lines(content))}
    return {**table, "code": code, "edition": edition_code}


def _toml(content: bytes) -> Mapping[str, Any]:
    try:
        return as_json(tomllib.loads(content.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        vi, en = f"Tệp không đúng cú pháp TOML: {error}.", f"The file is not valid TOML: {error}."
        raise Said(Problem("dti_wrong_toml", vi, en)) from None


def _criteria(lines: Sequence[Line]) -> list[dict[str, Any]]:
    filled = [line for line in lines if any(str(cell or "").strip() for cell in line[1])]
    heads = [plain(cell) for cell in filled[0][1]] if filled else []
    places = {key: heads.index(name) for key, names in COLUMNS.items() for name in names if name in heads}
    missing = [key for key in REQUIRED if key not in places]
    if missing:
        vi = f"Dòng 1: thiếu cột {', '.join(f'“{REQUIRED[key]}”' for key in missing)}."
        raise Said(Problem("dti_missing_column", vi, f"Row 1: columns missing: {', '.join(missing)}."))
    problems: list[Problem] = []
    rows = [_criterion(line, places, problems) for line in filled[1:]]
    if problems:
        raise Said(*problems)
    return rows


def _criterion(line: Line, places: Mapping[str, int], problems: list[Problem]) -> dict[str, Any]:
    number, cells = line
    said = {key: str(cells[at]).strip() for key, at in places.items() if at < len(cells) and cells[at] is not None}
    most = read_number(said.get("max_points", ""))
    kind = KINDS.get(plain(said.get("kind", "")), said.get("kind", ""))
    if most is None:
        vi = f"Dòng {number}, cột “điểm tối đa”: “{said.get('max_points', '')}” không phải là số."
        problems.append(Problem("dti_wrong_value", vi, f"Row {number}, column “max points”: no number."))
    row: dict[str, Any] = {
        "code": said.get("code", ""),
        "index": said.get("index", ""),
        "name": _both(said.get("name", "")),
        "max_points": str(most or 0),
        "shape": {"kind": kind, **_rule(kind, said.get("rule", ""), number, problems)},
        "indicator": said.get("indicator", ""),
        "source": said.get("source", ""),
    }
    return row | {key: _both(said[key]) for key in ("numerator", "denominator") if said.get(key)}


def _rule(kind: str, text: str, number: int, problems: list[Problem]) -> dict[str, Any]:
    """What a shape needs besides: "1:5; 2:10", "head=1 Người đứng đầu; none=0 Chưa có", "phần một; phần hai", "90%"."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    found: dict[str, Any] | None = {}
    if kind == "steps":
        pairs = [[read_number(each) for each in part.split(":")] for part in parts]
        sound = bool(pairs) and all(len(pair) == 2 and None not in pair for pair in pairs)
        found = {"steps": [[str(each) for each in pair] for pair in pairs]} if sound else None
    elif kind == "choice":
        matches = [re.fullmatch(r"(\w+)\s*=\s*([\d.,]+%?)\s*(.*)", part) for part in parts]
        found = {"choices": [_choice(match) for match in matches if match]} if matches and all(matches) else None
    elif kind == "halves":
        found = {"halves": [_both(part) for part in parts]}
    elif kind == "target":
        target = read_number(text)
        found = None if target is None else {"target": str(target)}
    if found is None:
        vi = f"Dòng {number}, cột “tham số”: không đọc được “{text}”. Ví dụ: bậc “1:5; 2:10”, lựa chọn “co=1 Có; khong=0 Không”, mục tiêu “90%”."
        en = f"Row {number}, column “rule”: “{text}” is not understood. Say “1:5; 2:10”, “yes=1 Yes; no=0 No”, “90%”."
        problems.append(Problem("dti_wrong_rule", vi, en))
    return found or {}


def _choice(match: re.Match[str]) -> dict[str, Any]:
    return {"code": match[1].lower(), "share": str(read_number(match[2]) or 0), "name": _both(match[3] or match[1])}


def _both(text: str) -> dict[str, str]:
    """A province writes in Vietnamese; English readers see the same words."""
    return {"vi": text, "en": text}
