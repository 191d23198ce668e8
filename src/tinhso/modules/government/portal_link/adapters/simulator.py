"""A small national portal: sessions, the six calls, what it believes of each dossier, and faults on demand."""

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core import signing

from tinhso.modules.government.portal_link.adapters.shelves import Shelves
from tinhso.modules.government.portal_link.rules.exchange import Exchange
from tinhso.modules.government.portal_link.rules.states import PROGRESS, WHOLE
from tinhso.modules.government.portal_link.rules.wire import BadWire, Progress, Whole

DOSSIERS, KEYS, HELD, FAULTS = "dossier", "key", "held", "fault"
TIMEOUT, ERROR, LOST_ANSWER, TWICE, LATE = "timeout", "error", "lost_answer", "twice", "late"
REJECT, EXPIRED, LIE, SWALLOW, GARBAGE = "reject", "expired", "lie", "swallow", "garbage"
FAULT_KINDS: Final = (TIMEOUT, ERROR, LOST_ANSWER, TWICE, LATE, REJECT, EXPIRED, LIE, SWALLOW, GARBAGE)
SILENT: Final = frozenset({TIMEOUT, LOST_ANSWER, LATE})
HELD_FOR: Final = 3  # so many later calls come first
SALT: Final = "portal_link.simulator"
PROCEDURE_SIGNS: Final = frozenset("0123456789.HGS")
MOST_LISTED: Final = 100_000
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the simulator answers; `is_silent`: nothing at all."""

    content: Mapping[str, Any] | None = None
    status: int = 200
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The lists that the portal offers: procedures and agencies, code and name."""

    procedures: Sequence[tuple[str, str]] = ()
    agencies: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class Simulator:
    """The portal. Who it lets in is the account's business; every call uses up one planned fault, the oldest first."""

    shelves: Shelves
    exchange: Exchange
    password: str
    find_catalogue: Callable[[], Catalogue] = field(default=Catalogue)

    def plan_faults(self, kind: str, count: int = 1) -> None:
        """Let the next calls meet this fault, after those planned before."""
        for _ in range(count):
            self.shelves.put(FAULTS, f"{time.time_ns():020}{next(_numbers):06}", {"kind": kind})

    def recover(self) -> None:
        """No more faults; what was held back arrives now."""
        while self.shelves.take_first(FAULTS):
            pass
        while held := self.shelves.take_first(HELD):
            self._apply(held["body"], held["key"], held["now"])

    def login(self, body: Mapping[str, Any], now: datetime) -> Reply:
        """A session for the right password."""
        if body.get("password") != self.password:
            return _code("97", "sai tài khoản")
        until = (now + timedelta(seconds=self.exchange.session_seconds)).timestamp()
        session = signing.dumps({"until": until}, salt=SALT)
        return Reply({"error_code": "00", "session": session})

    def call(self, body: Mapping[str, Any], key: str, now: datetime) -> Reply:
        """One of the six calls, or what a fault makes of it."""
        fault = str((self.shelves.take_first(FAULTS) or {}).get("kind", ""))
        early: dict[str, Reply] = {
            TIMEOUT: Reply(is_silent=True),
            ERROR: Reply(status=500),
            GARBAGE: Reply(content=None),
            EXPIRED: _code(self._code_for("expired"), "hết phiên"),
            REJECT: _code("03", "nội dung không hợp lệ (lỗi đặt trước)"),
        }
        if fault in early:
            return early[fault]
        if not self._is_open(str(body.get("session", "")), now):
            return _code(self._code_for("expired"), "hết phiên")
        if fault == LATE:
            name = f"{time.time_ns():020}{next(_numbers):06}"
            self.shelves.put(HELD, name, {"body": dict(body), "key": key, "now": now.isoformat(), "waits": HELD_FOR})
            return Reply(is_silent=True)
        reply = _code("00") if fault == SWALLOW else self._apply(body, key, now.isoformat())
        if fault == TWICE:
            self._apply(body, key, now.isoformat())
        self._release_held()
        if fault == LIE:
            return self._lie(reply)
        return Reply(is_silent=True) if fault == LOST_ANSWER else reply

    def believed(self) -> list[tuple[str, Mapping[str, Any]]]:
        """What it believes of each dossier, by the portal's code."""
        return self.shelves.list(DOSSIERS)

    def forget(self, portal_code: str) -> None:
        """Lose a dossier, with everything that was said of it."""
        self.shelves.remove(DOSSIERS, portal_code)

    def _is_open(self, session: str, now: datetime) -> bool:
        try:
            return bool(signing.loads(session, salt=SALT)["until"] > now.timestamp())
        except signing.BadSignature:
            return False

    def _code_for(self, meaning: str) -> str:
        return next(code for code, said in self.exchange.meanings.items() if said == meaning)

    def _release_held(self) -> None:
        for name, held in self.shelves.list(HELD):
            if held["waits"] > 1:
                self.shelves.put(HELD, name, {**held, "waits": held["waits"] - 1})
            else:
                self.shelves.remove(HELD, name)
                self._apply(held["body"], held["key"], held["now"])

    def _apply(self, body: Mapping[str, Any], key: str, now: str) -> Reply:
        service = body.get("service")
        if service in {WHOLE, PROGRESS}:
            return self._write(str(service), body, key, now)
        if service == "TraCuuHoSo":
            return self._look_up(body)
        found = self.find_catalogue()
        if service == "LayThuTuc":
            rows = [row for row in found.procedures if row[0] == body.get("maTTHC")]
            return _listed(rows, "MATTHC", "TENTTHC")
        if service == "LayDanhSachTTHC":
            return _listed(found.procedures, "MATTHC", "TENTTHC")
        if service == "LayDanhMucCoQuan":
            return _listed(found.agencies, "MADONVI", "TENDONVI")
        return _code("03", "không có lời gọi này")

    def _write(self, service: str, body: Mapping[str, Any], key: str, now: str) -> Reply:
        rows = body.get("data")
        row = rows[0] if isinstance(rows, list) and len(rows) == 1 else None
        kind: type[Whole | Progress] = Whole if service == WHOLE else Progress
        try:
            record = self.exchange.codec.from_wire(kind, row)
        except BadWire as wrong:
            return _code("03", "thiếu hoặc sai: " + ", ".join(wrong.fields))
        if isinstance(record, Whole) and not set(record.procedure_code) <= PROCEDURE_SIGNS:
            return _code("04", record.procedure_code)
        with self.shelves.alone_with(record.portal_code):
            return self._keep(record, body, key, now)

    def _keep(self, record: Whole | Progress, body: Mapping[str, Any], key: str, now: str) -> Reply:
        known = self.shelves.find(DOSSIERS, record.portal_code)
        if key and self.shelves.find(KEYS, key) is not None:
            return _code("00", "đã nhận trước đó")
        if isinstance(record, Whole) and (known is not None) == (body.get("isUpdating") == "False"):
            return _code("01" if known is not None else "02")
        if known is None and isinstance(record, Progress):
            return _code("02")
        before = known or {"whole": {}, "progress": [], "states": [], "sequences": []}
        state = int(record.state)
        kept = {**before, "state": state, "states": [*before["states"], state], "changed_on": self._day(now)}
        kept["sequences"] = [*before["sequences"], int(key.rpartition("#")[2] or 0)]
        row = body["data"][0]
        kept |= {"whole": row} if isinstance(record, Whole) else {"progress": [*before["progress"], row]}
        self.shelves.put(DOSSIERS, record.portal_code, kept)
        if key:
            self.shelves.add(KEYS, key, {})
        return _code("00")

    def _day(self, moment: str) -> str:
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(self.exchange.codec.zone)).date().isoformat()

    def _look_up(self, body: Mapping[str, Any]) -> Reply:
        codec = self.exchange.codec
        if "mahoso" in body:
            found = self.shelves.find(DOSSIERS, str(body["mahoso"]))
            rows = [found] if found else []
        else:
            try:
                first, last = (codec.read_moment(body.get(name)) for name in ("TuNgay", "DenNgay"))
            except ValueError:
                return _code("03", "TuNgay, DenNgay")
            days = (f"{first:%Y-%m-%d}" if first else "", f"{last:%Y-%m-%d}" if last else "9")
            rows = [kept for _, kept in self.believed() if days[0] <= kept["changed_on"] <= days[1]]
        result = [{**kept["whole"], "TrangThaiHoSo": str(kept["state"])} for kept in rows[:MOST_LISTED]]
        return Reply({"error_code": "00", "result": result})

    def _lie(self, reply: Reply) -> Reply:
        content = dict(reply.content or {})
        if rows := content.get("result"):
            content["result"] = [
                {**row, "TrangThaiHoSo": "8" if row["TrangThaiHoSo"] != "8" else "4"} if "TrangThaiHoSo" in row else row
                for row in rows
            ]
        return Reply(content, reply.status)


def _code(code: str, words: str = "") -> Reply:
    return Reply({"error_code": code, "message": words})


def _listed(rows: Sequence[tuple[str, str]], code_name: str, name_name: str) -> Reply:
    return Reply({"error_code": "00", "result": [{code_name: code, name_name: name} for code, name in rows]})
