"""What every subject carries: the same procedure, answers, steps and moment."""

import time
import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tinhso.kernel.flow import Procedure, read_procedure
from tinhso.kernel.packs import read_packs

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday, 09:00 in Vietnam
ACTS = ("accept", "propose", "sign", "hand_over")
ANSWERS = {"child_name": "Hoàng Văn An", "birth_on": "2026-11-02", "sex": "male", "father": "Hoàng Văn Ba", "mother": "Lý Thị Mai",
           "residence": "Thôn Nà Lầu, xã Tri Lễ", "copies": 3, "delivery": "counter"}  # fmt: skip
BIRTH = {
    "child_name": "Hoàng Gia Bảo", "child_sex": "male", "child_birth_date": "2026-11-05", "birth_place_kind": "health_facility",
    "birth_facility": "Trung tâm Y tế khu vực Đồng Đăng", "is_surrogate_birth": False, "child_ethnic_group": "Tày",
    "child_home_town": "Xã Đồng Đăng, tỉnh Lạng Sơn", "child_nationality": "vn", "mother_name": "Hoàng Thị Mai",
    "mother_number": "020195004817", "mother_birth_year": 1995, "mother_ethnic_group": "Tày", "mother_nationality": "Việt Nam",
    "mother_residence": "Thôn Nà Mò, xã Đồng Đăng", "has_father": False, "requester_name": "Hoàng Thị Mai",
    "requester_number": "020195004817", "requester_relation": "mother", "requester_residence": "Thôn Nà Mò, xã Đồng Đăng",
    "residence_known": True, "requester_phone": "0900000011", "delivery": "counter", "copies_wanted": 0,
}  # fmt: skip
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
PACKS = Path(__file__).resolve().parents[2] / "packs"
FIVE_STEPS = Path(__file__).with_name("five_steps.toml")
FLOWS = (
    "birth",  # birth registration, 1.001193, with its supplements, refusals, withdrawals
    "line",  # the same five steps and a refusal, nothing else
    "told",  # birth registration, and each fact defers the job that tells people and makes documents
)


@cache
def birth_registration() -> Mapping[str, Any]:
    """The table of the pack, whole: with the flow it shares."""
    return read_packs(PACKS, ["national"]).tables["1.001193", date(2025, 7, 1)]


@cache
def table(flow: str) -> dict[str, Any]:
    """The flow as a table of its own code; but for "told" its facts are of a kind that nothing reacts to, as for the others."""
    text = tomllib.loads(FIVE_STEPS.read_text()) if flow == "line" else birth_registration()
    found = {**text, "code": f"9.90000{1 + FLOWS.index(flow)}"}
    return found if flow == "told" else {**found, "kind": "trial"}


@cache
def procedure(flow: str) -> Procedure:
    """The flow as the engine reads it."""
    return read_procedure(table(flow))


def carried(carry: Callable[[], None], seconds: float) -> tuple[int, float]:
    """Carry whole cases for that long; how many, in how many seconds."""
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        carry()
        done += 1
    return done, time.perf_counter() - begun
