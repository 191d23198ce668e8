"""A register behind the exchange platform, asked by its REST protocol as X-Road defines it (PR-REST, r1)."""

import threading
import time
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote
from uuid import uuid4

from tinhso.platform.outside import call, checked_address, read_object
from tinhso.platform.registers.ports import Answer, Question, Unreachable

PAUSE: Final = 60.0  # seconds for which a register that did not answer is left in peace, so that nobody waits for it


@dataclass(frozen=True, slots=True)
class Member:
    """Ourselves on the exchange: the address of our security server, our identifier, how long to wait."""

    address: str
    client: str  # "instance/class/member/subsystem"
    seconds: float


class ExchangeRegister:
    """
    One service of one register.

    Personal numbers travel in the body, never in an address that machines on the way write down. The names in the body
    are ours: no text of the real services was found, so expect to change them here.
    """

    def __init__(self, member: Member, service: str) -> None:
        """
        :param service: "instance/class/member/subsystem/service"
        :raises ValueError: the address is none
        """
        parts = "/".join(quote(part, safe="") for part in service.split("/"))
        self._address = f"{checked_address(member.address)}/r1/{parts}"
        self._member = member
        self._lock, self._rests_until = threading.Lock(), 0.0

    def ask(self, question: Question) -> Answer:
        """What it holds; raises as promised in the port, at once while it rests after a failure."""
        with self._lock:
            if time.monotonic() < self._rests_until:
                raise Unreachable("rests after a failure")
        headers = {
            "X-Road-Client": self._member.client,
            "X-Road-Id": str(uuid4()),
            "X-Road-Issue": quote(f"{question.purpose} {question.issue}".strip(), safe=" "),
        }
        body = {"personalNumber": question.number, "fields": sorted(question.fields), "purpose": question.purpose}
        try:
            found = read_object(call(self._address, body, headers, seconds=self._member.seconds))
            return _read(found, question)
        except Unreachable:
            with self._lock:
                self._rests_until = time.monotonic() + PAUSE
            raise


def _read(found: dict[str, object], question: Question) -> Answer:
    """The answer, when it is about the person asked for. :raises Unreachable: it cannot be relied on"""
    values, number, as_of = (found.get(name) for name in ("values", "personalNumber", "asOf"))
    if number != question.number:
        raise Unreachable("the answer is about somebody else")
    if not isinstance(values, dict):
        raise Unreachable("the answer holds no values")
    try:
        on = date.fromisoformat(str(as_of))
    except ValueError as problem:
        raise Unreachable("the answer has no day") from problem
    return Answer({str(path): str(value) for path, value in values.items() if value is not None}, on)
