"""A person at the portal without script: pages read as text, forms sent with their hidden fields."""

import html
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tinhso.modules.government.onestop.tests.conftest import COMMUNE, ONE_PIXEL

PAGES = {
    "requester": {"requester_relation": "mother", "requester_residence": "Thôn Nà Mò, xã Thử", "residence_known": "yes"},
    "child": {"child_name": "Hoàng Gia Bảo", "child_sex": "male", "child_birth_date-day": "5", "child_birth_date-month": "11", "child_birth_date-year": "2026"},
    "birth_place": {"birth_place_kind": "health_facility", "birth_facility": "Trạm y tế xã Thử", "is_surrogate_birth": "no"},
    "origin": {"child_ethnic_group": "Tày", "child_home_town": "Xã Thử", "child_nationality": "vn"},
    "mother": {"mother_ethnic_group": "Tày", "mother_residence": "Thôn Nà Mò, xã Thử"},
    "father": {"has_father": "no"},
    "delivery": {"delivery": "counter", "copies_wanted": "0"},
}  # fmt: skip


def photograph(name: str = "giay-chung-sinh.png", content: bytes = ONE_PIXEL) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


class Portal:
    """One person's browser with JavaScript off."""

    def __init__(self, client: Client) -> None:
        self.client, self.url, self.status, self.text, self.content = client, "", 0, "", b""

    def get(self, url: str) -> "Portal":
        return self._read(self.client.get(url, follow=True), url)

    def send(self, url: str = "", *, keep: bool = True, **typed) -> "Portal":
        """Send the page's main form: what stands in its boxes, with what is typed over it."""
        answers = (self.boxes() if keep else {}) | typed
        return self._read(self.client.post(url or self.url, answers, follow=True), url or self.url)

    def boxes(self) -> dict[str, str]:
        main = self.text[self.text.index("<main") :]
        found: dict[str, str] = {}
        for tag in re.findall(r"<input[^>]*>", main):
            name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("name", "value"))
            kind = re.search(r'\btype="([^"]*)"', tag)
            is_choice = kind and kind[1] in {"radio", "checkbox"}
            if name and not (kind and kind[1] == "file") and (not is_choice or " checked" in tag):
                found[name[1]] = html.unescape(value[1]) if value else ""
        for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', body)
            found[name] = html.unescape(chosen[1]) if chosen else ""
        for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', main, re.DOTALL):
            found[name] = html.unescape(body)
        return found

    def _read(self, answer, url: str) -> "Portal":
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        self.status = answer.status_code
        self.content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.text = self.content.decode("utf-8", "replace")
        for close in answer._resource_closers:  # `close()` would end the test's connection too
            close()
        return self

    @property
    def words(self) -> str:
        """The page's own text without tags."""
        main = self.text[self.text.find("<main") :]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())

    def begins(self, code: str = "1.001193", unit: str = COMMUNE) -> "Portal":
        self.get(f"/procedures/{code}/start/")
        return self.send(unit=unit)

    def fills(self, **other: dict[str, str]) -> "Portal":
        """Answer page after page until the papers or the check; `other` replaces the answers of a page."""
        for _ in range(20):
            page = self.url.rstrip("/").rpartition("/")[2].partition("?")[0]
            if page not in PAGES:
                return self
            self.send(**(PAGES[page] | other.get(page, {})))
        raise AssertionError(self.url)

    def files(self) -> str:
        """A whole filing; the tracking id."""
        self.begins().fills()
        self.send(**{"paper-birth_proof": photograph()})
        self.send(declared="yes")
        return re.search(r"/dossiers/(TS-[\w-]+)/filed/", self.url)[1]
