"""One filing, three agencies: the commune registers the birth, then police and social insurance do theirs at the same time."""

import re

from journeys.birth import PAGES, new_name
from journeys.citizen import Portal
from journeys.officer import Officer
from journeys.person import DESK

PARTS = {
    "residence": {"household_of": "mother", "householder_name": "Hoàng Thị Mai", "householder_number": "020195004817"},
    "insurance": {"first_care_facility": "Trạm y tế xã Đồng Đăng"},
}


class Linked(Portal):
    """A mother who wants everything for her child in one go."""

    procedure = "2.000986"
    pages = {**PAGES, **PARTS}


def part_of(officer: Officer, child: str) -> str:
    """Open the part that waits in this officer's inbox; its tracking id."""
    officer.finds_in_inbox(child)
    return re.search(r"/work/cases/(TS-[\w-]+)/", officer.page.url)[1]


def works(somebody, name: str, story: str) -> Officer:
    officer = somebody(Officer, story, width=DESK)
    officer.signs_in(name)
    return officer


def test_a_child_is_registered_housed_and_insured_with_one_filing(somebody, desk, handler, leader):
    child = new_name()
    mother = somebody(Linked, "mother")
    case = mother.files(child_name=child)

    desk.does("accept", case)
    handler.does("start_parts", case)
    handler.looks("parts-started")
    handler.does("finish", part_of(handler, child))

    assert "Công an và Bảo hiểm xã hội đang làm" in mother.sees(case).text
    mother.looks("two-at-work")
    police = works(somebody, "Lăng Văn Hiếu", "police")
    police.does("finish", part_of(police, child))
    assert "Công an và Bảo hiểm xã hội đang làm" in mother.sees(case).text
    insurance = works(somebody, "Hà Thị Yến", "insurance")
    insurance.does("finish", part_of(insurance, child))

    handler.opens(case)
    handler.looks("all-parts-done")
    handler.does("propose", case)
    leader.signs(case)
    assert "kết quả" in mother.sees(case).state.lower() or "đóng dấu" in mother.sees(case).text.lower()
    mother.looks("signed")
