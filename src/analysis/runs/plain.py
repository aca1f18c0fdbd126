"""Texts from data as plain text: one line, nothing that steers a reader or breaks a format."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

_DIRECTIONS: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNWANTED: Final = frozenset({"Cc", "Cn", "Co", "Cs"})  # controls, no characters, surrogates
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")
_MARKUP: Final = re.compile(r"([\\`*\[\]<>|~])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
_AT_THE_START: Final = re.compile(r"^([#+=-]|\d+[.)](?=\s|$))")


def clean(text: str) -> str:
    """Return a text in one line, composed, without controls, surrogates or changes of direction.

    XML 1.0 has no way to write most of those characters, so a feed that held one could not be
    read at all.
    """
    kept = "".join(mark for mark in text if not _unwanted(mark))
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", kept).strip(" "))


def _unwanted(mark: str) -> bool:
    if _BLANKS.fullmatch(mark):
        return False
    return mark in _DIRECTIONS or unicodedata.category(mark) in _UNWANTED


def web_address(text: object) -> str:
    """Return an address of the web; nothing for anything else, such as a script."""
    address = clean(text) if isinstance(text, str) else ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    sound = parts.scheme in ("http", "https") and parts.netloc and " " not in address
    return address if sound else ""


def markdown(text: str) -> str:
    """Return a text for Markdown in which nothing is markup, and a mail is still easy to read."""
    line = clean(text)
    escaped = _MARKUP.sub(lambda found: f"\\{found.group()}", line)
    return _AT_THE_START.sub(_first_escaped, escaped)


def _first_escaped(found: re.Match[str]) -> str:
    start = found.group()
    return f"{start[:-1]}\\{start[-1]}" if len(start) > 1 else f"\\{start}"
