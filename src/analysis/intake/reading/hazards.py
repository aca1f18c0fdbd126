"""What a workbook may carry besides its cells, and must not: programs, links, embedded files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from analysis.intake.reading.archive import Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import Fault, quoted

MACROS: Final = "save it as a workbook without macros (.xlsx or .ods)"
LINKS: Final = (
    "break the links to other files (Data, Edit Links, Break Link) and delete data connections"
)
EMBEDDED: Final = "delete embedded objects and controls (buttons, charts in .ods, other documents)"


@dataclass(frozen=True)
class Hazard:
    """A thing that must not be in a workbook.

    Parameters
    ----------
    what
        What it is, as the object of a sentence.
    mend
        How to get rid of it.
    sign
        Matches the name of its part, its content type or the type of its relationship.
    """

    what: str
    mend: str
    sign: re.Pattern[str]

    def fault(self, seen: str) -> Fault:
        """Return the fault of a workbook in which the sign was seen."""
        return Fault(f"the file carries {self.what} ({quoted(seen)})", self.mend)


def _hazard(what: str, mend: str, sign: str) -> Hazard:
    return Hazard(what, mend, re.compile(sign, re.IGNORECASE))


_OF_WORKBOOKS: Final = (
    _hazard(
        "macros",
        MACROS,
        r"vbaProject|vbaData|macroEnabled|xlMacrosheet|intlMacrosheet|/macrosheets/"
        r"|dialogsheet|attachedToolbars",
    ),
    _hazard("links to other files", LINKS, r"externalLink"),
    _hazard("connections to other data", LINKS, r"/connections(?:\.xml)?$|/queryTable|customData"),
    _hazard(
        "embedded objects or controls",
        EMBEDDED,
        r"oleObject|/embeddings/|activeX|/ctrlProps?(?:/|$)|relationships/(?:control|package)$"
        r"|controlproperties|webextension",
    ),
)
_OF_ODS: Final = (
    _hazard("macros", MACROS, r"^(?:Basic|Scripts)/."),
    _hazard("embedded objects or controls", EMBEDDED, r"^Object \d+/|^ObjectReplacements/."),
)


def check_signs(signs: Iterable[str], desk: Desk, *, ods: bool) -> None:
    """Note each hazard of which there is a sign, once.

    Parameters
    ----------
    signs
        Names of parts, content types, types of relationships.
    desk
        The reading to which it belongs.
    ods
        Whether the workbook is an OpenDocument one, and not an Office Open XML one.
    """
    seen = list(signs)
    for hazard in _OF_ODS if ods else _OF_WORKBOOKS:
        sign = next((each for each in seen if hazard.sign.search(each)), None)
        if sign is not None:
            desk.faults.add(hazard.fault(sign))


def names_of(archive: Archive) -> list[str]:
    """Return the names of the members that are files, not folders."""
    return [name for name in archive.names if not name.endswith("/")]
