"""The interface for programs: the edition as JSON documents at stable addresses.

``write_interface``
    The index, the lists, a document for each indicator, series, group and agency, and the JSON
    Schema that they all follow.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.publish.edition import Edition
    from analysis.publish.interface.rows import Json

__all__ = ["write_interface"]


def write_interface(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write all documents of the interface into a folder and return their paths, sorted.

    Parameters
    ----------
    edition
        What is published.
    folder
        The folder of this version of the interface (``api/v1``). Made if it does not exist;
        files of the same names are replaced.

    Raises
    ------
    analysis.errors.UserError
        If an id cannot be the name of a file.
    """
    from analysis.publish.interface.documents import SCHEMA, documents, schema
    from analysis.publish.interface.library import Library

    library = Library(edition)
    written = [_write(folder / SCHEMA, schema(library))]
    for address, _, document in documents(library):
        written.append(_write(folder / address, document))
    return tuple(sorted(written))


def _write(path: Path, document: Json) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return path
