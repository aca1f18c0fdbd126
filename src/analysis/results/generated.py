"""The files that only describe the data: the descriptor, the dictionaries of data and results."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from analysis.package.describing import DESCRIPTOR, describe, descriptor_text, outline
from analysis.package.dictionary import DATA, page_texts
from analysis.results.declared import PAGES, result_facts

CITATION = "CITATION.cff"
"""Written by hand, but for the version and day of the data."""


def generated_texts(root: Path) -> dict[str, str]:
    """Return the text of each file that follows from the tables in a folder, by its path.

    Parameters
    ----------
    root
        The project's folder; its ``data/`` is read, nothing is written.

    Raises
    ------
    analysis.package.PackageError
        If a table is missing or its columns are not those declared.
    """
    descriptor = describe(root)
    version, created = str(descriptor["version"]), str(descriptor["created"])
    results = outline(replace(result_facts(), version=version, created=created))
    pages = page_texts(descriptor, DATA) | page_texts(results, PAGES)
    texts = {DESCRIPTOR: descriptor_text(descriptor), **pages}
    citation = root / CITATION
    if citation.is_file():
        texts[CITATION] = _cited(citation.read_text(encoding="utf-8"), version, created[:10])
    return texts


def _cited(text: str, version: str, day: str) -> str:
    """Return the citation with the version and day of the data; all else in it stays."""
    text = re.sub(r"(?m)^version: .*$", f"version: {version}", text)
    return re.sub(r"(?m)^date-released: .*$", f'date-released: "{day}"', text)
