"""A small site that serves the gallery and remembers what is posted to it, and a browser to look at it."""

import json
import mimetypes
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tinhso.host.gallery import gallery
from tinhso.host.middleware import POLICY

STATIC = Path(__file__).parents[1] / "static"
CHROMIUM_FLAGS = """
    --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync
"""


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class DesignSite:
    """The gallery over HTTP under the strict policy; `drafts` and `filed` hold what came in, `gone` cuts the network."""

    def __init__(self) -> None:
        self.drafts: list[dict[str, list[str]]] = []
        self.filed: list[tuple[str, dict[str, list[str]]]] = []
        self.address = ""
        self.draft_answer = "200 OK"

    def page(self, query: str) -> bytes:
        return gallery(RequestFactory().get(f"/design/?{query}")).content

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        length = int(environ.get("CONTENT_LENGTH") or 0)
        posted = parse_qs(environ["wsgi.input"].read(length).decode("utf-8", "replace")) if length else {}
        status, kind = "200 OK", "text/html; charset=utf-8"
        if path.startswith("/static/"):
            body = (STATIC / path.removeprefix("/static/")).read_bytes()
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        elif path == "/design/draft":
            self.drafts.append(posted)
            status, body, kind = self.draft_answer, json.dumps({"saved_at": "10:42"}).encode(), "application/json"
        elif method == "POST":
            self.filed.append((environ.get("HTTP_IDEMPOTENCY_KEY", ""), posted))
            body = render_to_string("404.html", {"province": {"name": "Đã nhận"}}).encode()
        else:
            body = self.page(environ.get("QUERY_STRING", ""))
        start(
            status,
            [
                ("Content-Type", kind),
                ("Content-Security-Policy", POLICY.format(forms="'self'")),
                ("Content-Length", str(len(body))),
            ],
        )
        return [body]


@pytest.fixture
def plain_static(settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def design_site(plain_static: None) -> Iterator[DesignSite]:
    site = DesignSite()
    server = make_server("127.0.0.1", 0, site, server_class=Server, handler_class=Quiet)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A page of a phone 360 wide; complaints of the browser's console fail the test."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [text for text in complaints if not text.startswith("Failed to load resource")] == []
