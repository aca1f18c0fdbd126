"""Tables of a report: semantic HTML from rows of cells, everything from data escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, Template


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and what makes it more than text.

    Attributes
    ----------
    text
        The main line.
    detail
        Quiet second lines.
    href
        Address to which the main line links (http or https only).
    kind
        A CSS class, such as ``verdict-MET`` or ``number``.
    """

    text: str
    detail: tuple[str, ...] = ()
    href: str = ""
    kind: str = ""

    @property
    def link(self) -> str:
        """The address, if it is one that a reader may safely follow."""
        return self.href if self.href.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row is its header."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells for {len(self.columns)} columns: {row}")

    def _repr_html_(self) -> str:
        return _template().render(table=self)

    def __repr__(self) -> str:
        lines = [self.caption, " | ".join(self.columns)]
        lines += [" | ".join(cell.text for cell in row) for row in self.rows]
        return "\n".join(lines)


def cells(texts: Sequence[str | Cell]) -> tuple[Cell, ...]:
    """Make a row: plain texts become cells."""
    return tuple(text if isinstance(text, Cell) else Cell(text) for text in texts)


@cache
def _template() -> Template:
    source = files("analysis.reports").joinpath("table.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
