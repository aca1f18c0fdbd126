"""Addresses of the site's files as a file of the catalogue writes them, and JSON as text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

CATALOGUE = "catalogue"
"""The folder of the catalogue in the site."""


@dataclass(frozen=True)
class Addresses:
    """Writes the address of a file of the site.

    Parameters
    ----------
    base_url
        Where the site stands, with a slash at its end; empty: not known. Then addresses are
        relative to the file that holds them, and hold wherever the site is put.
    depth
        How many folders below the site's folder that file lies; 1 for a file of the catalogue.
    """

    base_url: str = ""
    depth: int = 1

    def __call__(self, path: str) -> str:
        """Return the address of a file, given by its path below the site's folder."""
        return f"{self.base_url or '../' * self.depth}{quote(path)}"

    def node(self, name: str) -> str:
        """Return the address of a thing that is no file: the site's own address with ``#name``."""
        return f"{self('')}#{name}"


def write_json(value: Mapping[str, Any] | Sequence[Any], path: Path) -> Path:
    """Write a value as JSON with two spaces of indent, and return the path."""
    return write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", path)


def write_text(text: str, path: Path) -> Path:
    """Write a text in UTF-8 with plain line ends, make its folder, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
