"""The text of a cell: made plain, and looked over for what must not get into a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from analysis.intake.reading.faults import Fault, quoted
from analysis.intake.reading.legacy import is_misread, legacy_encoding
from analysis.intake.reading.limits import CELL

_LINE_ENDS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS: Final = (
    " \t\n\x0b\x0c\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)

_PILE: Final = re.compile(r"[^\w\x00-\x7f]{31}")
"""What may be marks piled up on one letter; well-formed streams of text have at most 30 (Unicode
Standard Annex 15), and to compose more takes time that grows with their square."""

_SAMPLE: Final = 1_000
"""Characters of a text in which a wrong encoding is looked for."""

_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LOST: Final = "\N{REPLACEMENT CHARACTER}"

_ACTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_HARMLESS: Final = re.compile(r"[+-]\s?[0-9][0-9.,\s]*[%‰]?|-+")
"""A number with its sign, or the dash that stands for nothing."""

_ITEM: Final = re.compile(r"- +[^\W\d_]")
"""An item of a list, as the plan itself writes them; so no formula begins that does anything."""

_CALLS: Final = re.compile(r"[|!=]|\w\(")
"""What a formula needs that calls a function, a program or another sheet."""

_ERROR_VALUES: Final = re.compile(
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|PYTHON!|GETTING_DATA)|Err:[0-9]{3}",
    re.IGNORECASE,
)
_NARROW: Final = re.compile("#{3,}")

_UNIKEY: Final = (
    "convert the text to Unicode: copy it, convert it with Unikey (right click, Toolkit, from {0} "
    "to Unicode, Ctrl+Shift+F6), paste it back, and choose a Unicode font such as Times New Roman"
)


def plain(raw: str) -> str:
    """Return a text composed (NFC), its line ends all alike, without blanks around it.

    A text in which marks pile up (see :func:`look_over`) is not composed.
    """
    composed = raw if raw.isascii() or _piles_up(raw) else unicodedata.normalize("NFC", raw)
    return _LINE_ENDS.sub("\n", composed).strip(_BLANKS)


def look_over(raw: str) -> tuple[str, tuple[Fault, ...]]:
    """Return the text of a cell made plain, and what is wrong with it; for good text nothing.

    Parameters
    ----------
    raw
        As the file holds it.
    """
    if len(raw) > CELL:
        return raw[:CELL], (
            Fault(f"the cell holds more than {CELL:,} characters", "shorten the text"),
        )
    text = plain(raw)
    found = (check(raw, text) for check in _CHECKS)
    return text, tuple(fault for fault in found if fault)


def _piles_up(raw: str) -> bool:
    return any(all(map(unicodedata.combining, found[0])) for found in _PILE.finditer(raw))


def legacy_fault(encoding: str, what: str) -> Fault:
    """Return the fault of a text in TCVN3 or VNI, with the way to convert it."""
    name = {"TCVN3": "TCVN3 (ABC)", "VNI": "VNI Windows"}[encoding]
    return Fault(f"{what} in the old encoding {name}", _UNIKEY.format(name))


def error_value(text: str) -> Fault:
    """Return the fault of a cell whose calculation failed."""
    what = f"the cell holds the error {quoted(text)}"
    return Fault(what, "write the value itself, or leave the cell empty if there is none")


def _strange(raw: str, text: str) -> Fault | None:
    """Find characters that are not seen, or turn others round, or stand for lost ones."""
    found = None if raw.isprintable() else _CONTROL.search(raw) or re.search("\t", text)
    if found:
        return Fault(
            f"the text {quoted(raw)} holds the control character U+{ord(found[0]):04X}",
            "type the text anew, with blanks where such characters (tabs too) stand",
        )
    if not raw.isprintable() and _TURNING.search(raw):
        return Fault(
            f"the text {quoted(raw)} holds signs that turn the direction of writing",
            "type the text anew: with such signs it looks other than it is",
        )
    if _piles_up(raw):
        return Fault(f"in the text {quoted(raw)} marks pile up", "type the text anew")
    if _LOST in raw:
        return Fault(
            f"the text {quoted(raw)} has lost letters: they were replaced by {_LOST}",
            "type the text anew, or convert the original again",
        )
    return None


def _error(_raw: str, text: str) -> Fault | None:
    if _ERROR_VALUES.fullmatch(text):
        return error_value(text)
    if _NARROW.fullmatch(text):
        what = f"the cell holds {quoted(text)}: its column was too narrow when it was saved"
        return Fault(what, "widen the column in the original and save the file again")
    return None


def _acts(raw: str, text: str) -> Fault | None:
    if not raw.startswith("\t"):
        if not text.startswith(_ACTS) or _HARMLESS.fullmatch(text):
            return None
        if _ITEM.match(text) and not _CALLS.search(text):
            return None
    return Fault(
        f"the text {quoted(raw)} begins like a formula and would act as one in a spreadsheet",
        "begin with a letter or a digit; only a plain number may have a sign before it, "
        "and an item of a list a dash and a blank",
    )


def _old(raw: str, _text: str) -> Fault | None:
    encoding = legacy_encoding(raw[:_SAMPLE])
    return legacy_fault(encoding, f"the text {quoted(raw)} is") if encoding else None


def _misread(raw: str, _text: str) -> Fault | None:
    if not is_misread(raw[:_SAMPLE]):
        return None
    return Fault(
        f"the text {quoted(raw)} is UTF-8 that was opened in another encoding",
        "open the original again and choose Unicode (UTF-8) as its character set, then save",
    )


_CHECKS: Final[tuple[Callable[[str, str], Fault | None], ...]] = (
    _strange,
    _error,
    _acts,
    _old,
    _misread,
)
