"""The design system: built from its sources, light, readable, reachable by thumb, keyboard and ear."""

import gzip
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from tinhso.host.gallery import PAGES
from tinhso.host.templatetags.design import sparkline

ROOT = Path(__file__).resolve().parents[4]
HOST = ROOT / "src/tinhso/host"
TEMPLATES = HOST / "templates"
EVERY_FACE = [(page, "") for page in PAGES] + [("board", "dark"), ("parts", "dark")]
OWN_STYLE_OR_SCRIPT = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\s(?:src=|type=.application/json))", re.IGNORECASE
)
READ_AGAINST = [
    ("ink", "paper"), ("ink", "card"), ("ink", "wash"), ("ink", "selected"), ("soft", "paper"), ("soft", "card"), ("soft", "wash"),
    ("soft", "late-wash"), ("soft", "amber-wash"), ("soft", "jade-wash"), ("soft", "selected"), ("lacquer-deep", "paper"),
    ("lacquer-deep", "wash"), ("lacquer-deep", "selected"), ("on-lacquer", "lacquer"), ("on-lacquer", "lacquer-strip"), ("jade", "card"), ("jade", "paper"),
    ("amber", "card"), ("amber", "amber-wash"), ("late", "card"), ("late", "late-wash"), ("late", "paper"), ("on-bar", "bar"),
    ("focus-ink", "focus"),
]  # fmt: skip


def build_script() -> Any:
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "scripts/build_assets.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tokens(theme: str) -> dict[str, str]:
    text = (HOST / "design/css/10-tokens.css").read_text()
    light, dark = text.split('[data-theme="dark"]')
    found = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", light))
    return found | (dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", dark)) if theme else {})


def brightness(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def included_from(name: str, seen: set[str]) -> set[str]:
    """Names of all templates that `name` includes or extends, at any depth."""
    if name not in seen:
        seen.add(name)
        for other in re.findall(r'{% (?:include|extends) "([^"]+)"', (TEMPLATES / name).read_text()):
            included_from(other, seen)
    return seen


def test_the_stylesheet_and_the_script_are_what_their_sources_make() -> None:
    for path, text in build_script().outputs().items():
        assert path.read_text() == text, f"run scripts/build_assets.py: {path.name} is out of date"


def test_nothing_of_gov_uk_that_only_gov_uk_may_use_is_in_the_stylesheet() -> None:
    text = (HOST / "static/tinhso/tinhso.css").read_text()
    assert "Transport" not in text
    assert "crest" not in text
    assert {url for url in re.findall(r"url\(([^)]*)\)", text) if not url.startswith("#")} == {
        f"fonts/{path.name}" for path in HOST.glob("static/tinhso/fonts/*.woff2")
    }


@pytest.mark.parametrize("path", sorted(ROOT.glob("src/tinhso/**/templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_carries_style_or_script_of_its_own(path: Path) -> None:
    assert OWN_STYLE_OR_SCRIPT.findall(path.read_text()) == []


def test_every_component_is_shown_in_the_gallery() -> None:
    shown: set[str] = set()
    for page in PAGES.values():
        included_from(page, shown)
    assert {f"components/{path.name}" for path in TEMPLATES.glob("components/*.html")} - shown == set()


@pytest.mark.parametrize("theme", ["", "dark"])
def test_every_text_stands_out_from_its_ground(theme: str) -> None:
    colour = tokens(theme)
    for text, ground in READ_AGAINST:
        high, low = sorted((brightness(colour[text]), brightness(colour[ground])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"{text} on {ground}"


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_and_leads_back(name: str, plain_static: None) -> None:
    page = render_to_string(name)
    assert 'href="/"' in page
    assert "<h1>" in page


def test_a_sparkline_runs_from_the_lowest_to_the_highest() -> None:
    assert sparkline([1, 3, 2]) == "0.0,33.0 100.0,3.0 200.0,18.0"
    assert sparkline([5, 5]) == "0.0,18.0 200.0,18.0"
    assert sparkline([5]) == ""


def test_a_first_visit_is_light(design_site: Any, tab: Any) -> None:
    answers: list[Any] = []
    tab.on("requestfinished", lambda request: answers.append(request))  # noqa: PLW0108 - Playwright marks what it is given
    tab.goto(f"{design_site.address}/design/?page=home", wait_until="networkidle")
    weight = {request.url: len(pack(request.response().body())) for request in answers}
    assert len(weight) <= 6
    assert sum(weight.values()) <= 65_000
    assert sum(size for address, size in weight.items() if address.endswith(".js")) <= 8_000


def pack(body: bytes) -> bytes:
    """What travels: fonts are packed already, the rest is gzipped by the server."""
    return body if body[:4] == b"wOF2" else gzip.compress(body, 6)


@pytest.mark.parametrize(("page", "theme"), EVERY_FACE)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(design_site: Any, tab: Any, page: str, theme: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{design_site.address}/design/?page={page}&theme={theme}")
    tab.evaluate((ROOT / "tests/vendor/axe.min.js").read_text())
    found = tab.evaluate("axe.run()")["violations"]
    assert [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_phone(design_site: Any, tab: Any, page: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(f"{design_site.address}/design/?page={page}")
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, select, textarea, summary, input:not([type=hidden])")]
  .filter((one) => one.offsetParent && !one.closest("p, .skip, .govuk-summary-list__value, .field__files span"))
  .map((one) => (one.type === "checkbox" ? one.closest("label") || one : one))
  .filter((one) => !(one.matches(".govuk-task-list__link")))
  .map((one) => [one.outerHTML.slice(0, 120), Math.round(one.getBoundingClientRect().height)])
  .filter(([, height]) => height < 44)"""


@pytest.mark.parametrize("page", ["home", "parts", "workspace"])
def test_what_a_thumb_touches_is_large_enough(design_site: Any, tab: Any, page: str) -> None:
    tab.goto(f"{design_site.address}/design/?page={page}")
    assert tab.evaluate(SMALL_TARGETS) == []


def test_the_gallery_can_be_read_and_sent_without_a_script(design_site: Any, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(f"{design_site.address}/design/?page=parts")
    assert not tab.locator("[data-draft-state]").is_visible()
    assert not tab.locator("[data-close]").first.is_visible()
    tab.fill("#child_name", "Hoàng Thị Mai")
    tab.click("text=Tiếp tục")
    assert tab.title().endswith("Đã nhận")
    assert len(design_site.filed) == 1
    context.close()
