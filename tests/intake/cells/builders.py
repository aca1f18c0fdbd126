"""Cells for the tests of this room, ordinary and odd ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from hypothesis import strategies as st

from analysis.intake.cells.read import Read
from analysis.intake.model import SEVERITIES, Cell, Kind, Place
from analysis.observe.rows import read_rows
from tests.conftest import ROOT

HERE = Place("report.xlsx", "Số liệu", 12, 6)


def cell(text: str, kind: Kind = "text") -> Cell:
    return Cell(HERE, kind, text)


def number_cell(text: str) -> Cell:
    return Cell(HERE, "number", text, number=Decimal(text))


def date_cell(day: date) -> Cell:
    return Cell(HERE, "date", day.isoformat(), day=day)


def table(path: str) -> list[dict[str, str]]:
    """The rows of a committed table: ``plan/series.csv``."""
    return read_rows(ROOT / "data" / path)[1]


def said(read: Read) -> list[tuple[str, str]]:
    """The code and severity of each finding."""
    return [(one.code, one.severity) for one in read.findings]


_WORDS = (
    "0 1 12 123 2024 1999 31 , . / - – − + % ‰ ½ Ⅳ ８ e5 tháng quý năm ngày II Q2 H1 đầu cuối giai"
    " đoạn đến June Dec người/10.000 triệu khoảng > ( ) ' @ :// http https www.a.vn"
)
_MARKS = " \n\t\u00a0\u202f\u200b\u202e\x00\ud800\u0301"
_PIECES = st.sampled_from([*_WORDS.split(), *_MARKS])

texts = st.text(max_size=30) | st.lists(_PIECES, max_size=9).map("".join)
"""Any text, and texts that nearly mean something."""


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


any_cells = st.one_of(
    st.builds(cell, texts, st.sampled_from(["empty", "text", "number", "date", "boolean"])),
    st.builds(lambda text, day: Cell(HERE, "date", text, day=day), texts, st.dates() | st.none()),
    st.builds(
        lambda text: Cell(HERE, "number", text, number=_decimal(text)),
        st.decimals().map(str) | st.floats().map(str) | st.integers().map(str),
    ),
)
"""Cells as a file may hold them, and such as no reader of files should ever give."""


def is_whole(read: Read) -> bool:
    """Whether a result keeps the promises that every one of them makes."""
    placed = all(one.place == HERE and one.what for one in read.findings)
    known = all(one.severity in SEVERITIES for one in read.findings)
    told = all(one.mend for one in read.findings if one.severity in {"error", "question"})
    asked = any(one.severity == "question" for one in read.findings)
    return (
        placed
        and known
        and told
        and not (read.refused and read.text)
        and asked == bool(read.either)
    )
