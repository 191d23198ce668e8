"""From a procedure to what its picture shows: boxes for states, labels for acts, each on its layer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tinhso.kernel.flow.layout import Line, Node, lay_out
from tinhso.kernel.flow.procedure import SYSTEM, Deadline, Procedure, State, Step
from tinhso.kernel.flow.texts import Text

NAME_SIZE, SMALL_SIZE = 14.0, 12.0
LINE_HEIGHT = 17.0
BOX_WIDTH, LABEL_WIDTH, PADDING = 190.0, 124.0, 10.0
NARROW, WIDE = "iìíỉĩịljtfrI.,:;'|()[] ", "mwMWƯƠ%@…"
WORDS = {
    "holds": Text("Giữ", "Held by"),
    "waits": Text("Chờ", "Waits for"),
    "opens": Text("Mở hồ sơ con", "Opens sub-cases"),
    "within": Text("Hạn", "Within"),
    "same_day": Text("trong ngày", "the same day"),
    "minute": Text("phút", "minutes"),
    "hour": Text("giờ", "hours"),
    "working_hour": Text("giờ làm việc", "working hours"),
    "day": Text("ngày", "days"),
    "working_day": Text("ngày làm việc", "working days"),
    "month": Text("tháng", "months"),
}


@dataclass(slots=True)
class Box:
    """One state as drawn: its name and what is said below it, wrapped, and its node."""

    state: State
    name: list[str]
    notes: list[str]
    node: Node


@dataclass(slots=True)
class Label:
    """One or more acts that go the same way, with the lines that lead to them and on to the target."""

    steps: list[Step]
    words: list[str]
    node: Node
    sources: list[str]
    target: str
    is_upwards: bool
    lines_in: list[Line] = field(default_factory=list)
    lines_out: list[Line] = field(default_factory=list)

    @property
    def is_of_the_system(self) -> bool:
        """Whether nobody does this: a wait is over, or sub-cases ended."""
        return all(step.role == SYSTEM for step in self.steps)


@dataclass(slots=True)
class Picture:
    """Everything to draw, in a language."""

    boxes: dict[str, Box]
    labels: list[Label]


def compose(procedure: Procedure, language: str, roles: Mapping[str, Text]) -> Picture:
    """The picture of a flow: states in ranks by the order of their table, acts between them."""
    states = sorted(procedure.states, key=lambda state: (state.code != procedure.start, state.row))
    order = {state.code: index for index, state in enumerate(states)}
    steps = [step for step in procedure.steps if {step.source, step.target} <= order.keys()]
    ranks = _ranks(order, steps)
    boxes = {state.code: _box(state, procedure, language, roles, ranks) for state in states}
    labels = _labels([step for step in steps if step.source != step.target], ranks, language)
    _connect(boxes, labels)
    return Picture(boxes, labels)


def _ranks(order: Mapping[str, int], steps: list[Step]) -> dict[str, int]:
    """Each state below all states before it in the table that a step ties it to; loose ones move down to their next."""
    ties = {tuple(sorted((step.source, step.target), key=order.__getitem__)) for step in steps}
    ranks = dict.fromkeys(order, 0)
    for code in order:
        ranks[code] = max((ranks[first] + 1 for first, second in ties if second == code and first != code), default=0)
    for code in list(order)[:0:-1]:
        after = [ranks[second] for first, second in ties if first == code and second != code]
        if after and not any(second == code and first != code for first, second in ties):
            ranks[code] = max(min(after) - 1, 0)
    return ranks


def _box(state: State, procedure: Procedure, language: str, roles: Mapping[str, Text], ranks: Mapping[str, int]) -> Box:
    name = wrap(state.name.in_language(language), BOX_WIDTH - 2 * PADDING, NAME_SIZE)
    notes = [line for note in _notes(state, procedure, language, roles) for line in wrap(note, BOX_WIDTH - 2 * PADDING)]
    height = 2 * PADDING + LINE_HEIGHT * (len(name) + len(notes))
    return Box(state, name, notes, Node(2 * ranks[state.code], BOX_WIDTH, height))


def _notes(state: State, procedure: Procedure, language: str, roles: Mapping[str, Text]) -> list[str]:
    def say(word: str) -> str:
        return WORDS[word].in_language(language)

    def role(code: str) -> str:
        return roles[code].in_language(language) if code in roles else code

    notes = [f"{say('holds')}: {role(state.holder)}"] if state.holder else []
    if state.wait:
        limit = f", {duration(state.wait.limit, language)}" if state.wait.limit else ""
        notes.append(f"{say('waits')}: {role(state.wait.whom)}{limit}")
    if state.sub_cases:
        notes.append(f"{say('opens')} ({len(state.sub_cases)})")
    if state.deadline:
        notes.append(f"{say('within')}: {duration(state.deadline, language)}")
    notes += [
        f"↻ {step.name.in_language(language)}" for step in procedure.steps_from(state.code) if step.target == state.code
    ]
    return notes


def duration(deadline: Deadline, language: str) -> str:
    """A duration in words: "3 ngày làm việc"."""
    if not deadline.amount:
        return WORDS["same_day"].in_language(language)
    unit = WORDS[deadline.unit].in_language(language) if deadline.unit in WORDS else deadline.unit
    return f"{deadline.amount.normalize():f} {unit}"


def _labels(steps: list[Step], ranks: Mapping[str, int], language: str) -> list[Label]:
    """One label for all acts with the same sources, target, direction and kind."""
    by_row: dict[tuple[int, bool], list[Step]] = {}
    for step in steps:
        by_row.setdefault((step.row, ranks[step.target] < ranks[step.source]), []).append(step)
    grouped: dict[tuple[tuple[str, ...], str, bool, bool], list[Step]] = {}
    for (_, is_upwards), row in by_row.items():
        key = tuple(step.source for step in row), row[0].target, is_upwards, row[0].role == SYSTEM
        grouped.setdefault(key, []).append(row[0])
    return [
        _label(list(sources), target, together, ranks, language)
        for (sources, target, _, _), together in grouped.items()
    ]


def _label(sources: list[str], target: str, steps: list[Step], ranks: Mapping[str, int], language: str) -> Label:
    words = [line for step in steps for line in wrap(step.name.in_language(language), LABEL_WIDTH)]
    is_upwards = ranks[target] < ranks[sources[0]]
    ranks_of_sources = [2 * ranks[source] for source in sources]
    layer = min(ranks_of_sources) - 1 if is_upwards else max(ranks_of_sources) + 1
    width = max(width_of(line) for line in words) + PADDING
    return Label(steps, words, Node(layer, width, LINE_HEIGHT * len(words)), sources, target, is_upwards)


def _connect(boxes: Mapping[str, Box], labels: list[Label]) -> None:
    edges: list[tuple[Node, Node]] = []
    for label in labels:
        for end in (*label.sources, label.target):
            box = boxes[end].node
            edges.append((box, label.node) if box.layer < label.node.layer else (label.node, box))
    nodes = [*(box.node for box in boxes.values()), *(label.node for label in labels)]
    lines = iter(lay_out(nodes, edges))
    for label in labels:
        label.lines_in = [next(lines) for _ in label.sources]
        label.lines_out = [next(lines)]


def width_of(words: str, size: float = SMALL_SIZE) -> float:
    """About how wide words are in the typeface of the pages, in pixels."""
    shares = (
        0.36 if letter in NARROW else 0.92 if letter in WIDE else 0.74 if letter.isupper() else 0.62 for letter in words
    )
    return size * sum(shares)


def wrap(words: str, width: float, size: float = SMALL_SIZE) -> list[str]:
    """The words on lines of at most that width; a single longer word keeps a line of its own."""
    lines = list[str]()
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines
