"""Citizens sign in through VNeID: the whole exchange over real HTTP against the simulator."""

import json
from dataclasses import replace
from time import monotonic
from urllib.request import ProxyHandler, build_opener

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount

from tinhso.platform.people import actions
from tinhso.platform.people.adapters import simulator
from tinhso.platform.people.models import Account, Person
from tinhso.platform.people.rules import SYSTEM, Identity

from .conftest import NOW

MAI, LAN = "020195004817", "020302001744"


def come(browser, number=MAI, *, wanted="/my/account/", **how):
    """Ask for a page, choose VNeID, choose a person."""
    browser.get(wanted)
    assert "/sign-in/" in browser.url
    browser.send("/account/by/vneid/")
    assert "/simulators/vneid/authorize/" in browser.url
    return browser.send(**{"answer": "allow", "number": number, "fault": "", "seconds": 0, **how})


def test_a_citizen_of_level_two_signs_in_and_comes_back_to_the_page_wanted(browser):
    page = come(browser)

    assert page.url.endswith("/my/account/")
    assert "Hoàng Thị Mai" in page.text
    assert "Mức 2" in page.text
    assert MAI not in page.text
    person = Person.objects.get(personal_number=MAI)
    assert (person.identity_level, person.source, person.sex) == (2, "vneid", "female")
    assert person.code.startswith("citizen:")
    assert not person.account.has_usable_password()


def test_a_citizen_of_level_one_signs_in_and_reads_so(browser):
    assert "Mức 1" in come(browser, LAN).text


def test_signing_in_again_is_the_same_person(browser, live_server):
    from .conftest import Browser

    come(browser)
    come(Browser(live_server.url))
    assert (Person.objects.count(), Account.objects.count(), SocialAccount.objects.count()) == (1, 1, 1)


def test_whoever_was_registered_at_the_desk_is_recognised_by_the_number(browser, transactional_db):
    known = actions.register_person(identity=Identity(name="Hoàng thị mai", personal_number=MAI), actor=SYSTEM, now=NOW)
    come(browser)
    found = Person.objects.get()
    assert (found.code, found.name, found.identity_level) == (known.code, "Hoàng Thị Mai", 2)


def test_nothing_of_what_vneid_said_is_kept_beside_the_person(browser):
    come(browser)
    assert SocialAccount.objects.get().extra_data == {}
    assert MAI not in SocialAccount.objects.get().uid


def test_whoever_refuses_is_told_so_and_nothing_is_kept(browser):
    page = come(browser, answer="refuse")
    assert "Bạn chưa đăng nhập" in page.text
    assert Person.objects.count() == 0


@pytest.mark.parametrize("fault", ["server_error", "expired_code", "wrong_nonce", "wrong_signature", "other_person"])
def test_a_wrong_answer_of_vneid_lets_nobody_in(browser, fault):
    page = come(browser, fault=fault)
    assert page.status == 401
    assert "Chưa đăng nhập được bằng VNeID" in page.text
    assert "/sign-in/" in page.get("/my/account/").url
    assert Person.objects.count() == 0


def test_a_slow_answer_is_waited_for(browser):
    began = monotonic()
    assert "Hoàng Thị Mai" in come(browser, seconds=1).text
    assert monotonic() - began >= 1


def test_a_too_slow_answer_ends_in_a_page_that_says_so(browser, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 1
    page = come(browser, seconds=3)
    assert page.status == 401
    assert "thử lại sau ít phút" in page.text


def test_vneid_that_is_down_is_said_before_leaving(browser, settings):
    settings.VNEID_ISSUER = "http://127.0.0.1:9"
    browser.get("/sign-in/").send("/account/by/vneid/")
    assert browser.status == 401
    assert "VNeID không trả lời" in browser.text


def test_a_code_is_good_once_and_only_with_its_verifier(settings, db):
    grant = simulator.Grant(MAI, "tinhso", "http://x/", challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # the example of RFC 7636, appendix B
    client = (settings.VNEID_CLIENT_ID, settings.VNEID_SECRET)
    code = simulator.write_code(grant)

    assert simulator.redeem_code(code, client=client, redirect_uri="http://x/", verifier=verifier) == grant

    def another(nonce: str) -> str:
        return simulator.write_code(replace(grant, nonce=nonce))

    tries = [
        (code, client, "http://x/", verifier),
        (another("1"), client, "http://x/", "another"),
        (another("2"), client, "http://y/", verifier),
        (another("3"), ("tinhso", "guess"), "http://x/", verifier),
        ("nonsense", client, "http://x/", verifier),
    ]
    for text, who, where, proof in tries:
        with pytest.raises(simulator.Refused):
            simulator.redeem_code(text, client=who, redirect_uri=where, verifier=proof)
    assert simulator.redeem_code(another("4"), client=client, redirect_uri="http://x/", verifier=verifier).nonce == "4"


def test_the_simulator_describes_itself_and_signs_with_the_key_it_shows(live_server):
    read = build_opener(ProxyHandler({})).open
    base = f"{live_server.url}/simulators/vneid"
    told = json.load(read(f"{base}/.well-known/openid-configuration"))
    key = jwt.PyJWK(json.load(read(told["jwks_uri"]))["keys"][0])
    token = simulator.write_id_token(simulator.Grant(MAI, "tinhso", "", nonce="n"), issuer=base, now=NOW)

    claims = jwt.decode(
        token, key, algorithms=["RS256"], audience="tinhso", issuer=told["issuer"], options={"verify_exp": False}
    )

    assert (claims["nonce"], claims["acr"]) == ("n", "2")


def test_codes_are_sent_nowhere_but_to_our_own_door(client, db):
    asked = {"client_id": "tinhso", "redirect_uri": "https://elsewhere.example/account/by/vneid/callback/"}
    assert client.get("/simulators/vneid/authorize/", asked).status_code == 400


def test_after_signing_in_one_is_not_led_to_a_foreign_site(browser):
    browser.get("/sign-in/?next=https://elsewhere.example/")
    browser.send("/account/by/vneid/").send(answer="allow", number=MAI, fault="", seconds=0)
    assert browser.url == f"{browser.address}/"
