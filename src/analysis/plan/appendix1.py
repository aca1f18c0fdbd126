"""Appendix 01, the indicators: a grammar over its cells in order.

::

    appendix   = head group*
    group      = NUMBER NAME (body | NAME body | agencies indicator*)
    indicator  = CODE NAME body? part*
    part       = DASH? NAME body
    body       = UNIT? target{0,2} agencies
    agencies   = lead? coordinating*

Empty and merged cells have vanished from the source; what the order of the cells cannot decide is
decided by readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.plan.cells import Cell, Cursor
from analysis.plan.errors import KEEP_TEXT
from analysis.plan.expressions import is_target
from analysis.plan.grammar import (
    DASH,
    Duties,
    Tools,
    is_name,
    read_duties,
    skip_header,
    skip_stray,
    take_name,
)

HEADER = (
    "TT", "Chỉ tiêu", "Đơn vị", "Mục tiêu", "Phân công thực hiện",
    "Đến năm 2025", "Đến năm 2030", "Chủ trì", "Phối hợp",
)  # fmt: skip
PLACE = "appendix-01"
YEARS = (2025, 2030)

_GROUP = re.compile(r"\d+")
_CODE = re.compile(r"\d+\.\d+")
_EITHER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Group:
    """A row that opens a group of indicators."""

    id: str
    name: Cell
    line: int
    duties: Duties


@dataclass(frozen=True)
class Indicator:
    """A row with a code of its own, or the only row of its group."""

    id: str
    group_id: str
    name: Cell
    line: int


@dataclass(frozen=True)
class Series:
    """A measured row: an indicator, or one of its parts.

    Parameters
    ----------
    targets
        The cell of each year that has one; a merged cell stands for both years.
    line
        The first line of the row.
    """

    id: str
    indicator_id: str
    group_id: str
    part: Cell | None
    unit: Cell | None
    targets: dict[int, Cell]
    duties: Duties
    line: int


@dataclass
class Appendix1:
    """The rows of appendix 01 in order."""

    groups: list[Group] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)


def parse_appendix1(cells: tuple[Cell, ...], tools: Tools) -> Appendix1:
    """Read appendix 01; what cannot be read is noted in ``tools.problems`` with its line."""
    parser = _Parser(Cursor(cells), tools)
    skip_header(parser.cursor, HEADER, tools.problems)
    due = 1
    while parser.cursor:
        skip_stray(parser.cursor, _GROUP, "the number of a group", tools.problems)
        if parser.cursor:
            due = parser.group(due) + 1
    return parser.rows


class _Parser:
    """One method for each rule of the grammar."""

    def __init__(self, cursor: Cursor, tools: Tools) -> None:
        self.cursor = cursor
        self.tools = tools
        self.rows = Appendix1()

    def group(self, due: int) -> int:
        """Read one group, of which number ``due`` is expected; return the number it has."""
        number, name = self.cursor.take(), take_name(self.cursor, str(due), self.tools)
        self._check_code(number, str(due))
        duties = Duties()
        if self._at_unit():
            self._only_row("group_is_indicator", number.text, name, number.line)
        elif self._at_name_before_unit():
            title = self.cursor.take()
            self._only_row("uncoded_indicator", number.text, title, title.line)
        else:
            duties = self._duties(number.text)
        self.rows.groups.append(Group(number.text, name, number.line, duties))
        self._indicators(number.text)
        return int(number.text)

    def _only_row(self, kind: str, code: str, name: Cell, line: int) -> None:
        if not self.tools.readings.use(kind, code, name):
            what = f"group {code} has a row without a code: {name.text!r}"
            self.tools.problems.at_line(line, what, f"add a reading of kind {kind}; {KEEP_TEXT}")
        self.rows.indicators.append(Indicator(code, code, name, line))
        self._body(code, code, code, None, line)

    def _indicators(self, group_id: str) -> None:
        due = 1
        while self._skip_to_code():
            due = self._indicator(group_id, due) + 1

    def _skip_to_code(self) -> bool:
        skip_stray(self.cursor, _EITHER, "the code of an indicator or group", self.tools.problems)
        return bool(_CODE.fullmatch(self.cursor.text()))

    def _indicator(self, group_id: str, due: int) -> int:
        code = self.cursor.take()
        name = take_name(self.cursor, code.text, self.tools)
        self._check_code(code, f"{group_id}.{due}")
        self.rows.indicators.append(Indicator(code.text, group_id, name, code.line))
        if self._at_unit() or self.tools.readings.find(
            "spanning_target", code.text, self.cursor.text()
        ):
            self._body(code.text, code.text, group_id, None, code.line)
        while self.cursor.text() == DASH or self._at_name_before_unit():
            self._part(code.text, group_id)
        return int(code.text.partition(".")[2])

    def _part(self, indicator_id: str, group_id: str) -> None:
        dash = self.cursor.take() if self.cursor.text() == DASH else None
        name = take_name(self.cursor, indicator_id, self.tools)
        series_id = self._part_id(indicator_id, name)
        first = dash or name
        kind, place = ("dash_row", PLACE) if dash else ("missing_dash", series_id)
        if not self.tools.readings.use(kind, place, first):
            what = f"{name.text!r} under {indicator_id} may be a sub-row without its dash"
            self.tools.problems.at_line(
                first.line, what, f"add a reading of kind {kind}; {KEEP_TEXT}"
            )
        self._body(series_id, indicator_id, group_id, name, first.line)

    def _part_id(self, indicator_id: str, name: Cell) -> str:
        part_ids = self.tools.part_ids or {}
        series_id = part_ids.get((indicator_id, name.text), "")
        if not series_id:
            what = f"the sub-row {name.text!r} of {indicator_id} is not declared"
            self.tools.problems.at_line(name.line, what, "add it, with its part, to series.yaml")
        return series_id or f"{indicator_id}-{name.text}"

    def _body(
        self, series_id: str, indicator_id: str, group_id: str, part: Cell | None, line: int
    ) -> None:
        unit = self.cursor.take() if self._at_unit() else None
        targets = self._targets(series_id, line)
        duties = self._duties(series_id)
        self.rows.series.append(
            Series(series_id, indicator_id, group_id, part, unit, targets, duties, line)
        )

    def _targets(self, series_id: str, line: int) -> dict[int, Cell]:
        readings = self.tools.readings
        here = self.cursor.peek()
        if here and readings.find("spanning_target", series_id, here.text):
            return dict.fromkeys(YEARS, self.cursor.take())
        if here and readings.find("single_target", series_id, here.text):
            reading = readings.use("single_target", series_id, here)
            return {reading.value["year"]: self.cursor.take()} if reading else {}
        cells: list[Cell] = []
        while len(cells) < len(YEARS) and self._at_target(series_id):
            cells.append(self.cursor.take())
        if len(cells) < len(YEARS):
            self._too_few(cells, series_id, line)
        return dict(zip(YEARS, cells, strict=False))

    def _too_few(self, cells: list[Cell], series_id: str, line: int) -> None:
        here = self.cursor.peek()
        what = f"row {series_id} has {len(cells)} of 2 targets; {self.cursor.text()!r} is none"
        mend = f"add a reading of kind target or single_target; {KEEP_TEXT}"
        self.tools.problems.at_line(here.line if here else line, what, mend)

    def _at_target(self, series_id: str) -> bool:
        text = self.cursor.text()
        known = self.tools.readings.find("target", series_id, text)
        return text == DASH or known is not None or is_target(text)

    def _duties(self, place: str) -> Duties:
        cells = []
        while self.cursor and not self._at_boundary():
            cells.append(self.cursor.take())
        return read_duties(cells, place, self.tools)

    def _at_boundary(self) -> bool:
        text = self.cursor.text()
        return text == DASH or bool(_EITHER.fullmatch(text)) or self._at_name_before_unit()

    def _at_unit(self) -> bool:
        return self.cursor.text() in self.tools.unit_cells

    def _at_name_before_unit(self) -> bool:
        named = is_name(self.cursor.text(), self.tools)
        return named and self.cursor.text(1) in self.tools.unit_cells

    def _check_code(self, code: Cell, expected: str) -> None:
        if code.text != expected:
            what = f"the code {code.text} is repeated or out of order: {expected} is due"
            self.tools.problems.at_line(code.line, what, KEEP_TEXT)
