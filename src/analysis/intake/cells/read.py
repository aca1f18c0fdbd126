"""What a reader of cells returns: the text, or what keeps the cell from being read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from analysis.intake.model import Cell, Finding, Severity

_SHOWN = 60

INVISIBLE = "".join(map(chr, (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF)))
"""Soft hyphen, blanks and joiners of no width, marks of direction: pasted along, never meant."""

_NO_INVISIBLE = str.maketrans("", "", INVISIBLE)


@dataclass(frozen=True)
class Read:
    """A cell as read.

    Parameters
    ----------
    text
        The cell's content as the collected layout writes it; empty for an empty cell and for one
        that cannot be read for certain.
    findings
        What was found; an error or a question goes with an empty text, a warning or a notice with
        a text.
    either
        The texts of which a question asks which is meant, the more usual one first.
    """

    text: str = ""
    findings: tuple[Finding, ...] = ()
    either: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something stands in the cell that is not read: an error or a question."""
        return any(one.severity in {"error", "question"} for one in self.findings)


def visible(text: str) -> str:
    """Return a text in NFC without invisible characters and without blanks at its ends."""
    return unicodedata.normalize("NFC", text.translate(_NO_INVISIBLE)).strip()


def cleaned(text: str) -> str:
    """Return a text as :func:`visible` does, on one line, each run of blanks one blank."""
    return " ".join(visible(text).split())


def folded(text: str) -> str:
    """Return a text as it is compared: cleaned and in small letters."""
    return unicodedata.normalize("NFC", cleaned(text).casefold())


def is_blank(cell: Cell) -> bool:
    """Say whether nothing stands in a cell."""
    return cell.kind == "empty" or not cleaned(cell.text)


def shown(text: str) -> str:
    """Return a text in quotes as a message shows it: cut if long, odd characters named."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def refuse(cell: Cell, code: str, what: str, mend: str) -> Read:
    """Return that a cell cannot be read, with what is wrong and how to mend it."""
    return Read(findings=(_found(cell, code, "error", what, mend),))


def ask(cell: Cell, what: str, mend: str, either: tuple[str, ...]) -> Read:
    """Return that a cell can be read in several ways, and how each is written for certain."""
    question = Finding("two-readings", "question", what, cell.place, mend, either)
    return Read(findings=(question,), either=either)


def warning(cell: Cell, code: str, what: str, mend: str) -> Finding:
    """Return a warning about a cell that is read."""
    return _found(cell, code, "warning", what, mend)


def notice(cell: Cell, code: str, what: str, mend: str) -> Finding:
    """Return something worth telling about a cell that is read."""
    return _found(cell, code, "notice", what, mend)


def _found(cell: Cell, code: str, severity: Severity, what: str, mend: str) -> Finding:
    return Finding(code, severity, what, cell.place, mend)
