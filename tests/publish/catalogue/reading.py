"""What the tests read of a catalogue, with the standard library alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

PAGES = {"index.html", "vi/data.html", "en/data.html"}
"""Pages that other parts of publishing write; the catalogue may lead to them."""

TOP = "https://top.example/"

LINKS = {
    "url",
    "contentUrl",
    "downloadURL",
    "landingPage",
    "references",
    "describedBy",
    "resource",
    "dcat:downloadURL",
    "dcat:accessURL",
    "dcat:landingPage",
    "foaf:homepage",
    "prov:wasDerivedFrom",
}
"""Under which names an address of a file can stand in the files of the catalogue."""


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def links(value: Any) -> Iterator[str]:
    """Give every address that stands in a JSON value under a name of ``LINKS``."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in LINKS:
                yield from _texts(inner)
            yield from links(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from links(inner)


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and set(one) == {"@id"}:
            yield str(one["@id"])


def in_site(link: str, file: str) -> str | None:
    """Return the path in the site to which a link of a file leads; None if it leads outside."""
    found = urlsplit(urljoin(f"{TOP}{file}", link))
    return unquote(found.path).lstrip("/") if found.netloc == urlsplit(TOP).netloc else None
