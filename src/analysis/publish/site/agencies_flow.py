"""The picture of who has taken over from whom: agencies of the plan left, those of today right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.charts.labels import wrapped
from analysis.publish.site.agencies_successions import Succession

WIDTH = 960
NAME, LETTERS, LINE, GAP, EDGE = 340, 36, 19, 18, 8
"""Room for a name, letters in a line of it, height of a line, between names, and at the edge."""


@dataclass(frozen=True)
class Node:
    """A name in the picture: its lines, each with its height, and the middle of them all."""

    lines: tuple[tuple[str, float], ...]
    middle: float


@dataclass(frozen=True)
class Edge:
    """A line from a predecessor to a successor: its SVG path, and what kind it is."""

    path: str
    kind: str


@dataclass(frozen=True)
class Flow:
    """The picture.

    Attributes
    ----------
    width, height
        In the units of its view box.
    left, right
        Where the names of both sides end and begin.
    before, after
        The names of both sides.
    edges
        The lines between them.
    """

    width: int
    height: float
    left: int
    right: int
    before: tuple[Node, ...]
    after: tuple[Node, ...]
    edges: tuple[Edge, ...]


def flow(successions: Sequence[Succession]) -> Flow | None:
    """Lay out the picture; nothing if there are no successions.

    Successors stand in the order of the middle of their predecessors, so that few lines cross.
    """
    if not successions:
        return None
    before = list(dict.fromkeys(one.predecessor.text for one in successions))
    after = _near(successions, before)
    height = max(_height(before), _height(after))
    left, right = _nodes(before, height), _nodes(after, height)
    starts = dict(zip(before, left, strict=True))
    ends = dict(zip(after, right, strict=True))
    edges = tuple(
        Edge(
            _path(starts[one.predecessor.text].middle, ends[one.successor.text].middle),
            one.kind,
        )
        for one in successions
    )
    return Flow(WIDTH, height, NAME, WIDTH - NAME, left, right, edges)


def _near(successions: Iterable[Succession], before: Sequence[str]) -> list[str]:
    """Return the successors in the order of the middle of their predecessors."""
    places: dict[str, list[int]] = {}
    for one in successions:
        places.setdefault(one.successor.text, []).append(before.index(one.predecessor.text))
    return sorted(places, key=lambda name: sum(places[name]) / len(places[name]))


def _height(names: Iterable[str]) -> float:
    return sum(_room(name) for name in names) + 2.0 * EDGE


def _room(name: str) -> float:
    return float(len(wrapped(name, LETTERS)) * LINE + GAP)


def _nodes(names: Sequence[str], height: float) -> tuple[Node, ...]:
    """Spread names evenly over the height."""
    spare = (height - _height(names)) / len(names)
    nodes, top = [], float(EDGE)
    for name in names:
        room = _room(name) + spare
        middle, lines = top + room / 2, wrapped(name, LETTERS)
        first = middle - (len(lines) - 1) * LINE / 2
        texts = tuple((text, round(first + LINE * n, 1)) for n, text in enumerate(lines))
        nodes.append(Node(texts, round(middle, 1)))
        top += room
    return tuple(nodes)


def _path(start: float, end: float) -> str:
    """Return a curve that leaves and arrives level."""
    left, right = NAME + 12, WIDTH - NAME - 12
    half = (left + right) / 2
    return f"M{left} {start:.1f}C{half:.0f} {start:.1f} {half:.0f} {end:.1f} {right} {end:.1f}"
