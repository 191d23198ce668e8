"""The picture of a flow as SVG, drawn from its table: no inline style, colours from the page, words for all of it."""

from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from tinhso.kernel.flow.layout import Line, Node
from tinhso.kernel.flow.picture import (
    LINE_HEIGHT,
    NAME_SIZE,
    PADDING,
    SMALL_SIZE,
    Box,
    Label,
    Picture,
    compose,
)
from tinhso.kernel.flow.procedure import Procedure
from tinhso.kernel.flow.texts import Text

LAYER_GAP, MARGIN, ARROW = 36.0, 24.0, 7.0
NO_ROLES: Mapping[str, Text] = {}
TYPEFACE = "'Be Vietnam Pro', system-ui, sans-serif"
TITLE = Text("Sơ đồ quy trình: {name}", "Flow of the procedure: {name}")
START = Text("Bắt đầu ở: {state}.", "It starts at: {state}.")
PRESENT = Text("Hồ sơ đang ở: {state}.", "The dossier stands at: {state}.")
STEP = Text("{source}: {act} → {target}.", "{source}: {act} → {target}.")


def draw_svg(
    procedure: Procedure, language: str = "vi", roles: Mapping[str, Text] = NO_ROLES, *, present: str = ""
) -> str:
    """
    The flow as an SVG element, in "vi" or "en"; `roles` gives the names of roles, whose codes are shown otherwise.

    The state `present`, where a case stands now, has a heavier frame, the class flow-present and a sentence in the description.
    It has a title and a description that tells every step. It uses presentation attributes and `currentColor` only,
    and these classes: flow, flow-state, flow-final, flow-wait, flow-start, flow-name, flow-note, flow-act, flow-line,
    flow-arrow, flow-system (what nobody does by hand). A procedure without states has no picture: an empty string.
    """
    if not procedure.states:
        return ""
    picture = compose(procedure, language, roles)
    tops = _layers(picture)
    name = f"flow-{procedure.code}-{procedure.version.isoformat()}".replace(".", "-")
    pieces = [
        _opening(picture, tops, name),
        *_told(procedure, language, name, present),
        *(piece for label in picture.labels for piece in _drawn_label(label, tops)),
        *(piece for box in picture.boxes.values() for piece in _drawn_box(box, procedure, tops, present)),
        "</svg>",
    ]
    return "\n".join(pieces)


def _opening(picture: Picture, tops: Mapping[int, tuple[float, float]], name: str) -> str:
    left = min(node.x - node.width / 2 for node in _nodes(picture)) - MARGIN
    width = max(node.x + node.width / 2 for node in _nodes(picture)) + MARGIN - left
    height = max(top + height for top, height in tops.values()) + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" aria-labelledby="{name}-title {name}-desc"'
        f' viewBox="{left:.0f} 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
        f' font-family="{TYPEFACE}" font-size="{SMALL_SIZE:g}" fill="currentColor" text-anchor="middle">'
    )


def _nodes(picture: Picture) -> list[Node]:
    lines = [line for label in picture.labels for line in (*label.lines_in, *label.lines_out)]
    return [*(box.node for box in picture.boxes.values()), *(node for line in lines for node in line)]


def _layers(picture: Picture) -> dict[int, tuple[float, float]]:
    """Top and height of each layer, from above."""
    heights: dict[int, float] = {}
    for node in _nodes(picture):
        heights[node.layer] = max(heights.get(node.layer, 0.0), node.height)
    tops: dict[int, tuple[float, float]] = {}
    top = MARGIN + LAYER_GAP
    for layer in sorted(heights):
        tops[layer] = (top, heights[layer])
        top += heights[layer] + LAYER_GAP
    return tops


def _told(procedure: Procedure, language: str, name: str, present: str) -> Iterator[str]:
    names = {state.code: state.name.in_language(language) for state in procedure.states}
    sentences = [START.in_language(language).format(state=names.get(procedure.start, procedure.start))]
    sentences += [
        STEP.in_language(language).format(
            source=names.get(step.source, step.source),
            act=step.name.in_language(language),
            target=names.get(step.target, step.target),
        )
        for step in procedure.steps
    ]
    if present in names:
        sentences.insert(0, PRESENT.in_language(language).format(state=names[present]))
    title = TITLE.in_language(language).format(name=procedure.name.in_language(language))
    yield f'<title id="{name}-title">{escape(title)}</title>'
    yield f'<desc id="{name}-desc">{escape(" ".join(sentences))}</desc>'


def _vertical(node: Node, tops: Mapping[int, tuple[float, float]]) -> tuple[float, float]:
    """Where a node begins and ends: in the middle of its layer, bends through all of it."""
    top, height = tops[node.layer]
    if node.is_bend:
        return top, top + height
    start = top + (height - node.height) / 2
    return start, start + node.height


def _drawn_box(box: Box, procedure: Procedure, tops: Mapping[int, tuple[float, float]], present: str) -> Iterator[str]:
    node, (top, bottom) = box.node, _vertical(box.node, tops)
    left, is_final = node.x - node.width / 2, procedure.is_final(box.state.code)
    kinds = ["flow-state", *(["flow-final"] if is_final else []), *(["flow-wait"] if box.state.wait else [])]
    is_present = box.state.code == present
    kinds += ["flow-present"] if is_present else []
    dashes = ' stroke-dasharray="6 4"' if box.state.wait and not box.state.holder else ""
    width, depth = ("3.5", "0.16") if is_present else ("1.5", "0.04")
    rounding = 20 if is_final else 4
    yield f'<g class="{" ".join(kinds)}">'
    yield (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{node.width:.1f}" height="{bottom - top:.1f}" rx="{rounding}"'
        f' fill="currentColor" fill-opacity="{depth}" stroke="currentColor" stroke-width="{width}"{dashes}/>'
    )
    if is_final:
        yield (
            f'<rect x="{left + 4:.1f}" y="{top + 4:.1f}" width="{node.width - 8:.1f}" height="{bottom - top - 8:.1f}"'
            f' rx="{rounding - 4}" fill="none" stroke="currentColor"/>'
        )
    if box.state.code == procedure.start:
        yield from _drawn_start(node.x, top)
    lines = [(words, "flow-name") for words in box.name] + [(words, "flow-note") for words in box.notes]
    for row, (words, kind) in enumerate(lines):
        size = f' font-size="{NAME_SIZE:g}" font-weight="600"' if kind == "flow-name" else ""
        baseline = top + PADDING + LINE_HEIGHT * (row + 0.75)
        yield f'<text class="{kind}" x="{node.x:.1f}" y="{baseline:.1f}"{size}>{escape(words)}</text>'
    yield "</g>"


def _drawn_start(x: float, top: float) -> Iterator[str]:
    yield f'<circle class="flow-start" cx="{x:.1f}" cy="{top - LAYER_GAP:.1f}" r="5"/>'
    yield f'<path class="flow-line" d="M{x:.1f} {top - LAYER_GAP:.1f}V{top - ARROW:.1f}" stroke="currentColor"/>'
    yield _arrow(x, top, pointing_down=True)


def _drawn_label(label: Label, tops: Mapping[int, tuple[float, float]]) -> Iterator[str]:
    of_system = label.is_of_the_system
    yield f'<g class="flow-act{" flow-system" if of_system else ""}">'
    dashes = ' stroke-dasharray="3 3"' if of_system else ""
    for line in (*label.lines_in, *label.lines_out):
        is_last = line in label.lines_out
        path, (x, y) = _path(line, tops, arrow_at=_arrow_end(label) if is_last else None)
        yield f'<path class="flow-line" d="{path}" fill="none" stroke="currentColor" stroke-opacity="0.7"{dashes}/>'
        if is_last:
            yield _arrow(x, y, pointing_down=not label.is_upwards)
    top, _ = _vertical(label.node, tops)
    for row, words in enumerate(label.words):
        baseline = top + LINE_HEIGHT * (row + 0.75)
        yield f'<text x="{label.node.x:.1f}" y="{baseline:.1f}">{escape(words)}</text>'
    yield "</g>"


def _arrow_end(label: Label) -> str:
    return "above" if label.is_upwards else "below"


def _path(line: Line, tops: Mapping[int, tuple[float, float]], arrow_at: str | None) -> tuple[str, tuple[float, float]]:
    """The curve of a line from above to below, and the point its arrow touches."""
    first, last = line[0], line[-1]
    x, y = _port(first, line[1], below=True), _vertical(first, tops)[1]
    tip = (x, y)
    y += ARROW if arrow_at == "above" else 0
    path = [f"M{x:.1f} {y:.1f}"]
    for before, node in pairwise(line):
        at = _port(node, before, below=False) if node is last else node.x
        top, bottom = _vertical(node, tops)
        end = top - (ARROW if node is last and arrow_at == "below" else 0)
        middle = (y + end) / 2
        path.append(f"C{x:.1f} {middle:.1f} {at:.1f} {middle:.1f} {at:.1f} {end:.1f}")
        if node is not last and bottom > top:
            path.append(f"V{bottom:.1f}")
        x, y = at, bottom if node is not last else top
    return "".join(path), tip if arrow_at == "above" else (x, y)


def _port(node: Node, towards: Node, *, below: bool) -> float:
    """Where on a box's edge a line begins or ends: lines spread over the edge in the order of where they go."""
    neighbours = sorted(node.below if below else node.above, key=lambda other: other.x)
    if node.height == 0 or len(neighbours) == 1:
        return node.x
    index = next(index for index, other in enumerate(neighbours) if other is towards)
    room = min(node.width - 4 * PADDING, 22.0 * (len(neighbours) - 1))
    return node.x - room / 2 + room * index / (len(neighbours) - 1)


def _arrow(x: float, y: float, *, pointing_down: bool) -> str:
    back = -ARROW if pointing_down else ARROW
    return f'<path class="flow-arrow" d="M{x:.1f} {y:.1f}l{-ARROW / 2:g} {back:g}h{ARROW:g}z"/>'
