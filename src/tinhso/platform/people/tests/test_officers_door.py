"""Officers sign in with a password and a second factor; without the second they get nowhere outside demo."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tinhso.platform.people.models import Account

from .conftest import PASSWORD


def code_of(secret: str, step: int = 1) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[step]))


@pytest.fixture
def hoa(officer) -> str:
    return officer("hoa", "receptionist", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, follow: bool = False):
    return client.post("/account/login/", {"login": "hoa", "password": password}, follow=follow)


def set_up_app(client: Client) -> str:
    """Turn on the authenticator app, confirming the password on the way; the app's secret."""
    page = client.get("/account/2fa/app/", follow=True)
    if "password" in page.content.decode():
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = re.search(r"<code>(\w+)</code>", page.content.decode())[1]
    page = client.post("/account/2fa/app/", {"code": code_of(secret)}, follow=True)
    assert "Mã dự phòng" in page.content.decode()
    return secret


def test_an_officer_signs_in_with_password_and_code(hoa, settings):
    settings.DEMO = False
    first = Client()
    sign_in(first)
    secret = set_up_app(first)

    client = Client()
    step = sign_in(client, follow=True)
    assert "Xác thực lớp thứ hai" in step.content.decode()
    assert client.get("/my/account/").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": code_of(secret, 0)})

    assert "vai receptionist, Xã Thử" in client.get("/my/account/").content.decode()


def test_a_wrong_code_does_not_open(hoa):
    first = Client()
    sign_in(first)
    secret = set_up_app(first)
    client = Client()
    sign_in(client)
    wrong = f"{(int(code_of(secret)) + 1) % 10**6:06}"

    page = client.post("/account/2fa/authenticate/", {"code": wrong})

    assert "Mã chưa đúng" in page.content.decode()
    assert client.get("/my/account/").status_code == 302


def test_outside_demo_an_officer_without_second_factor_is_led_to_set_one_up(hoa, settings):
    settings.DEMO = False
    client = Client()
    sign_in(client)

    page = client.get("/my/account/")
    assert (page.status_code, page.url) == (302, "/account/2fa/")
    assert "Bạn chưa bật xác thực hai lớp" in client.get("/account/2fa/").content.decode()
    assert client.get("/api/v1/people/me").status_code == 403

    set_up_app(client)
    assert client.get("/api/v1/people/me").json()["code"] == hoa


def test_a_wrong_password_is_refused_in_vietnamese_and_tells_nothing_more(hoa):
    known = sign_in(Client(), "sai mật khẩu").content.decode()
    stranger = Client().post("/account/login/", {"login": "ai", "password": "sai mật khẩu"}).content.decode()
    for page in (known, stranger):
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in page


def test_guessing_is_stopped_for_a_while(hoa):
    client = Client()
    for _try in range(5):
        sign_in(client, "sai mật khẩu")
    assert "thử sai nhiều lần" in sign_in(client).content.decode()


def test_the_secret_of_an_app_is_not_readable_in_the_database(hoa):
    client = Client()
    sign_in(client)
    secret = set_up_app(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_a_spare_code_opens_once(hoa):
    first = Client()
    sign_in(first)
    set_up_app(first)
    spare = re.search(r"<li><code>(\d+)</code>", first.get("/account/2fa/spare/").content.decode())[1]

    opened = []
    for _time in range(2):
        client = Client()
        sign_in(client)
        client.post("/account/2fa/authenticate/", {"code": spare})
        opened.append(client.get("/my/account/").status_code)

    assert opened == [200, 302]


def test_a_closed_account_does_not_open(hoa):
    Account.objects.filter(code=hoa).update(is_active=False)
    assert "khóa" in sign_in(Client(), follow=True).content.decode()


def test_there_is_no_way_to_sign_up(client, db):
    for path in ("/account/signup/", "/account/password/reset/", "/account/email/", "/account/3rdparty/"):
        assert client.get(path).status_code == 404


def test_no_page_of_signing_in_shows_a_word_of_english(hoa, settings):
    client = Client()
    pages = [
        client.get("/sign-in/"),
        client.get("/account/login/"),
        sign_in(client, "sai"),
        client.get("/account/refused/"),
    ]
    sign_in(client)
    paths = ("2fa/", "2fa/keys/", "password/", "logout/", "reauthenticate/")
    pages += [client.get(f"/account/{path}") for path in paths]
    set_up_app(client)
    later = ("2fa/app/remove/", "2fa/spare/", "2fa/spare/new/", "2fa/keys/add/", "2fa/reauthenticate/")
    pages += [client.get(f"/account/{path}", follow=True) for path in later]
    pages.append(client.get("/account/by/vneid/"))
    english = re.compile(r"\b(the|your|you|password|sign|code|login|key|account|are|enter|please)\b", re.IGNORECASE)
    for page in pages:
        text = re.sub(r"<script.*?</script>|<head>.*?</head>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
        assert page.status_code == 200
        assert not english.search(text), (page.request["PATH_INFO"], english.search(text))
