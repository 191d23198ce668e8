"""People at a browser who do not give up: each repeats a request, with the same key, until somebody answers."""

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from random import Random
from typing import Any

from pypdf import PdfWriter

API = "/api/v1"
DOSSIERS = f"{API}/onestop/dossiers"
PROCEDURE, COMMUNE = "1.001193", "06184@2025-07-01"
BEGUN_WITH = "0123456789abcdefghijklmnopqrstuv"  # a CSRF token of one's own, until the first sign-in brings another
ANSWERED_WITHIN_SECONDS = 60.0
DONE = "Đã xong"
NAMES = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nga")
EMPTY: Mapping[str, Any] = {}
NO_ANSWER = (OSError, http.client.HTTPException)


class GaveUp(AssertionError):
    """Nobody answered for a minute: something hangs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `asked` counts how often the request was sent."""

    status: int
    body: Any = field(repr=False)
    asked: int

    def __str__(self) -> str:
        return f"{self.status} at try {self.asked}: {str(self.body)[:300]}"


@dataclass
class Visitor:
    """One person signed in to the installation at `port`; `code` is the public code of somebody of the demonstration."""

    port: int
    code: str
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": BEGUN_WITH})
    loses: float = 0.0  # how many of the answers to filings, pieces of files and acts are lost on their way
    dice: Random = field(default_factory=Random)
    repeated: int = 0

    def sign_in(self) -> None:
        answer = self.ask("POST", f"/demo/sign-in/{self.code}/")
        assert answer.status == 302, str(answer)

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """The first answer that is one: not a dropped connection and not "try again later"."""
        until, asked = time.monotonic() + ANSWERED_WITHIN_SECONDS, 0
        while time.monotonic() < until:
            asked += 1
            try:
                status, found = self._send(method, path, body, headers or {})
            except NO_ANSWER:
                status, found = 0, ""
            if 0 < status < 500:
                return Answer(status, found, asked)
            self.repeated += 1
            time.sleep(min(1.0, 0.1 * asked))
        raise GaveUp(f"{method} {path}: {asked} times, at last {status} {str(found)[:300]}")

    def _send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> tuple[int, Any]:
        raw = isinstance(body, bytes)
        sent = {
            "X-CSRFToken": self.cookies["csrftoken"],
            "Cookie": "; ".join("=".join(c) for c in self.cookies.items()),
        }
        if body is not None:
            sent["Content-Type"] = "application/octet-stream" if raw else "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, body if raw or body is None else json.dumps(body), {**sent, **headers})
            if method == "PATCH" or path.startswith((DOSSIERS, "/work/")):
                self._lose_some()
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        is_json = response.headers.get_content_type() == "application/json"
        return response.status, json.loads(text) if is_json and text else text.decode(errors="replace")

    def _lose_some(self) -> None:
        """Cut the network now and then, when the request is on its way and may have been heard or not."""
        if self.dice.random() < self.loses:
            time.sleep(self.dice.uniform(0.0, 0.2))
            raise ConnectionResetError

    def hand_in(self, content: bytes, name: str = "giay-chung-sinh.pdf") -> str:
        """Upload a file in two pieces, going on where a broken connection left off; its hash."""
        digest = sha256(content).hexdigest()
        told = {"name": name, "size": len(content), "sha256": digest}
        address = f"{API}/files/uploads/{self.expect(201, 'POST', f'{API}/files/uploads/', told)['upload']}/"
        offset, half = 0, len(content) // 2
        while offset < len(content):
            piece = content[offset : half if offset < half else None]
            answer = self.ask("PATCH", address, piece, {"Upload-Offset": str(offset)})
            assert answer.status in (204, 409), str(answer)
            offset = offset + len(piece) if answer.status == 204 else answer.body["expected_offset"]
        kept = self.expect(200, "POST", f"{address}finish/")
        return str(kept["sha256"])

    def file_dossier(self, key: str, child: str, paper: str, more: Mapping[str, Any] = EMPTY) -> str:
        """File a birth registration under `key`, with answers of one's own; the tracking id it was acknowledged with."""
        told = {
            "procedure": PROCEDURE,
            "unit": COMMUNE,
            "answers": answers_for(child) | more,
            "papers": {"birth_proof": [paper]},
        }
        answer = self.ask("POST", DOSSIERS, told, {"Idempotency-Key": key})
        assert answer.status == 201 or (answer.status == 200 and answer.asked > 1), str(answer)
        return str(answer.body["public_id"])

    def act(self, public_id: str, act: str) -> bool:
        """Press an act's button on the officer's page of a case; whether the page said that it was done."""
        address = f"/work/cases/{public_id}/"
        pressed = self.ask("POST", f"{address}acts/{act}/", b"", {"Content-Type": "application/x-www-form-urlencoded"})
        shown = self.ask("GET", address)
        done = f"{DONE}:" in shown.body
        assert shown.status == 200, f"{pressed}; {shown}"
        assert (done and pressed.status == 302) or pressed.asked > 1, f"{pressed}; {shown}"
        return done

    def expect(self, status: int, method: str, path: str, body: Any = None) -> Any:
        answer = self.ask(method, path, body)
        assert answer.status == status, str(answer)
        return answer.body


def child_named(number: int) -> str:
    """A name that belongs to one filing alone, so that a dossier filed twice shows."""
    return "Hoàng " + " ".join(NAMES[int(digit)] for digit in f"{number:06}")


def answers_for(child: str) -> dict[str, Any]:
    """A sound birth registration by the child's mother."""
    return {
        "requester_name": "Hoàng Thị Mai", "requester_number": "020195004817", "requester_relation": "mother",
        "requester_residence": "xã Đồng Đăng, tỉnh Lạng Sơn", "residence_known": True, "requester_phone": "0900000011",
        "child_name": child, "child_sex": "female", "child_birth_date": "2026-11-05",
        "birth_place_kind": "health_facility", "birth_facility": "Trạm y tế xã Đồng Đăng", "is_surrogate_birth": False,
        "child_ethnic_group": "Tày", "child_home_town": "xã Đồng Đăng, tỉnh Lạng Sơn", "child_nationality": "vn",
        "mother_name": "Hoàng Thị Mai", "mother_number": "020195004817", "mother_birth_year": 1995,
        "mother_ethnic_group": "Tày", "mother_nationality": "Việt Nam", "mother_residence": "xã Đồng Đăng, tỉnh Lạng Sơn",
        "has_father": False, "delivery": "counter", "copies_wanted": 0,
    }  # fmt: skip


def paper_for(child: str) -> bytes:
    """A birth notification of one page, whose bytes are the child's own."""
    writer, kept = PdfWriter(), BytesIO()
    writer.add_blank_page(width=300, height=400)
    writer.add_metadata({"/Title": child})
    writer.write(kept)
    return kept.getvalue()
