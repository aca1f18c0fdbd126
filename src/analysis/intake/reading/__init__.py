"""Reading: a file that somebody sent becomes a book of cells, or is refused with all its faults.

What arrives may be broken or hostile, so everything is bounded before it is held: bytes, members of
an archive, elements of markup, cells, characters. One streaming reader for each format looks at the
bytes once and tells the values and all that stands around them (formulas, hidden rows, merged
ranges), so that no two readers can see two different files. Libraries that build the whole document
first (openpyxl, odfpy) hold many times the file's size, and those that give values alone (openpyxl
read-only, calamine) do not say what is hidden, merged or calculated; of openpyxl only the meaning
of number formats is used. All markup goes through defusedxml.
"""

from __future__ import annotations

from analysis.intake.reading.book import read_book

__all__ = ["read_book"]
