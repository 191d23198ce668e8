"""Calls over HTTP with connections that are kept: TLS outside this machine, a time limit, answers of bounded size."""

import json
import ssl
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit
from weakref import WeakSet

from tinhso.modules.government.portal_link.ports import Refused, Unreachable

MOST_BYTES: Final = 32 * 1024 * 1024
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
OK: Final = 200


class HttpTransport:
    """
    One address, one connection for each thread.

    :param hosts: further hosts of the portal's from which papers may be fetched
    :param authority: path of the certificates to trust instead of the system's
    """

    def __init__(self, address: str, *, seconds: float, hosts: tuple[str, ...] = (), authority: str = "") -> None:
        self._base = _checked(address)
        self._seconds, self._hosts = seconds, frozenset(hosts)
        self._tls = ssl.create_default_context(cafile=authority or None) if self._base.scheme == "https" else None
        self._kept = threading.local()
        self._all: WeakSet[HTTPConnection] = WeakSet()

    def close(self) -> None:
        """Close every kept connection; further calls open them anew."""
        for connection in list(self._all):
            connection.close()

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body; a kept connection that the other side closed meanwhile is opened anew once."""
        content = json.dumps(body, ensure_ascii=False).encode()
        sent = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json", **headers}
        is_kept = getattr(self._kept, "connection", None) is not None
        try:
            return self._send(path, content, sent)
        except (ConnectionError, HTTPException) as problem:
            if not is_kept:
                raise Unreachable(_told(problem)) from problem
        except OSError as problem:
            raise Unreachable(_told(problem)) from problem
        try:
            return self._send(path, content, sent)
        except (OSError, HTTPException) as problem:
            raise Unreachable(_told(problem)) from problem

    def fetch(self, address: str, most: int, headers: Mapping[str, str]) -> bytes:
        """A file of the portal's, by a connection of its own."""
        place = urlsplit(address)
        own = (place.scheme, place.netloc) == (self._base.scheme, self._base.netloc)
        if not own and not (place.scheme == "https" and place.hostname in self._hosts):
            raise Refused("", "địa chỉ tệp không thuộc Cổng")
        connection = self._open(place)
        try:
            connection.request("GET", f"{place.path}?{place.query}" if place.query else place.path, headers=headers)
            response = connection.getresponse()
            if response.status != OK:
                raise Unreachable(f"HTTP {response.status}")
            found = response.read(most + 1)
        except (OSError, HTTPException) as problem:
            raise Unreachable(_told(problem)) from problem
        finally:
            connection.close()
        if len(found) > most:
            raise Refused("", "tệp quá lớn")
        return found

    def _send(self, path: str, content: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        connection: HTTPConnection | None = getattr(self._kept, "connection", None)
        if connection is None:
            connection = self._kept.connection = self._open(self._base)
            self._all.add(connection)
        try:
            connection.request("POST", self._base.path.rstrip("/") + path, content, dict(headers))
            response = connection.getresponse()
            answer = response.status, _read_all(response)
        except (OSError, HTTPException):
            connection.close()
            self._kept.connection = None
            raise
        return answer

    def _open(self, place: SplitResult) -> HTTPConnection:
        if place.scheme == "https":
            context = self._tls or ssl.create_default_context()
            return HTTPSConnection(place.hostname or "", place.port, timeout=self._seconds, context=context)
        return HTTPConnection(place.hostname or "", place.port, timeout=self._seconds)


def _read_all(response: HTTPResponse) -> bytes:
    found = response.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise HTTPException("câu trả lời quá lớn")
    return found


def _checked(address: str) -> SplitResult:
    place = urlsplit(address)
    if place.scheme == "https" or (place.scheme == "http" and place.hostname in LOOPBACK):
        return place
    raise ValueError(f"{address}: địa chỉ của Cổng phải là https")


def _told(problem: Exception) -> str:
    return "hết giờ chờ" if isinstance(problem, TimeoutError) else f"{type(problem).__name__} {problem}".strip()
