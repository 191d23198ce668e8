"""Every page is within reach, in Vietnamese, fits the narrowest phone; the citizens' are light and quick."""

import re

import pytest

from journeys import examiner
from journeys.birth import new_name
from journeys.citizen import CODE, Portal
from journeys.officer import Officer
from journeys.person import DESK, HEIGHTS, PHONE
from journeys.place import COMMUNE

PUBLIC = [
    "/", "/find/?q=khai+sinh", "/find/?q=xyzt", f"/procedures/{CODE}/", "/track/", "/verify/", "/due/", "/sign-in/", "/account/login/",
    "/board/", f"/board/?unit={COMMUNE}&wall=1", f"/indicators/on_time_rate/?unit={COMMUNE}", "/indicators/", "/simulators/messages/", "/nowhere/",
]  # fmt: skip
NOT_WEIGHED = ("/board/", "/indicators/", "/simulators/", "/account/")  # not the citizens' own
OWN = ["/my/dossiers/", "/my/account/", "/my/sights/", "/my/notices/", f"/procedures/{CODE}/start/"]
QUESTIONS = ["requester", "child", "birth_place", "father", "papers", "check"]
QUICK = ["/", f"/procedures/{CODE}/"]
CODES = re.compile(r"TS-[\w-]+|officer:\w+")
OFFICERS = {
    "Lộc Thị Hoa": "receptionist",
    "Nông Văn Thắng": "handler",
    "Hoàng Văn Kiên": "leader",
    "Lương Đức Toàn": "administrator",
}


@pytest.fixture
def fresh(browser, place, somebody):
    """Makes browsers that have never been here, signed in as that person or nobody."""
    made = []

    def new(person=None):
        state = person.context.storage_state() if person else None
        context = browser.new_context(
            base_url=place.address,
            viewport={"width": PHONE, "height": HEIGHTS[PHONE]},
            locale="vi-VN",
            storage_state=state,
        )
        made.append(context)
        return context

    yield new
    for context in made:
        context.close()


def own_pages(portal: Portal, desk: Officer) -> list[str]:
    """A filing in the middle, a dossier that waits for papers, one that was handed over long ago: their pages."""
    case = portal.has_filed(child_name=new_name())
    desk.takes_pictures = portal.takes_pictures = False
    desk.does("request_supplement", case, reasons="Xin chụp lại", papers="birth_proof", **{"why-birth_proof": "Ảnh mờ"})
    portal.begins()
    portal.fills_everything()
    draft = portal.page.url.split("/filing/")[1].split("/")[0]
    portal.goes("/my/dossiers/")
    older = portal.page.locator('main a[href^="/dossiers/TS-"]').last.get_attribute("href")
    return [
        *(f"/filing/{draft}/{page}/" for page in QUESTIONS),
        *(f"/dossiers/{case}/{page}" for page in ("", "filed/", "proof/", "withdraw/", "supplement/")),
        *(older, older.replace("/dossiers/", "/track/")),
    ]


def test_a_citizens_pages_are_light_and_within_reach(portal, desk, fresh):
    pages = own_pages(portal, desk)
    troubles = {
        path: examiner.troubles_with_visit(fresh(), path, weighs=not path.startswith(NOT_WEIGHED)) for path in PUBLIC
    }
    troubles |= {path: examiner.troubles_with_visit(fresh(portal), path) for path in [*OWN, *pages]}
    portal.goes(next(path for path in pages if path.endswith("/child/")))
    portal.box("child_name").fill("")
    portal.press("Tiếp tục")
    portal.page.locator(".govuk-error-summary").wait_for()
    troubles["a page with a fault"] = examiner.troubles_with_looks(portal.page)

    assert {path: found for path, found in troubles.items() if found} == {}


def test_the_officers_pages_are_within_reach(somebody):
    troubles: dict[str, list[str]] = {}
    for name, role in OFFICERS.items():
        officer = somebody(Officer, role, width=DESK)
        officer.signs_in(name)
        for path in paths_of(officer):
            kind = CODES.sub("…", path.partition("?")[0])
            if path == "/work/" or kind not in troubles:
                officer.goes(path)
                officer.looks(kind.strip("/").replace("/", "-"))
                troubles[kind] = troubles.get(kind, []) + examiner.troubles_with_looks(officer.page)

    assert {path: found for path, found in troubles.items() if found} == {}
    assert {
        "/work/",
        "/work/sign/",
        "/work/unit/",
        "/work/cases/…/",
        "/work/cases/…/acts/decline/",
        "/work/staff/",
    } <= set(troubles)


def paths_of(officer: Officer) -> list[str]:
    """Every page that the officer's menu, first case and that case's acts lead to."""
    paths = ["/work/", "/work/find/?q=H37", "/my/account/", *links(officer, "nav a")]
    cases = [path for path in links(officer, "tbody a") if path.startswith("/work/cases/")]
    if cases:
        officer.goes(cases[-1])
        paths += [cases[-1], *links(officer, ".actions a"), *links(officer, 'aside a[href$="/flow/"]')]
    return [path for path in dict.fromkeys(paths) if path.startswith(("/work/", "/my/"))]


def links(officer: Officer, where: str) -> list[str]:
    return [link.get_attribute("href") for link in officer.page.locator(where).all()]


@pytest.mark.parametrize("path", QUICK)
def test_the_largest_part_is_painted_soon_on_a_slow_phone(fresh, path):
    assert any(examiner.largest_paint(fresh(), path) <= examiner.LCP_SECONDS for _ in range(3))
