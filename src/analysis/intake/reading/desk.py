"""What lies on the desk while one file is read: its name, its faults, and what it may still use."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.errors import UserError
from analysis.intake.reading.faults import Faults
from analysis.intake.reading.limits import CELLS, ELEMENTS, TEXT


@dataclass
class Desk:
    """The reading of one file.

    Parameters
    ----------
    file
        The file's own name.
    faults
        What was found so far.
    cells, characters, elements
        What the file may still use of each.
    looks
        How often cells may still be looked at to see which of them are merged.
    """

    file: str
    faults: Faults = field(init=False)
    cells: int = CELLS
    looks: int = 10 * CELLS
    characters: int = TEXT
    elements: int = ELEMENTS

    def __post_init__(self) -> None:
        self.faults = Faults(self.file)

    def take_cells(self, number: int, where: str) -> None:
        """Use up cells.

        Raises
        ------
        UserError
            If that is more than is left.
        """
        self.cells -= number
        if self.cells < 0:
            what = f"the sheets reach over more than {CELLS:,} cells"
            mend = (
                "delete whole rows and columns (not only their contents) that stand far off, "
                "or split the file"
            )
            raise UserError(what, where, mend)

    def take_text(self, length: int) -> None:
        """Use up characters.

        Raises
        ------
        UserError
            If that is more than is left.
        """
        self.characters -= length
        if self.characters < 0:
            what = f"the cells hold more than {TEXT:,} characters"
            raise UserError(what, self.file, "split the file")

    def take_element(self) -> None:
        """Use up an element of markup.

        Raises
        ------
        UserError
            If none is left.
        """
        self.elements -= 1
        if self.elements < 0:
            what = f"the file holds more than {ELEMENTS:,} elements of markup"
            mend = (
                "delete unused rows, columns, sheets and formats, or copy the table to a new file"
            )
            raise UserError(what, self.file, mend)
