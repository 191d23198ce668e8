"""Joins the design system into one stylesheet and one script.

.venv/bin/python scripts/build_assets.py           writes static/tinhso/tinhso.css and tinhso.js
.venv/bin/python scripts/build_assets.py --check   fails when what is committed is out of date
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

DESIGN = Path(__file__).resolve().parents[1] / "src/tinhso/host/design"
STATIC = DESIGN.parent / "static/tinhso"
BANNER = "/* tinhso. With parts of GOV.UK Frontend 6.6.0, MIT, see GOVUK-FRONTEND-LICENSE.txt */\n"

KEPT_COMPONENTS = """
    body link heading-l heading-m heading-s visually-hidden skip-link list back-link breadcrumbs button button-group
    hint label error-message error-summary fieldset form-group input textarea select radios checkboxes date-input
    details inset-text warning-text notification-banner summary-list task-list character-count
"""
KEPT = frozenset(KEPT_COMPONENTS.split())
OURS = (
    ("GDS Transport,arial,sans-serif", "var(--typeface)"),
    ("font-weight:700", "font-weight:600"),
    ("font-size:1rem;line-height:1.25", "font-size:1.0625rem;line-height:1.5"),
    ("font-size:1.1875rem;line-height:1.3157894737", "font-size:1.0625rem;line-height:1.5"),
    ("font-size:1.1875rem;line-height:1.25", "font-size:1.0625rem;line-height:1.5"),
    ("font-size:1.1875rem;line-height:1", "font-size:1.0625rem;line-height:1.3"),
    ("#083d29", "var(--jade-deep)"),
    ("#0b5c3e", "var(--jade-dark)"),
    ("#0f7a52", "var(--jade)"),
    ("#651b1b", "var(--late-deep)"),
    ("#982828", "var(--late-dark)"),
    ("#858686", "var(--line-strong)"),
    ("#f3f3f3", "var(--wash)"),
)
TOO_MUCH = re.compile(
    r"govuk-frontend-supported|\\!|js-enabled|govuk-link--(no-|text-|inverse|image)|--inverse|--start|--slim|__suffix"
)


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Each top-level rule as (what stands before the brace, what stands inside)."""
    start = depth = opened = 0
    for place, sign in enumerate(css):
        if sign == "{":
            if depth == 0:
                opened = place
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place]
                start = place + 1


def is_kept(selector: str) -> bool:
    """Whether every GOV.UK class in the selector belongs to a component that tinhso shows."""
    names = re.findall(r"\.govuk-([a-z0-9-]+?)(?:__[a-z0-9-]+|--[a-z0-9-]+)*(?![a-z0-9_-])", selector)
    return bool(names) and not TOO_MUCH.search(selector) and KEPT.issuperset(names)


def pick(css: str) -> str:
    """The part of a stylesheet that styles the kept components; media rules are looked into, print is our own."""
    found = []
    for head, body in rules(css):
        if head.startswith("@"):
            inside = "" if "print" in head else pick(body)
            found += [f"{head}{{{inside}}}"] if inside else []
        elif selectors := [one for one in head.split(",") if is_kept(one)]:
            found.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(found)


def without(css: str, *properties: str) -> str:
    """The stylesheet without declarations that the page itself already makes."""
    for one in properties:
        css = re.sub(rf"(?<=[{{;]){one}:[^;}}]*;?", "", css)
    return re.sub(r"[^{}]+\{\}", "", css)


def small(css: str) -> str:
    """The stylesheet without comments and needless blanks."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return re.sub(r":\s+", ":", css).replace(";}", "}").strip()


def stylesheet() -> str:
    """The whole stylesheet: tokens, what is borrowed, then ours in the order of the file names."""
    borrowed = pick(re.sub(r"@charset[^;]*;", "", (DESIGN / "vendor/govuk-frontend/govuk-frontend.css").read_text()))
    borrowed = re.sub(r"var\((--govuk-[a-z-]+),[^()]*\)", r"var(\1)", borrowed)  # our tokens define them all
    for theirs, ours in OURS:
        borrowed = borrowed.replace(theirs, ours)
    borrowed = without(borrowed, "-webkit-font-smoothing", "-moz-osx-font-smoothing", "font-family")
    tokens, *ours = [small(part.read_text()) for part in sorted((DESIGN / "css").glob("*.css"))]
    return "\n".join([BANNER + tokens, small(borrowed), *ours]) + "\n"


def script() -> str:
    """The whole script: the parts in the order of their names, without comment and indentation."""
    parts = [part.read_text() for part in sorted((DESIGN / "js").glob("*.js"))]
    lines = (line.strip() for part in parts for line in part.splitlines())
    kept = "\n".join(line for line in lines if line and not line.startswith(("//", "/*", "*")))
    return f'(() => {{\n"use strict";\n{kept}\n}})();\n'


def outputs() -> dict[Path, str]:
    """What each built file must hold."""
    licence = (DESIGN / "vendor/govuk-frontend/LICENSE.txt").read_text()
    return {
        STATIC / "tinhso.css": stylesheet(),
        STATIC / "tinhso.js": script(),
        STATIC / "GOVUK-FRONTEND-LICENSE.txt": licence,
    }


def main() -> None:
    """Write, or with --check compare."""
    for path, text in outputs().items():
        if "--check" not in sys.argv:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            raise SystemExit(f"{path.name} is out of date: run scripts/build_assets.py")


if __name__ == "__main__":
    main()
