"""The network goes in the middle of filing: nothing typed is lost, and what was sent meanwhile goes through once."""

import re

from journeys.birth import new_name

WAITS = "phần gửi được giữ trên máy này"


def cut(person) -> None:
    person.context.set_offline(True)


def mend(person) -> None:
    person.context.set_offline(False)


def test_what_was_typed_without_a_network_is_there_after_the_tab_was_closed(portal):
    name = new_name()
    portal.begins()
    portal.fills("requester")
    portal.press("Tiếp tục")
    portal.at("child")
    address = portal.page.url

    cut(portal)
    portal.box("child_name").press_sequentially(name)
    portal.page.locator('[name="child_sex"][value="male"]').check()
    portal.page.locator("[data-draft-state][data-state=offline]").wait_for()
    portal.looks("typed-offline")
    portal.page.close()
    mend(portal)
    portal.opens_tab()
    portal.goes(address)

    assert portal.box("child_name").input_value() == name
    assert portal.page.locator('[name="child_sex"][value="male"]').is_checked()
    portal.page.locator("[data-draft-state][data-state=saved]").wait_for()
    portal.looks("typed-again")
    on_another_device = portal.context.request.get(address).text()
    assert name in on_another_device  # and the server has it now

    portal.box("child_name").fill(name + " Nhi")
    cut(portal)
    portal.box("child_birth_date-day").fill("7")
    portal.page.locator("[data-draft-state][data-state=offline]").wait_for()
    mend(portal)
    portal.page.locator("[data-draft-state][data-state=saved]").wait_for()  # by itself, as soon as there is a network
    portal.page.reload()
    assert portal.box("child_name").input_value() == name + " Nhi"
    assert portal.box("child_birth_date-day").input_value() == "7"


def test_a_dossier_sent_without_a_network_is_filed_once_when_it_is_back(portal, desk):
    name = new_name()
    portal.begins()
    portal.fills_everything(child_name=name)
    portal.attaches_a_photograph()
    portal.at("check")
    portal.page.locator("#declared").check()
    cut(portal)
    portal.press("Nộp hồ sơ")
    portal.awaits(WAITS)
    portal.looks("waits-to-be-sent")
    portal.press("Nộp hồ sơ")  # impatience does no harm
    portal.awaits(WAITS)
    mend(portal)
    case = portal.reads_receipt()

    assert how_many(portal, case, name) == 1
    assert sum(name in row for row in desk.waiting()) == 1


def test_an_answer_that_is_lost_on_its_way_does_not_make_a_second_dossier(portal):
    name = new_name()
    portal.takes_pictures = False
    portal.begins()
    portal.fills_everything(child_name=name)
    portal.attaches_a_photograph()
    portal.at("check")
    lost = []

    def lose_the_first_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")
        else:
            route.continue_()

    portal.page.route(re.compile(r"/check/$"), lose_the_first_answer)
    portal.page.locator("#declared").check()
    portal.press("Nộp hồ sơ")
    portal.awaits(WAITS)
    portal.page.reload()  # it is tried again with the same key
    case = portal.reads_receipt()

    assert lost == [302]
    assert how_many(portal, case, name) == 1


def how_many(portal, case: str, child: str) -> int:
    """How many of her dossiers are about that child; the one just filed is among them."""
    portal.goes("/my/dossiers/")
    entries = portal.page.locator('main a[href^="/dossiers/TS-"]').all()
    assert f"/dossiers/{case}/" in [entry.get_attribute("href") for entry in entries]
    return sum(child in entry.inner_text() for entry in entries)
