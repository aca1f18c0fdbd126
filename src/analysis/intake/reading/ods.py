"""OpenDocument spreadsheets (``.ods``)."""

from __future__ import annotations

from typing import Final

from analysis.intake.model import Sheet
from analysis.intake.reading.archive import PASSWORD, Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.hazards import check_signs, names_of
from analysis.intake.reading.markup import Attributes, Outline, walk
from analysis.intake.reading.ods_content import ContentReader
from analysis.intake.reading.sheet_names import check_names

CONTENT: Final = "content.xml"
MANIFEST: Final = "META-INF/manifest.xml"


def read_ods(archive: Archive, desk: Desk) -> tuple[Sheet, ...]:
    """Return the sheets of a spreadsheet; what is wrong with them is noted on the desk.

    Raises
    ------
    UserError
        If the spreadsheet is damaged, encrypted, or asks for too much, so that it cannot be read.
    """
    _check_password(archive, desk)
    check_signs(names_of(archive), desk, ods=True)
    reader = ContentReader(desk)
    walk(archive.chunks(CONTENT), reader.outline(), desk, CONTENT)
    check_names([sheet.name for sheet in reader.sheets], desk)
    return tuple(reader.sheets)


def _check_password(archive: Archive, desk: Desk) -> None:
    def encrypted(_attributes: Attributes) -> None:
        raise PASSWORD.at(desk.file)

    if MANIFEST not in archive:
        return
    outline = Outline(
        through=["/manifest:manifest", "manifest:manifest/manifest:file-entry"],
        starts={"manifest:file-entry/manifest:encryption-data": encrypted},
    )
    walk(archive.chunks(MANIFEST), outline, desk, MANIFEST)
