"""Laying out a layered picture: few crossings, straight lines, nothing over anything else. Knows no procedures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP = 18.0
ORDERING_ROUNDS = 24
PLACING_ROUNDS = 80
STRAIGHTNESS = 10.0


@dataclass(slots=True)
class Node:
    """A box on a layer; `x` is its middle. Bends, which only let a line pass a layer, have no height."""

    layer: int
    width: float
    height: float = 0.0
    x: float = 0.0
    is_bend: bool = False
    above: "list[Node]" = field(default_factory=list, repr=False)
    below: "list[Node]" = field(default_factory=list, repr=False)


Line = tuple[Node, ...]


def lay_out(nodes: Sequence[Node], edges: Sequence[tuple[Node, Node]]) -> list[Line]:
    """
    Set `x` of all nodes; each edge, between an upper and a lower layer, becomes its line with a bend on each layer.

    Nodes of one layer keep the order in which they are given where nothing speaks against it.
    """
    lines = [_line(upper, lower) for upper, lower in edges]
    layers: list[list[Node]] = [[] for _ in range(1 + max(node.layer for node in nodes))]
    for node in [*nodes, *(bend for line in lines for bend in line[1:-1])]:
        layers[node.layer].append(node)
    _order(layers)
    _place(layers)
    _straighten(layers, lines)
    return lines


def _line(upper: Node, lower: Node) -> Line:
    bends = [Node(layer, GAP / 2, is_bend=True) for layer in range(upper.layer + 1, lower.layer)]
    line = (upper, *bends, lower)
    for first, second in pairwise(line):
        first.below.append(second)
        second.above.append(first)
    return line


def _order(layers: list[list[Node]]) -> None:
    """Sort each layer by where its neighbours are, down and up in turn; keep the best order that was seen."""
    best, fewest = [list(layer) for layer in layers], _crossings(layers)
    for turn in range(ORDERING_ROUNDS):
        downwards = turn % 2 == 0
        for layer in layers[1:] if downwards else layers[-2::-1]:
            _sort_by_neighbours(layer, layers, downwards=downwards)
        crossings = _crossings(layers)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    for layer, order in zip(layers, best, strict=True):
        layer[:] = order


def _sort_by_neighbours(layer: list[Node], layers: list[list[Node]], *, downwards: bool) -> None:
    if not layer:
        return
    beside = layers[layer[0].layer + (-1 if downwards else 1)]
    rank = {id(node): index for index, node in enumerate(beside)}
    own = {id(node): index for index, node in enumerate(layer)}

    def middle(node: Node) -> float:
        neighbours = [rank[id(other)] for other in (node.above if downwards else node.below)]
        return sum(neighbours) / len(neighbours) if neighbours else own[id(node)] * len(beside) / len(layer)

    layer[:] = sorted(layer, key=middle)


def _crossings(layers: list[list[Node]]) -> int:
    total = 0
    for upper, lower in pairwise(layers):
        rank = {id(node): index for index, node in enumerate(lower)}
        ends = [end for node in upper for end in sorted(rank[id(other)] for other in node.below)]
        total += sum(first > second for index, first in enumerate(ends) for second in ends[index + 1 :])
    return total


def _place(layers: list[list[Node]]) -> None:
    for layer in layers:
        _spread(layer, [0.0] * len(layer))
    for turn in range(PLACING_ROUNDS):
        ordered = layers if turn % 2 == 0 else layers[::-1]
        last = turn >= PLACING_ROUNDS // 2
        for layer in ordered:
            _spread(layer, [_wanted(node, downwards=turn % 2 == 0, both=last) for node in layer])


def _wanted(node: Node, *, downwards: bool, both: bool) -> float:
    """Where a node would like to be: over or under the middle of its neighbours, straight for bends."""
    neighbours = [*node.above, *node.below] if both else node.above if downwards else node.below
    if not neighbours:
        return node.x
    weights = [STRAIGHTNESS if node.is_bend and other.is_bend else 1.0 for other in neighbours]
    return sum(other.x * weight for other, weight in zip(neighbours, weights, strict=True)) / sum(weights)


def _spread(layer: list[Node], wanted: list[float]) -> None:
    """Put the nodes as near as can be to where they want to be, in their order and without touching (pooled means)."""
    offsets, offset = list[float](), 0.0
    for index, node in enumerate(layer):
        if index:
            offset += (layer[index - 1].width + node.width) / 2 + GAP
        offsets.append(offset)
    pools = list[tuple[float, float, int]]()
    for node, goal, shift in zip(layer, wanted, offsets, strict=True):
        weight = STRAIGHTNESS if node.is_bend else 1.0
        pools.append((goal - shift, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (first, its, some), (second, other, more) = pools[-2:]
            pools[-2:] = [((first * its + second * other) / (its + other), its + other, some + more)]
    middles = [middle for middle, _, count in pools for _ in range(count)]
    for node, middle, shift in zip(layer, middles, offsets, strict=True):
        node.x = middle + shift


def _straighten(layers: list[list[Node]], lines: list[Line]) -> None:
    """Put all bends of a line upon one vertical where their neighbours leave room for it."""
    for line in lines:
        bends = line[1:-1]
        rooms = [_room(layers[bend.layer], bend) for bend in bends]
        low, high = max((room[0] for room in rooms), default=0.0), min((room[1] for room in rooms), default=0.0)
        if bends and low <= high:
            middle = min(max(sum(bend.x for bend in bends) / len(bends), low), high)
            for bend in bends:
                bend.x = middle


def _room(layer: list[Node], node: Node) -> tuple[float, float]:
    """Between which places the middle of a node may move without touching a neighbour."""
    index = next(index for index, other in enumerate(layer) if other is node)
    low = layer[index - 1] if index else None
    high = layer[index + 1] if index + 1 < len(layer) else None
    return (
        low.x + (low.width + node.width) / 2 + GAP if low else float("-inf"),
        high.x - (high.width + node.width) / 2 - GAP if high else float("inf"),
    )
