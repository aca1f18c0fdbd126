"""The body of the plan: its headings and paragraphs, one row for each printed line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.plan.appendix2 import ROMANS
from analysis.plan.cells import Cell, Cursor
from analysis.plan.errors import KEEP_TEXT, Problems

PREAMBLE = "0"
SIGNATURE = "signature"
_TITLE = "KẾ HOẠCH"
_RECIPIENTS = "Nơi nhận:"
_HEADING = re.compile(rf"(?P<number>{'|'.join(ROMANS)}|\d+(?:\.\d+)?)\. (?P<heading>.+)")
_TOTALS = {
    "indicator_groups": r"(\d+) nhóm chỉ tiêu, \d+ chỉ tiêu",
    "indicators": r"\d+ nhóm chỉ tiêu, (\d+) chỉ tiêu",
    "task_groups": r"(\d+) nhóm nhiệm vụ, \d+ nhiệm vụ",
    "tasks": r"\d+ nhóm nhiệm vụ, (\d+) nhiệm vụ",
}


@dataclass(frozen=True)
class Section:
    """A heading or a paragraph of the body.

    Parameters
    ----------
    level
        0 for the title, 1 to 3 for headings; a paragraph has the level of its heading.
    heading
        The heading without its number; empty for a paragraph.
    lines
        The printed lines; more than one for the title only.
    """

    id: str
    level: int
    heading: str
    lines: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The text as printed."""
        return "\n".join(line.text for line in self.lines)

    @property
    def kind(self) -> str:
        """Either heading or paragraph."""
        return "heading" if self.heading else "paragraph"


def parse_body(lines: Sequence[Cell], problems: Problems) -> tuple[Section, ...]:
    """Read the lines of the body into sections in order; headings must count up."""
    parser = _Parser(Cursor(lines), problems)
    while parser.cursor:
        parser.line()
    if {PREAMBLE, SIGNATURE} - {section.id for section in parser.sections}:
        problems.at_line(1, f"the body lacks its title {_TITLE!r} or {_RECIPIENTS!r}", KEEP_TEXT)
    return tuple(parser.sections)


class _Parser:
    """A walk through the lines that knows under which heading it is."""

    def __init__(self, cursor: Cursor, problems: Problems) -> None:
        self.cursor = cursor
        self.problems = problems
        self.sections: list[Section] = []
        self.path: list[str] = []
        self.section_id = PREAMBLE
        self.paragraphs = 0
        self.last: dict[str, int] = {}

    def line(self) -> None:
        line = self.cursor.take()
        if line.text == _TITLE and self.section_id == PREAMBLE:
            lines = (line, self.cursor.take()) if self.cursor else (line,)
            self._add(PREAMBLE, " ".join(each.text for each in lines), *lines)
        elif line.text == _RECIPIENTS:
            self.path = [SIGNATURE]
            self._open(SIGNATURE, line.text, line)
        elif (match := _HEADING.fullmatch(line.text)) and self.path != [SIGNATURE]:
            self._heading(match["number"], match["heading"].removesuffix("."), line)
        else:
            self.paragraphs += 1
            self._add(f"{self.section_id}-p{self.paragraphs}", "", line)

    def _heading(self, number: str, heading: str, line: Cell) -> None:
        roman = number in ROMANS
        steps = [number] if roman else [*self.path[:1], *number.split(".")]
        parent = ".".join(steps[:-1])
        position = ROMANS.index(number) + 1 if roman else int(steps[-1])
        if position != self.last.get(parent, 0) + 1 or not (roman or parent in self.last):
            what = f"the heading {line.text!r} is repeated or out of order"
            self.problems.at_line(line.line, what, KEEP_TEXT)
        self.last[parent], self.last[".".join(steps)] = position, 0
        self.path = steps
        self._open(".".join(steps), heading, line)

    def _open(self, section_id: str, heading: str, line: Cell) -> None:
        self.section_id, self.paragraphs = section_id, 0
        self._add(section_id, heading, line)

    def _add(self, section_id: str, heading: str, *lines: Cell) -> None:
        self.sections.append(Section(section_id, len(self.path), heading, lines))


def declared_totals(lines: Sequence[Cell], problems: Problems) -> dict[str, int]:
    """Return the totals that the body declares: ``{table: number of rows}``."""
    totals = {}
    for table, pattern in _TOTALS.items():
        found = {int(match[1]) for line in lines for match in re.finditer(pattern, line.text)}
        if len(found) == 1:
            totals[table] = found.pop()
        else:
            what = f"the body declares {len(found)} totals of {table}, not one"
            problems.at_line(1, what, KEEP_TEXT)
    return totals
