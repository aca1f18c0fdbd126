"""The workbook part: its sheets, and from when it counts days."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.intake.reading.archive import Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import damaged
from analysis.intake.reading.markup import Attributes, Outline, walk
from analysis.intake.reading.sheet_names import check_names, sheet_name
from analysis.intake.reading.xlsx_parts import Parts

TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it.

    Parameters
    ----------
    name
        Composed (NFC).
    part
        The name of its part.
    hidden
        Whether it is hidden, in whichever way.
    """

    name: str
    part: str
    hidden: bool


@dataclass
class Workbook:
    """What the workbook part says."""

    sheets: list[SheetEntry] = field(default_factory=list)
    from_1904: bool = False


def read_workbook(archive: Archive, parts: Parts, desk: Desk) -> Workbook:
    """Read the workbook part.

    Raises
    ------
    UserError
        If it is damaged, or lists no sheet, one twice or too many.
    """
    book = Workbook()

    def properties(attributes: Attributes) -> None:
        book.from_1904 = attributes.get("date1904") in TRUE

    def sheet(attributes: Attributes) -> None:
        relation = parts.relations.get(attributes.get("r:id", ""))
        if relation is None:
            raise damaged(desk.file, "a sheet that it lists is missing")
        if relation.kind == "worksheet":  # a sheet that is a chart has no cells
            name = sheet_name(attributes.get("name", ""), desk)
            hidden = attributes.get("state", "visible") != "visible"
            book.sheets.append(SheetEntry(name, relation.part, hidden))

    outline = Outline(
        through=["/x:workbook", "x:workbook/x:sheets"],
        starts={"x:workbook/x:workbookPr": properties, "x:sheets/x:sheet": sheet},
    )
    walk(archive.chunks(parts.workbook), outline, desk, parts.workbook)
    check_names([entry.name for entry in book.sheets], desk)
    return book
