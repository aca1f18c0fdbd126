"""Appendix 02, the tasks: a grammar over its cells in order.

::

    appendix   = head group*
    group      = ROMAN NAME (subgroup | task)*
    subgroup   = NUMBER NAME, followed by the first number of a list (``1`` or ``n.1``)
    task       = NUMBER NAME agencies TIME?

Empty and merged cells have vanished from the source; what the order of the cells cannot decide is
decided by readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.plan.cells import Cell, Cursor
from analysis.plan.errors import KEEP_TEXT
from analysis.plan.expressions import is_time
from analysis.plan.grammar import Duties, Tools, read_duties, skip_header, skip_stray, take_name

HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
PLACE = "appendix-02"
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_ROMAN = re.compile("[IVX]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FIRST = re.compile(r"(?:\d+\.)?1")
_ROW = re.compile(rf"{_ROMAN.pattern}|{_NUMBER.pattern}")


@dataclass(frozen=True)
class TaskGroup:
    """A row that opens a group of tasks."""

    id: str
    name: Cell
    line: int


@dataclass(frozen=True)
class Subgroup:
    """A row that opens a sub-group: its id (``VI.1``), printed number and name."""

    id: str
    number: str
    name: Cell


@dataclass(frozen=True)
class Task:
    """A task row; ``time`` is none where the row has no time cell."""

    id: str
    group_id: str
    subgroup: Subgroup | None
    number: Cell
    name: Cell
    duties: Duties
    time: Cell | None

    @property
    def scope(self) -> str:
        """The group or sub-group within which cells may be merged."""
        return self.subgroup.id if self.subgroup else self.group_id


@dataclass
class Appendix2:
    """The rows of appendix 02 in order."""

    groups: list[TaskGroup] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


def parse_appendix2(cells: tuple[Cell, ...], tools: Tools) -> Appendix2:
    """Read appendix 02; what cannot be read is noted in ``tools.problems`` with its line."""
    parser = _Parser(Cursor(cells), tools)
    skip_header(parser.cursor, HEADER, tools.problems)
    while parser.cursor:
        skip_stray(parser.cursor, _ROMAN, "the number of a task group", tools.problems)
        if parser.cursor:
            parser.group()
    return parser.rows


class _Parser:
    """One method for each rule of the grammar."""

    def __init__(self, cursor: Cursor, tools: Tools) -> None:
        self.cursor = cursor
        self.tools = tools
        self.rows = Appendix2()
        self.subgroup: Subgroup | None = None
        self.position = 0

    def group(self) -> None:
        number = self.cursor.take()
        name = take_name(self.cursor, number.text, self.tools)
        due = len(self.rows.groups)
        self._check(number, ROMANS[due] if due < len(ROMANS) else "nothing")
        self.rows.groups.append(TaskGroup(number.text, name, number.line))
        self.subgroup, self.position = None, 0
        while self._skip_to_number():
            self._item(number.text)

    def _skip_to_number(self) -> bool:
        skip_stray(self.cursor, _ROW, "the number of a task or group", self.tools.problems)
        return bool(_NUMBER.fullmatch(self.cursor.text()))

    def _item(self, group_id: str) -> None:
        number = self.cursor.take()
        name = take_name(self.cursor, number.text, self.tools)
        if "." not in number.text and _FIRST.fullmatch(self.cursor.text()):
            self._open_subgroup(group_id, number, name)
        else:
            self._task(group_id, number, name)

    def _open_subgroup(self, group_id: str, number: Cell, name: Cell) -> None:
        place = f"{group_id}.{number.text}"
        before = self.subgroup.number if self.subgroup else "0"
        reading = None
        if int(number.text) != int(before) + 1:
            reading = self.tools.readings.use("skipped_number", place, number)
        if reading is None or str(reading.value["after"]) != before:
            self._check(number, str(int(before) + 1))
        self.subgroup, self.position = Subgroup(place, number.text, name), 0

    def _task(self, group_id: str, number: Cell, name: Cell) -> None:
        self.position += 1
        scope = self.subgroup.id if self.subgroup else group_id
        task_id = f"{scope}.{self.position}"
        self._check_number(number, task_id)
        duties = self._duties(task_id)
        time = self.cursor.take() if is_time(self.cursor.text()) else None
        self.rows.tasks.append(Task(task_id, group_id, self.subgroup, number, name, duties, time))

    def _check_number(self, number: Cell, task_id: str) -> None:
        due = f"{self.subgroup.number}.{self.position}" if self.subgroup else str(self.position)
        if number.text == due:
            return
        if not self.tools.readings.use("task_number", task_id, number):
            self._check(number, due)

    def _duties(self, task_id: str) -> Duties:
        cells = []
        while (
            self.cursor
            and not _ROW.fullmatch(self.cursor.text())
            and not is_time(self.cursor.text())
        ):
            cells.append(self.cursor.take())
        return read_duties(cells, task_id, self.tools)

    def _check(self, number: Cell, due: str) -> None:
        if number.text != due:
            what = f"the number {number.text} is repeated or out of order: {due} is due"
            mend = f"add a reading of kind task_number or skipped_number; {KEEP_TEXT}"
            self.tools.problems.at_line(number.line, what, mend)
