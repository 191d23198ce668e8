"""A relay between a browser and an installation, for stories in which the way between them fails."""

import http.client
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Answer = tuple[int, dict[str, str], bytes]
PASSED_ON = ("content-type", "set-cookie", "location", "etag", "cache-control", "date")
LOGIN_OF_A_HOTEL = (
    200,
    {"Content-Type": "text/html"},
    b"<!doctype html><title>WiFi</title><h1>Sign in to the WiFi</h1>",
)


class Relay:
    """
    Passes GET requests on to the installation and answers back; `goes` and `stops` are the server's coming and going.

    `instead` answers for the installation where it is set; `mend` may change an answer on its way.
    """

    def __init__(self, address: str) -> None:
        self.there, self.asked = urlsplit(address), 0
        self.instead: Answer | None = None
        self.mend: Callable[[str, Answer], Answer] = lambda _path, answer: answer
        self.port, self.server = 0, None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def goes(self) -> None:
        """Listen, at the same port as before."""
        relay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                relay.asked += self.path.endswith("/panels/")
                status, headers, body = relay.instead or relay.mend(self.path, relay.fetch(self.path, self.headers))
                self.send_response_only(status)
                for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: Any) -> None:
                """Say nothing."""

        ThreadingHTTPServer.allow_reuse_address = True
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stops(self) -> None:
        """Nobody listens any more."""
        self.server.shutdown()
        self.server.server_close()

    def fetch(self, path: str, headers: Any) -> Answer:
        connection = http.client.HTTPConnection(self.there.hostname, self.there.port, timeout=20)
        sent = {name: headers[name] for name in ("Cookie", "If-None-Match", "Accept-Language") if headers[name]}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        found = {name.title(): value for name, value in answer.getheaders() if name.lower() in PASSED_ON}
        body = answer.read()
        connection.close()
        return answer.status, found, body


def always_new(answer: Answer, number: int) -> Answer:
    """The answer with marks that no answer had before, so that every tile is put in anew."""
    status, headers, body = answer
    told = re.sub(rb'data-version="(\w+)"', rf'data-version="\g<1>{number}"'.encode(), body)
    return status, {name: value for name, value in headers.items() if name != "Etag"}, told
