"""Somebody at a browser: goes, reads, presses, and leaves a picture of each step at both widths."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parents[1] / "screenshots"
FLAGS = """
    --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync
"""
PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 760, DESK: 860}
# The browser's own words about answers that a story asks for: not found, refused, no network.
EXPECTED = ("Failed to load resource",)


class Person:
    """One person with a browser of their own; what the browser complains of is kept and must be nothing."""

    def __init__(self, browser: Browser, address: str, story: str, *, width: int = PHONE, **options: Any) -> None:
        self.width, self.story, self.steps, self.takes_pictures = width, story, 0, True
        self.context = browser.new_context(
            base_url=address, viewport={"width": width, "height": HEIGHTS[width]}, locale="vi-VN", **options
        )
        self.complaints: list[str] = []
        self.page = self.opens_tab()

    def opens_tab(self) -> Page:
        """A new tab of the same browser, from now on the one looked at."""
        page = self.page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: said.type == "error" and self._complain(said.text))
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("response", lambda answer: answer.status >= 500 and self._complain(f"{answer.status} {answer.url}"))
        return page

    def _complain(self, text: str) -> None:
        if not text.startswith(EXPECTED):
            self.complaints.append(f"{self.page.url}: {text}")

    def leaves(self) -> None:
        self.context.close()
        assert self.complaints == []

    def goes(self, path: str) -> None:
        self.page.goto(path)

    def press(self, text: str) -> None:
        self.page.locator("main").get_by_role("button", name=text, exact=True).first.click()

    def follows(self, text: str) -> None:
        self.page.locator("main").get_by_role("link", name=text).first.click()

    def reads(self) -> str:
        """The page's own words, opened folds included."""
        return " ".join(self.page.locator("main").inner_text().split())

    def awaits(self, text: str) -> None:
        self.page.locator("main").get_by_text(text).first.wait_for()

    def looks(self, step: str) -> None:
        """Two pictures of the page as it is, at a phone's and at a desk's width."""
        if not self.takes_pictures:
            return
        self.steps += 1
        folder = PICTURES / self.story
        folder.mkdir(parents=True, exist_ok=True)
        for width in (DESK, PHONE) if self.width == PHONE else (PHONE, DESK):
            self._resize(width)
            tall = self.page.locator("html").evaluate("page => page.scrollHeight")
            self._resize(width, max(tall, HEIGHTS[width]))  # bars that stick to the window's edge stay at the end
            self.page.screenshot(path=folder / f"{self.steps:02}-{step}-{width}.png")
            self._resize(width)

    def _resize(self, width: int, height: int = 0) -> None:
        self.page.set_viewport_size({"width": width, "height": height or HEIGHTS[width]})

    def downloads(self, text: str, folder: Path) -> Path:
        """Take the file behind a link of that text home; what the worker prints is looked for again for half a minute."""
        link = self.page.locator("main").get_by_role("link", name=text).first
        for _ in range(30):
            if link.count():
                break
            self.page.wait_for_timeout(1000)
            self.page.reload()
        answer = self.context.request.get(link.evaluate("link => link.href"))
        assert answer.ok, answer.status
        name = answer.headers.get("content-disposition", "").rpartition(".")[2].strip('"') or "bin"
        target = folder / f"{len(list(folder.iterdir()))}.{name}"
        target.write_bytes(answer.body())
        return target
