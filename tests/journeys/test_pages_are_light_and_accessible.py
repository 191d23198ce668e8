"""Every page is within reach, in Vietnamese, fits the narrowest phone; the citizens' are light and quick."""

import pytest

from journeys import examiner
from journeys.birth import new_name
from journeys.citizen import CODE, Portal
from journeys.officer import Officer
from journeys.person import DESK, HEIGHTS, PHONE
from journeys.place import COMMUNE

PUBLIC = [
    "/", "/find/?q=khai+sinh", "/find/?q=xyzt", f"/procedures/{CODE}/", "/track/", "/verify/", "/due/", "/sign-in/", "/account/login/",
    "/board/", f"/board/?unit={COMMUNE}&wall=1", f"/board/on_time_rate/?unit={COMMUNE}", "/simulators/messages/", "/nowhere/",
]  # fmt: skip
OWN = ["/my/dossiers/", "/my/account/", "/my/sights/", "/my/notices/", f"/procedures/{CODE}/start/"]
QUESTIONS = ["requester", "child", "birth_place", "mother", "father", "delivery", "papers", "check"]
QUICK = ["/", f"/procedures/{CODE}/"]
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


def asked_pages(portal: Portal, desk: Officer) -> list[str]:
    """A filing in the middle, a dossier just filed, one that waits for papers: their pages."""
    child = new_name()
    first, second = portal.has_filed(child_name=child), portal.has_filed(child_name=child)
    desk.takes_pictures = False
    desk.does(
        "request_supplement", second, reasons="Xin chụp lại", papers="birth_proof", **{"why-birth_proof": "Ảnh mờ"}
    )
    portal.takes_pictures = False
    portal.begins()
    portal.fills_everything()
    draft = portal.page.url.split("/filing/")[1].split("/")[0]
    return [
        *(f"/filing/{draft}/{page}/" for page in QUESTIONS),
        *(f"/dossiers/{first}/{page}" for page in ("", "filed/", "proof/", "withdraw/")),
        *(f"/dossiers/{second}/{page}" for page in ("", "supplement/")),
    ]


def test_a_citizens_pages_are_light_and_within_reach(portal, desk, fresh):
    pages = asked_pages(portal, desk)
    nobody, troubles = fresh(), {}
    for path in PUBLIC:
        tab = nobody.new_page()
        tab.goto(path)
        troubles[path] = examiner.troubles_with_looks(tab)
        tab.close()
        if not path.startswith(("/board/", "/simulators/")):
            troubles[path] += examiner.troubles_with_weight(fresh(), path)
    for path in [*OWN, *pages]:
        portal.goes(path)
        troubles[path] = examiner.troubles_with_looks(portal.page)
        troubles[path] += examiner.troubles_with_weight(fresh(portal), path)
    portal.goes(next(path for path in pages if path.endswith("/child/")))
    portal.box("child_name").fill("")
    portal.press("Tiếp tục")
    portal.page.locator(".govuk-error-summary").wait_for()
    troubles["a page with a fault"] = examiner.troubles_with_looks(portal.page)

    assert {path: found for path, found in troubles.items() if found} == {}


@pytest.mark.parametrize("name", OFFICERS)
def test_an_officers_pages_are_within_reach(somebody, name):
    officer = somebody(Officer, OFFICERS[name], width=DESK)
    officer.signs_in(name)
    paths, troubles = ["/work/", "/work/find/?q=H37", "/my/account/"], {}
    paths += links(officer, "nav a")
    paths += links(officer, "tbody a")[:1]
    if cases := [path for path in paths if path.startswith("/work/cases/")]:
        officer.goes(cases[0])
        paths += links(officer, '.actions a, aside a[href$="/flow/"]')
    for path in dict.fromkeys(path for path in paths if path.startswith(("/work/", "/my/"))):
        officer.goes(path)
        officer.takes_pictures = True
        officer.looks(path.strip("/").partition("?")[0].replace("/", "-"))
        troubles[path] = examiner.troubles_with_looks(officer.page)

    assert {path: found for path, found in troubles.items() if found} == {}
    assert len(troubles) > 3


def links(officer: Officer, where: str) -> list[str]:
    return [link.get_attribute("href") for link in officer.page.locator(where).all()]


@pytest.mark.parametrize("path", QUICK)
def test_the_largest_part_is_painted_soon_on_a_slow_phone(fresh, path):
    assert min(examiner.largest_paint(fresh(), path) for _ in range(3)) <= examiner.LCP_SECONDS
