"""The source of a row: the form's common one, or one of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from analysis.intake.cells.choices import read_choice
from analysis.intake.cells.dates import read_date
from analysis.intake.cells.read import Read
from analysis.intake.cells.texts import read_address, read_text
from analysis.intake.forms.layout import SOURCE
from analysis.intake.forms.structure import is_given
from analysis.intake.model import Cell, Finding, Place

COLUMNS: Final = {
    "title": "source_title",
    "issuer": "publisher",
    "published": "published",
    "address": "source_url",
}
"""Field of a source → column of an entry."""

_NEEDED: Final = ("title", "issuer", "published")
_CALLED: Final = {"title": "title", "issuer": "issuer", "published": "date of issue"}

Labels = Mapping[str, Collection[str]]


@dataclass
class Notes:
    """Gathers what is found while cells are read."""

    findings: list[Finding] = field(default_factory=list)

    def take(self, read: Read) -> str:
        """Return what was read, and keep what was found."""
        self.findings += read.findings
        return read.text

    def error(self, code: str, what: str, place: Place, mend: str) -> None:
        """Keep an error."""
        self.findings.append(Finding(code, "error", what, place, mend))


@dataclass(frozen=True)
class Source:
    """A source as a form names it.

    Attributes
    ----------
    texts
        Field of :data:`analysis.intake.forms.layout.SOURCE` → text, empty if not given or refused.
    places
        Field → where it stands.
    missing
        Needed fields in whose cells nothing stands.
    """

    texts: Mapping[str, str]
    places: Mapping[str, Place]
    missing: tuple[str, ...]

    def row(self) -> dict[str, str]:
        """Return the columns of an entry that name its source."""
        return {column: self.texts[key] for key, column in COLUMNS.items()}

    def at(self) -> dict[str, Place]:
        """Return where these columns stand."""
        return {column: self.places[key] for key, column in COLUMNS.items()}


def read_source(
    cells: Mapping[str, Cell], issuers: Labels, notes: Notes, *, issuer: str = ""
) -> Source:
    """Read the cells that name a source.

    Parameters
    ----------
    cells
        Field → cell.
    issuers
        What the issuer is chosen from: Vietnamese name → its other names.
    notes
        Takes what is found.
    issuer
        Who issued it if nothing stands in that cell.
    """
    texts = {
        "title": notes.take(read_text(cells["title"])),
        "issuer": notes.take(read_choice(cells["issuer"], issuers)),
        "published": notes.take(day_first(read_date(cells["published"], partial=True))),
        "address": notes.take(read_address(cells["address"])),
    }
    if not is_given(cells["issuer"]):
        texts["issuer"] = issuer
    missing = tuple(key for key in _NEEDED if not texts[key] and not is_given(cells[key]))
    return Source(texts, {key: cells[key].place for key in SOURCE}, missing)


def own_source(
    cells: Mapping[str, Cell], issuers: Labels, notes: Notes, common: Source
) -> Source | None:
    """Return the source that a row names itself; ``None`` if it names none."""
    if not any(is_given(cells[key]) for key in SOURCE):
        return None
    source = read_source(cells, issuers, notes, issuer=common.texts["issuer"])
    for key in source.missing:
        what = f"the source of this row has no {_CALLED[key]}"
        mend = "give it, or empty the last four cells of the row: the common source then holds"
        notes.error("half-source", what, source.places[key], mend)
    return source


def refuse_without_source(common: Source, rows: int, notes: Notes) -> None:
    """Note what the common source lacks, if rows rest on it."""
    for key in common.missing if rows else ():
        what = f"the common source has no {_CALLED[key]}, and rows of the form rest on it: {rows}"
        mend = "fill it in on the first sheet, or give these rows sources of their own"
        notes.error("no-source", what, common.places[key], mend)


def day_first(read: Read) -> Read:
    """Take a date that could be read in two ways as the form asks for it: the day first."""
    if not read.either:
        return read
    return Read(read.either[0], tuple(one for one in read.findings if one.severity != "question"))
