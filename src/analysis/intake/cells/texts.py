"""Titles, notes and addresses: text is kept as written, on one line."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

from analysis.intake.cells.read import Read, cleaned, is_blank, refuse, shown
from analysis.intake.model import Cell

LIMIT = 2000
"""The most characters that a text or an address may have."""

_BAD_IN_ADDRESS = re.compile(r"""[\s<>"{}|\\^`]""")

_NAMES_A_USER = re.compile(r"[^/]*//[^/?#]*@")
_WITHOUT_SCHEME = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/:?#]|$)")


def read_text(cell: Cell, *, limit: int = LIMIT) -> Read:
    """Read a title or a note.

    Parameters
    ----------
    cell
        Any cell; a number is its text.
    limit
        The most characters it may have.

    Returns
    -------
    Read
        One line in NFC: line ends and runs of blanks become one blank; soft hyphens and other
        characters that nobody sees are dropped.
    """
    if is_blank(cell):
        return Read()
    text = cleaned(cell.text)
    if cell.kind == "date":
        what = f"the cell holds the date {text}, not a text"
        mend = "give the cell the format Text, then type it again"
        return refuse(cell, "became-a-date", what, mend)
    if cell.kind == "boolean":
        what = f"the cell holds {shown(text)}, which is yes or no"
        return refuse(cell, "not-a-text", what, "write it in words, or leave the cell empty")
    return _kept(cell, text, limit)


def _kept(cell: Cell, text: str, limit: int) -> Read:
    if len(text) > limit:
        what = f"the text has {len(text)} characters; at most {limit} are kept"
        return refuse(cell, "too-long", what, "shorten it")
    if odd := _odd(text):
        what = f"{shown(text)} has characters that cannot be kept: {', '.join(odd)}"
        return refuse(cell, "not-a-text", what, "delete the text and type it again")
    return Read(text)


def _odd(text: str) -> list[str]:
    """Return the characters that are no text, as ``U+0007``: control, private, unassigned."""
    odd = {one for one in text if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn"}}
    return [f"U+{ord(one):04X}" for one in sorted(odd)]


def read_address(cell: Cell) -> Read:
    """Read an address of the web.

    Returns
    -------
    Read
        The address as written. It begins with ``http://`` or ``https://`` and names a host; it
        holds no blanks, no name of a user and no password.
    """
    kept = read_text(cell)
    if not kept.text:
        return kept
    fault = _fault(kept.text)
    return refuse(cell, "not-an-address", *fault) if fault else kept


def _fault(text: str) -> tuple[str, str] | None:
    if _NAMES_A_USER.match(text):  # first, so that no message repeats a password
        return "the address holds a name or password", "write it without what stands before the @"
    address = _split(text)
    if _WITHOUT_SCHEME.match(text):
        return f"{shown(text)} does not say how it is reached", "write https:// before it"
    if address is None or address.scheme not in {"http", "https"}:
        return f"{shown(text)} is no address of the web", "write the whole address, with https://"
    if found := _BAD_IN_ADDRESS.search(text):
        what = f"the address {shown(text)} has {shown(found[0])} in it"
        return what, "copy the address from the browser, alone and whole"
    if not _has_public_host(address):
        return f"{shown(text)} names no public host", "write the address that others can open"
    return None


def _split(text: str) -> SplitResult | None:
    try:
        address = urlsplit(text)
        _ = address.port, address.hostname
    except ValueError:
        return None
    return address


def _has_public_host(address: SplitResult) -> bool:
    labels = (address.hostname or "").split(".")
    return len(labels) > 1 and all(labels) and not labels[-1].isdecimal()
