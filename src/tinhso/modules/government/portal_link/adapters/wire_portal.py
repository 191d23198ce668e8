"""The six calls over any transport: the session behind them, error codes read, records in the names of the wire."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from threading import Lock
from typing import Any, Final, Protocol

from tinhso.modules.government.portal_link.ports import Key, Refused, Unreachable
from tinhso.modules.government.portal_link.rules.exchange import Exchange
from tinhso.modules.government.portal_link.rules.states import PROGRESS, WHOLE
from tinhso.modules.government.portal_link.rules.wire import Agency, BadWire, Listed, Progress, Seen, Whole

LOOK_UP, ONE_PROCEDURE, ALL_PROCEDURES, AGENCIES = "TraCuuHoSo", "LayThuTuc", "LayDanhSachTTHC", "LayDanhMucCoQuan"
OK: Final = 200
LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are to the portal: user and password, our agency's code (madonvi), the portal's place on the axis (dstcode)."""

    username: str
    password: str
    agency: str
    dstcode: str


class Transport(Protocol):
    """Carries one call."""

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer. :raises Unreachable: none came"""
        ...

    def fetch(self, address: str, most: int, headers: Mapping[str, str]) -> bytes:
        """A file of the portal's. :raises Unreachable: it did not come; :raises Refused: it is not the portal's, or too large"""
        ...


class WirePortal:
    """The national portal as its own interface has it; may be used by several threads at once."""

    def __init__(self, transport: Transport, account: Account, exchange: Exchange) -> None:
        self._transport, self._account, self._exchange = transport, account, exchange
        self._session, self._lock = "", Lock()

    def put_dossier(self, whole: Whole, *, key: Key, is_new: bool) -> None:
        """The whole dossier. The portal tells new from known: where it knows better than we, it is asked the other way."""
        content = [self._exchange.codec.to_wire(whole)]
        for updating in (not is_new, is_new):
            asked = {"service": WHOLE, "isUpdating": str(updating), "data": content}
            code, _reply = self._ask(self._exchange.calls_path, asked, key)
            if self._exchange.meaning_of(code) not in {"unknown", "known_already"}:
                return
        if self._exchange.meaning_of(code) == "unknown":
            raise self._refusal(code, _reply)

    def put_progress(self, progress: Progress, *, key: Key) -> None:
        """One step of a dossier."""
        asked = {"service": PROGRESS, "data": [self._exchange.codec.to_wire(progress)]}
        code, reply = self._ask(self._exchange.calls_path, asked, key)
        if self._exchange.meaning_of(code) == "unknown":
            raise self._refusal(code, reply)

    def find_dossier(self, portal_code: str) -> Seen | None:
        """What the portal believes of a dossier."""
        code, reply = self._ask(self._exchange.calls_path, {"service": LOOK_UP, "mahoso": portal_code})
        rows = [] if self._exchange.meaning_of(code) == "unknown" else self._rows(reply, Seen)
        return next((row for row in rows if row.portal_code == portal_code), None)

    def list_dossiers(self, since: date, until: date) -> Sequence[Seen] | None:
        """All dossiers that changed at the portal on these days; None where it offers no list."""
        if not self._exchange.lists_by_days:
            return None
        first, last = (datetime.combine(on, time(12), UTC) for on in (since, until))
        codec = self._exchange.codec
        asked = {"service": LOOK_UP, "TuNgay": codec.write_moment(first), "DenNgay": codec.write_moment(last)}
        return self._rows(self._ask(self._exchange.calls_path, asked)[1], Seen)

    def get_procedure(self, code: str) -> Listed | None:
        """A procedure as the portal has it."""
        _code, reply = self._ask(self._exchange.calls_path, {"service": ONE_PROCEDURE, "maTTHC": code})
        return next(iter(self._rows(reply, Listed)), None)

    def list_procedures(self) -> Sequence[Listed]:
        """All procedures of the portal."""
        return self._rows(self._ask(self._exchange.lists_path, {"service": ALL_PROCEDURES})[1], Listed)

    def list_agencies(self) -> Sequence[Agency]:
        """All agencies of the portal."""
        return self._rows(self._ask(self._exchange.lists_path, {"service": AGENCIES})[1], Agency)

    def fetch_paper(self, address: str, most: int) -> bytes:
        """The file at an address of the portal's."""
        return self._transport.fetch(address, most, {**self._headers(), "session": self._session_now()})

    def _ask(self, path: str, asked: Mapping[str, Any], key: Key | None = None) -> tuple[str, Mapping[str, Any]]:
        """The answer's code and content; a session that ran out is renewed once."""
        for is_last in (False, True):
            session = self._session_now()
            body = {"session": session, "madonvi": self._account.agency, **asked}
            headers = self._headers() | ({self._exchange.key_header: str(key)} if key else {})
            code, reply = self._answer(path, body, headers)
            meaning = self._exchange.meaning_of(code)
            if meaning == "expired" and not is_last:
                self._forget(session)
                continue
            if meaning in {"busy", "expired"}:
                raise Unreachable(f"{code} {_words_in(reply)}".strip())
            if meaning == "refused":
                raise self._refusal(code, reply)
            break
        return code, reply

    def _answer(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> tuple[str, Mapping[str, Any]]:
        status, raw = self._transport.post(path, body, headers)
        if status != OK:
            raise Unreachable(f"HTTP {status}")
        try:
            reply = json.loads(raw)
        except ValueError as problem:
            raise Unreachable("câu trả lời không phải JSON") from problem
        if not isinstance(reply, dict) or "error_code" not in reply:
            raise Unreachable("câu trả lời không có error_code")
        return str(reply["error_code"]), reply

    def _session_now(self) -> str:
        with self._lock:
            if not self._session:
                body = {"username": self._account.username, "password": self._account.password}
                code, reply = self._answer(self._exchange.login_path, body, self._headers())
                if self._exchange.meaning_of(code) == "busy":
                    raise Unreachable(f"{code} {_words_in(reply)}".strip())
                if self._exchange.meaning_of(code) != "done" or not reply.get("session"):
                    raise Unreachable(f"không mở được phiên, mã {code}")
                self._session = str(reply["session"])
            return self._session

    def _forget(self, session: str) -> None:
        with self._lock:
            if self._session == session:
                self._session = ""

    def _headers(self) -> dict[str, str]:
        return {"dstcode": self._account.dstcode}

    def _refusal(self, code: str, reply: Mapping[str, Any]) -> Refused:
        known = self._exchange.words_for(code).vi
        return Refused(code, " ".join(part for part in (known, _words_in(reply)) if part)[:LONGEST_WORDS])

    def _rows(self, reply: Mapping[str, Any], kind: type[Any]) -> list[Any]:
        found = reply.get("result") or []
        try:
            return [self._exchange.codec.from_wire(kind, row) for row in found]
        except (BadWire, TypeError) as wrong:
            raise Unreachable(f"không đọc được câu trả lời: {wrong}") from wrong


def _words_in(reply: Mapping[str, Any]) -> str:
    return str(reply.get("message") or "")[:LONGEST_WORDS]
