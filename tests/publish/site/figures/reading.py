"""What a figure says: its rows, layers, colours and texts, as a test asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.publish.site.figures import Figure

Rows = list[dict[str, Any]]


def rows(figure: Figure | None, name: str) -> Rows:
    """Return the rows of a name; none where the figure has none."""
    assert figure is not None
    return list(figure.spec["datasets"].get(name, ()))


def layer(figure: Figure | None, name: str) -> dict[str, Any]:
    """Return the layer with a name."""
    assert figure is not None
    (found,) = [one for one in figure.spec["layer"] if one["name"] == name]
    return dict(found)


def points(figure: Figure | None, name: str = "observed") -> list[tuple[int, float]]:
    """Return year and value of every mark."""
    return [(row["year"], row["value"]) for row in rows(figure, name)]


def ends(figure: Figure | None) -> list[tuple[float, float]]:
    """Return the years that the lines join."""
    return [(row["year"], row["year2"]) for row in rows(figure, "links")]


def keys(figure: Figure | None) -> list[str]:
    """Return the texts of the legend."""
    assert figure is not None
    return [key.text for key in figure.keys]


def strings(part: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a spec with the name under which it stands."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from strings(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from strings(value, name)
    elif isinstance(part, str):
        yield name, part


def shown(svg: str) -> list[str]:
    """Return the texts that a picture shows."""
    found = re.findall(r"<text.*?</text>", svg)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
