"""A commune in a province, its officers, a citizen, and a browser of a few lines."""

import html
import re
from datetime import UTC, date, datetime
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

import pytest

from tinhso.platform.people import actions
from tinhso.platform.people.rules import SYSTEM, Actor, Identity
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries import forget_units

COMMUNE, PROVINCE, OTHER = "90001@2025-07-01", "90@2025-07-01", "90002@2025-07-01"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
START = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
PASSWORD = "một câu dài dễ nhớ"
MAI = Identity(name="Hoàng Thị Mai", personal_number="020195004817", birth_on=date(1995, 3, 12), sex="female", level=2)


@pytest.fixture(autouse=True)
def fresh_units():
    forget_units()


@pytest.fixture
def places(db):
    def unit(key: str, kind: str, name: str, parent: str, path: list[str]) -> None:
        Unit.objects.create(
            key=key, code=key.partition("@")[0], kind=kind, designation="", name=name, name_en=name, name_folded=name.lower(),
            parent_key=parent, path=path, valid_from=date(2025, 7, 1), start_known=True,
        )  # fmt: skip

    unit(PROVINCE, "province", "Tỉnh Thử", "", [PROVINCE])
    unit(COMMUNE, "commune", "Xã Thử", PROVINCE, [PROVINCE, COMMUNE])
    unit(OTHER, "commune", "Xã Khác", PROVINCE, [PROVINCE, OTHER])
    codes = ("receptionist", "handler", "leader", "clerk", "administrator", "helper", "statistician", "operator")
    actions.load_roles(roles=[(code, f"vai {code}", f"role {code}", "unit") for code in codes])


@pytest.fixture
def officer(places):
    def register(name: str, *roles: str, unit_key: str = COMMUNE, password: str = "") -> str:
        made = actions.register_officer(
            name=name, sign_in_name=name, unit_key=unit_key, password=password, actor=SYSTEM, now=NOW
        )
        for role in roles:
            actions.appoint(
                officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=NOW
            )
        return made.code

    return register


@pytest.fixture
def mai(db) -> Actor:
    account = actions.identify_person(identity=MAI, account=None, actor=SYSTEM, now=NOW)
    return Actor(code=account.code, kind="citizen", name=MAI.name, level=2)


class Browser:
    """Follows links and sends forms over real HTTP, keeps cookies, remembers the page."""

    def __init__(self, address: str) -> None:
        self.address, self.url, self.status, self.text = address, address, 0, ""
        self._open = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({})).open

    def get(self, path: str) -> "Browser":
        return self._go(Request(urljoin(self.url, path)))

    def send(self, action: str = "", **answers: object) -> "Browser":
        """Send the form with that action on the page, its hidden fields and these answers with it."""
        forms = [(part.partition(">")[0], part) for part in re.findall(r"<form.*?</form>", self.text, re.DOTALL)]
        form = next(part for tag, part in forms if (f'action="{action}' in tag if action else "action=" not in tag))
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        body = {name: html.unescape(value) for name, value in hidden} | {
            name: str(value) for name, value in answers.items()
        }
        target = urljoin(self.url, html.unescape(re.search(r'action="([^"]*)"', form)[1]) if action else "")
        return self._go(Request(target, urlencode(body).encode(), {"Referer": self.url}))

    def _go(self, request: Request) -> "Browser":
        try:
            answer = self._open(request, timeout=20)
        except HTTPError as refusal:
            answer = refusal
        self.url, self.status, self.text = answer.geturl(), answer.status, answer.read().decode()
        return self


@pytest.fixture
def browser(live_server) -> Browser:
    return Browser(live_server.url)
