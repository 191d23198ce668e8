"""A leader after a week away: two hundred birth certificates wait, one is looked at, all are ticked and signed at once."""

import re
from urllib.parse import urlsplit

from load.crowd import citizen_codes, officer_code
from load.visitor import Visitor, child_named, paper_for

HOW_MANY = 200
FIRST_NUMBER = 700_000
LONGEST_SECONDS = 240
TICKS = "tbody input[type=checkbox]"


def wait_for_signature(place) -> None:
    """Two hundred dossiers filed, accepted and proposed, as the API of citizens and the pages of officers do it."""
    port = urlsplit(place.address).port
    citizen, desk, handler = (
        Visitor(port, code) for code in (citizen_codes()[0], officer_code("mot-cua"), officer_code("ho-tich"))
    )
    for visitor in (citizen, desk, handler):
        visitor.sign_in()
    paper = citizen.hand_in(paper_for("one for all"))
    for number in range(FIRST_NUMBER, FIRST_NUMBER + HOW_MANY):
        public_id = citizen.file_dossier(f"two-hundred-{number}", child_named(number), paper)
        for visitor, act in ((desk, "accept"), (handler, "propose")):
            answer = visitor.ask("POST", f"/api/v1/onestop/work/dossiers/{public_id}/acts/{act}", {"answers": {}})
            assert answer.status == 200, str(answer)


def test_a_leader_looks_at_one_and_signs_all_two_hundred(place, leader):
    wait_for_signature(place)
    leader.goes("/work/sign/")
    leader.looks("two-hundred-wait")
    rows = leader.page.locator(TICKS).count()
    assert rows >= HOW_MANY

    preview = leader.page.locator("main").get_by_role("link", name="xem trước").first
    assert leader.context.request.get(preview.evaluate("link => link.href")).body().startswith(b"%PDF")

    leader.page.locator("[data-pick-all]").check()
    leader.looks("all-ticked")
    assert str(HOW_MANY) in leader.page.locator(".actions").inner_text()
    leader.page.locator(".actions").get_by_role("button", name=re.compile("^Ký các hồ sơ đã chọn")).click()
    leader.page.wait_for_url(re.compile(r"/work/sign/"))
    leader.looks("signing")
    for _ in range(LONGEST_SECONDS):
        leader.goes("/work/sign/")
        if (left := leader.page.locator(TICKS).count()) <= rows - HOW_MANY:
            break
        leader.page.wait_for_timeout(1000)
    assert left <= rows - HOW_MANY
    leader.looks("all-signed")
