"""Tables of a report: rows of cells, shown as accessible HTML, on request sortable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from great_tables import GT

    from analysis.reports.sortable import SortableTable


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
        CSS classes, such as ``verdict-MET`` or ``number``.
    value
        What the cell is sorted by where a table can be sorted; without it, its text.
    lang
        The language of the main line (``vi``), where it is not that of the report.
    """

    text: str
    detail: tuple[str, ...] = ()
    href: str = ""
    kind: str = ""
    value: float | None = None
    lang: str = ""

    @property
    def link(self) -> str:
        """The address, if it is one that a reader may safely follow."""
        return self.href if self.href.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row is its header.

    Parameters
    ----------
    caption
        What the table shows.
    columns
        The heading of every column.
    rows
        The rows, each with a cell for every column.
    language
        ``vi`` or ``en``: how a table that can be sorted speaks, and which mark its decimals have.

    Raises
    ------
    ValueError
        If there is no column, or a row has more or fewer cells than there are columns.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    language: str = "vi"

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"a table without columns: {self.caption}")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells for {len(self.columns)} columns: {row}")

    def great_table(self) -> GT:
        """Return the table for great-tables, to be styled and saved by the means of that library.

        Columns are called ``c0``, ``c1``, …; the first one is the stub.
        """
        from analysis.reports.markup import great_table

        return great_table(self)

    def sortable(self) -> SortableTable:
        """Return the table as one that can be sorted and searched, for an interactive notebook.

        It needs itables (part of the extra ``lab``) and a running kernel, and fetches nothing.
        Where itables is missing, and on the page of a report, the plain table is shown.
        """
        from analysis.reports.sortable import SortableTable

        return SortableTable(self)

    def _repr_html_(self) -> str:
        from analysis.reports.markup import table_html

        return table_html(self)

    def __repr__(self) -> str:
        lines = [self.caption, " | ".join(self.columns)]
        lines += [" | ".join(cell.text for cell in row) for row in self.rows]
        return "\n".join(lines)


def cells(texts: Sequence[str | Cell]) -> tuple[Cell, ...]:
    """Make a row: plain texts become cells."""
    return tuple(text if isinstance(text, Cell) else Cell(text) for text in texts)
