"""Looks at a page as an examiner does: accessibility, width, language, weight, speed."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from journeys.person import DESK, HEIGHTS, PHONE

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
VIOLATIONS = (
    "axe.run({resultTypes: ['violations']})"
    ".then(found => found.violations.map(each => each.id + ' ' + each.nodes[0].html.slice(0, 160)))"
)
NARROWEST = 320
FIRST_BYTES, NEXT_BYTES, SCRIPT_BYTES, FIRST_REQUESTS = 100_000, 30_000, 30_000, 8
LCP_SECONDS = 2.5
# The developers' tools' own "slow 4G" and a processor four times slower.
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
# Words of English that are no Vietnamese syllable; what is never said to a person on a Vietnamese page.
ENGLISH = [
    "the",
    "and",
    "with",
    "your",
    "this",
    "that",
    "please",
    "error",
    "field",
    "required",
    "submit",
    "cancel",
    "next",
    "previous",
    "page",
    "status",
    "filed",
    "accepted",
    "pending",
    "unknown",
    "none",
    "null",
    "undefined",
    "true",
    "false",
    "sign",
    "password",
    "username",
    "case",
    "dossier",
    "receipt",
    "hand",
    "over",
    "propose",
    "accept",
    "withdraw",
    "january",
    "february",
    "march",
    "april",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "tomorrow",
    "days",
    "hours",
]
LEFT_OVER = re.compile(rf"\b(?:{'|'.join(ENGLISH)})\b|%\(|\{{\w*\}}|\{{\{{", re.IGNORECASE)
VISIBLE_WORDS = """
() => {
  const own = document.body.cloneNode(true);
  own.querySelectorAll('script, style, code, kbd, [lang=en], .language').forEach(each => each.remove());
  const said = [...own.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
    .flatMap(each => ['aria-label', 'title', 'placeholder', 'alt'].map(name => each.getAttribute(name) || ''));
  return document.title + ' ' + own.textContent + ' ' + said.join(' ');
}
"""


class Scales:
    """Weighs what a page brings over the network, in bytes as they travel."""

    def __init__(self, page: Page) -> None:
        self.sizes: dict[str, float] = {}
        self.scripts: set[str] = set()
        self.tools = page.context.new_cdp_session(page)
        self.tools.on("Network.responseReceived", self._received)
        self.tools.on("Network.loadingFinished", self._finished)
        self.tools.send("Network.enable")

    def _received(self, event: dict) -> None:
        if event["response"].get("fromDiskCache") or event["response"]["url"].startswith("data:"):
            return
        self.sizes.setdefault(event["requestId"], 0)
        if event["type"] == "Script":
            self.scripts.add(event["requestId"])

    def _finished(self, event: dict) -> None:
        if event["requestId"] in self.sizes:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def weigh(self) -> tuple[int, int, int]:
        """Bytes, bytes of script, requests since the last time."""
        found = round(sum(self.sizes.values())), round(sum(self.sizes[each] for each in self.scripts)), len(self.sizes)
        self.sizes.clear()
        self.scripts.clear()
        return found


def troubles_with_looks(page: Page) -> list[str]:
    """What is wrong with the page that is open, at the widths of a phone and a desk."""
    troubles = []
    page.evaluate(AXE)
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        troubles += [f"{width} px: {each}" for each in page.evaluate(VIOLATIONS)]
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROWEST:
        troubles.append(f"{wide} px wide at {NARROWEST}")
    troubles += [f"says “{each}”" for each in sorted(set(LEFT_OVER.findall(page.evaluate(VISIBLE_WORDS))))]
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    return troubles


def troubles_with_visit(context: BrowserContext, path: str, *, weighs: bool = True) -> list[str]:
    """What is wrong with a page and its weight when it is the first that somebody opens, and when it is the next one."""
    page = context.new_page()
    scales = Scales(page)
    first, script, requests = weigh(page, scales, path)
    troubles = troubles_with_looks(page)
    following, _script, _requests = weigh(page, scales, path) if weighs else (0, 0, 0)
    context.close()
    assert first > 1000, path  # the scales work
    measured = [(first, FIRST_BYTES, "bytes at first"), (script, SCRIPT_BYTES, "bytes of script")]
    measured += [(requests, FIRST_REQUESTS, "requests"), (following, NEXT_BYTES, "bytes next time")]
    return troubles + [f"{found} {name}, at most {most}" for found, most, name in measured if weighs and found > most]


def weigh(page: Page, scales: Scales, path: str) -> tuple[int, int, int]:
    page.goto(path)
    page.evaluate("document.fonts.ready.then(() => 1)")
    return scales.weigh()


def largest_paint(context: BrowserContext, path: str) -> float:
    """Seconds until the largest part is painted, on a slow network and a slow phone, at the first visit."""
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(path)
    found = page.evaluate(
        "new Promise(tell => new PerformanceObserver(list => tell(list.getEntries().at(-1).startTime))"
        ".observe({type: 'largest-contentful-paint', buffered: true}))"
    )
    page.close()
    return found / 1000
