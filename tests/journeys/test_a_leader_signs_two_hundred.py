"""A leader after a week away: two hundred birth certificates wait, two are looked at, all are ticked and signed at once."""

import re
from urllib.parse import urlsplit

import pytest

from load.crowd import citizen_codes, officer_code
from load.visitor import Visitor, child_named, paper_for

HOW_MANY = 200
LONGEST_SECONDS = 300
VERIFY_RESULTS = """
import sys
from tinhso.host.cli import start_django
start_django()
from tinhso.platform.cases.models import Case, Result
from tinhso.platform.files.queries import open_file
from tinhso.platform.signing.queries import verify_pdf
ids = open(sys.argv[1]).read().split()
held = Result.objects.filter(case__public_id__in=ids, replaced_at=None, case__state="resolved")
kept = [open_file(sha256).read() for sha256 in held.values_list("file_sha256", flat=True)]
print(len(set(held.values_list("number", flat=True))), sum(verify_pdf(pdf).valid for pdf in kept))
"""


def wait_for_signature(place, first: int) -> None:
    """Two hundred dossiers filed, accepted and proposed, as the API of citizens and officers does it."""
    port = urlsplit(place.address).port
    people = citizen_codes()[0], officer_code("mot-cua"), officer_code("ho-tich")
    citizen, desk, handler = (Visitor(port, code) for code in people)
    for visitor in (citizen, desk, handler):
        visitor.sign_in()
    paper = citizen.hand_in(paper_for("one for all"))
    for number in range(first, first + HOW_MANY):
        public_id = citizen.file_dossier(f"many-{number}", child_named(number), paper)
        for visitor, act in ((desk, "accept"), (handler, "propose")):
            visitor.expect(200, "POST", f"/api/v1/onestop/work/dossiers/{public_id}/acts/{act}", {})


@pytest.mark.last
def test_a_leader_looks_at_two_and_signs_all_two_hundred(place, leader, tmp_path):
    wait_for_signature(place, first=700_000)
    leader.goes("/work/sign/")
    leader.looks("two-hundred-wait")
    for preview in leader.page.get_by_role("link", name="xem trước").all()[:2]:
        assert leader.context.request.get(preview.evaluate("link => link.href")).body().startswith(b"%PDF")

    leader.page.get_by_role("checkbox", name="Chọn tất cả").check()
    ticked = leader.page.locator("main").get_by_role("checkbox", name=re.compile("^Chọn (?!tất cả)"), checked=True)
    ids = [box.get_attribute("value") for box in ticked.all()]
    assert len(set(ids)) == HOW_MANY
    assert f"{HOW_MANY} việc được chọn" in leader.page.locator(".actions").inner_text()
    leader.looks("all-ticked")
    leader.page.locator(".actions").get_by_role("button", name="Ký các hồ sơ đã chọn").click()
    leader.page.wait_for_url("**/work/sign/batches/**")
    leader.awaits(f"trên {HOW_MANY} hồ sơ")
    leader.looks("signing")

    leader.goes("/work/")  # meanwhile the leader does something else, and comes back through the queue
    leader.goes("/work/sign/")
    leader.page.get_by_role("link", name=re.compile(f"Lượt .* trên {HOW_MANY} hồ sơ")).first.click()
    leader.page.get_by_role("heading", name="Đã ký xong").wait_for(timeout=LONGEST_SECONDS * 1000)
    leader.awaits(f"{HOW_MANY} trên {HOW_MANY} hồ sơ")
    assert "chưa ký được" not in leader.reads()
    leader.looks("all-signed")

    told = tmp_path / "ids"
    told.write_text("\n".join(ids))
    assert place.says(str(told), program=VERIFY_RESULTS) == (0, f"{HOW_MANY} {HOW_MANY}\n")
