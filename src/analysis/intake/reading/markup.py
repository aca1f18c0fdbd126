"""Markup read as a stream: no tree is built, and everything that the parser keeps is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from analysis.errors import UserError
from analysis.intake.reading.archive import declaration
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import damaged, quoted
from analysis.intake.reading.limits import DEPTH, NAMES, TOKEN

Attributes: TypeAlias = Mapping[str, str]

MEND_MISSING: Final = "run `python -m pip install 'plan155[intake]'`"

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OOXML: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_PREFIXES: Final = {
    f"{_OOXML}spreadsheetml/2006/main": "x",
    f"{_STRICT}spreadsheetml/main": "x",
    f"{_OOXML}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OOXML}package/2006/content-types": "types",
    f"{_OOXML}package/2006/relationships": "rels",
    f"{_ODF}manifest:1.0": "manifest",
    f"{_ODF}drawing:1.0": "draw",
    f"{_ODF}form:1.0": "form",
    f"{_ODF}office:1.0": "office",
    f"{_ODF}script:1.0": "script",
    f"{_ODF}style:1.0": "style",
    f"{_ODF}table:1.0": "table",
    f"{_ODF}text:1.0": "text",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
    "http://www.w3.org/1999/xlink": "xlink",
}
"""Namespaces by the prefix under which this room names them; all others are strange."""

_UNREADABLE: Final = (ParseError, ExpatError, ValueError, LookupError)
"""What the parser raises over text that is no well-formed markup, or in an encoding unknown."""


@dataclass
class Outline:
    """Which elements a reader listens to, as ``parent/name``; the root's parent is empty.

    An element of which nothing is said, and all that is in it, is passed over.

    Parameters
    ----------
    through
        Elements that hold others of interest.
    starts, ends
        What to do at their start, with their attributes, and at their end.
    text
        What to do with text that stands in one of all these elements.
    anywhere
        What to do at the start of every element, wherever it stands.
    """

    through: Iterable[str] = ()
    starts: Mapping[str, Callable[[Attributes], None]] = field(default_factory=dict)
    ends: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    text: Callable[[str], None] | None = None
    anywhere: Callable[[str, Attributes], None] | None = None


def paths(parents: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return all paths ``parent/name`` of these elements."""
    return [f"{parent}/{name}" for parent, name in product(parents, names)]


def walk(chunks: Iterable[bytes], outline: Outline, desk: Desk, part: str) -> None:
    """Read markup and call what the outline names.

    Parameters
    ----------
    chunks
        The bytes of the document, bit by bit.
    outline
        What to listen to.
    desk
        The reading to which it belongs.
    part
        The document's name in the archive, for messages.

    Raises
    ------
    UserError
        If it is no well-formed markup, declares a document type or entities, or asks for too much;
        or if defusedxml is not installed.
    """
    parser_class, forbidden = _library()
    target = _Target(outline, desk, part)
    parser = parser_class(target=target, forbid_dtd=True)
    try:
        for chunk in chunks:
            target.check_token(len(chunk))
            parser.feed(chunk)
        parser.close()
    except forbidden:
        raise declaration(part).at(desk.file) from None
    except _UNREADABLE:
        raise damaged(desk.file, f"the part {quoted(part)} is no sound markup") from None


def _library() -> tuple[Callable[..., Any], type[Exception]]:
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser
    except ImportError:
        raise UserError("defusedxml is not installed", "", MEND_MISSING) from None
    return DefusedXMLParser, DefusedXmlException


class _Target:
    """Receives the parser's events; counts them, and passes on those of the outline."""

    def __init__(self, outline: Outline, desk: Desk, part: str) -> None:
        self._outline = outline
        self._known = {*outline.through, *outline.starts, *outline.ends}
        self._desk = desk
        self._part = part
        self._names = dict[str, str]()
        self._open = [("", "/")]  # name and path; no path where nothing is listened to
        self._bytes_without_event = 0

    def check_token(self, length: int) -> None:
        """Refuse a tag or comment that does not end; the parser would hold all of it."""
        self._bytes_without_event += length
        if self._bytes_without_event > TOKEN:
            raise self._refused("a tag in it does not end")

    def start(self, tag: str, attributes: Attributes) -> None:
        self._bytes_without_event = 0
        self._desk.take_element()
        name = self._short(tag)
        named = {self._short(key): value for key, value in attributes.items()}
        parent, live = self._open[-1]
        path = f"{parent}/{name}" if live else ""
        if path not in self._known:
            path = ""
        self._descend(name, path)
        if self._outline.anywhere:
            self._outline.anywhere(name, named)
        if path in self._outline.starts:
            self._outline.starts[path](named)

    def end(self, _tag: str) -> None:
        self._bytes_without_event = 0
        _, path = self._open.pop()
        if path in self._outline.ends:
            self._outline.ends[path]()

    def data(self, text: str) -> None:
        self._bytes_without_event = 0
        if self._open[-1][1] and self._outline.text:
            self._outline.text(text)

    def start_ns(self, prefix: str, _uri: str) -> None:
        self._short(f"xmlns:{prefix}")

    def close(self) -> None:
        """Be done; the parser asks for it."""

    def _descend(self, name: str, path: str) -> None:
        self._open.append((name, path))
        if len(self._open) > DEPTH + 1:  # the first entry stands for no element
            raise self._refused("its elements are nested too deep")

    def _short(self, name: str) -> str:
        short = self._names.get(name)
        if short is None:
            short = self._names[name] = _shortened(name)
            if len(self._names) > NAMES:
                raise self._refused("it uses too many names")
        return short

    def _refused(self, why: str) -> UserError:
        return damaged(self._desk.file, f"the part {quoted(self._part)} is unlike any sheet: {why}")


def _shortened(name: str) -> str:
    """Return ``{namespace}name`` as ``prefix:name``; strange namespaces all become ``?``."""
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].rpartition("}")
    return f"{_PREFIXES.get(namespace, '?')}:{local}"
