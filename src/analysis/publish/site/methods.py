"""The section methods: how a verdict is made, in full, with a legend of all codes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.errors import UserError
from analysis.publish.edition import Edition
from analysis.publish.site.markdown import Document, document
from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer

FOLDER: Final = "docs"
FILES: Final = {"vi": "methods.vi.md", "en": "methods.md"}
"""The text of the methods, by language."""

PAGES: Final = {
    "docs/methods.vi.md": "/vi/methods.html",
    "docs/methods.md": "/en/methods.html",
    "docs/data-dictionary.vi.md": "/vi/dictionary.html",
    "docs/data-dictionary.md": "/en/dictionary.html",
    "docs/results.vi.md": "/vi/dictionary.html#results",
    "docs/results.md": "/en/dictionary.html#results",
}
"""Pages of the repository that are pages of the site as well."""

PATH: Final = "methods.html"
OTHER_LANGUAGE: Final = re.compile(r"\s(?:English|Bản tiếng Việt): \[[^\]]+\]\([^)]+\)")
"""Where the text leads to itself in the other language, as every page of the site does."""

ELSEWHERE: Final = ("http:", "https:", "mailto:")


@dataclass(frozen=True)
class Entry:
    """A code of the results and what it says.

    Parameters
    ----------
    code
        As the data write it.
    text
        What it says in full.
    short
        The same in a few words, where there is such a wording.
    """

    code: str
    text: str
    short: str = ""


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the page of the methods.

    Raises
    ------
    UserError
        If the text of the methods is not where the package is.
    """
    text = methods_text(writer)
    content = {"text": text, "legend": legend(writer)}
    description = writer.say("methods.description")
    yield SitePage(PATH, "methods.html.j2", text.title, description, "methods", content)


def methods_text(writer: Writer) -> Document:
    """Return the text of the methods as HTML."""
    path = writer.edition.root / FOLDER / FILES[writer.language]
    if not path.is_file():
        what = "the text of the methods is not there"
        raise UserError(what, str(path), "publish from the project's folder")
    return document(
        OTHER_LANGUAGE.sub("", path.read_text(encoding="utf-8")),
        lambda target: address(writer.edition, target),
        lambda number, heading: f"{heading}: {writer.words('page.table', n=number)}",
    )


def address(edition: Edition, target: str) -> str | None:
    """Return the address that a link of the text has on the page.

    Parameters
    ----------
    edition
        What is published.
    target
        As the text writes it: seen from its folder in the repository.

    Returns
    -------
    str or None
        Nothing for a file that the site does not have.
    """
    if target.startswith(("#", *ELSEWHERE)):
        return target
    path = posixpath.normpath(posixpath.join(FOLDER, target.partition("#")[0]))
    found = PAGES.get(path) or (f"/{path}" if is_published(edition, path) else None)
    return found and f"{SitePage(PATH, '', '', '', '').to_site}{found[1:]}"


def is_published(edition: Edition, path: str) -> bool:
    """Return whether the site has a copy of a file of the package."""
    named = {resource["path"] for resource in edition.descriptor["resources"]}
    source = Path(path).is_relative_to("data/source") and (edition.root / path).is_file()
    return path in named or source


def legend(writer: Writer) -> dict[str, tuple[Entry, ...]]:
    """Return the codes of the verdicts, reasons, grades and flags with their wording."""
    from analysis.measures import FLAGS, GRADES, REASONS, VERDICTS

    return {
        "verdict": _entries(writer, "verdict", VERDICTS),
        "reason": _entries(writer, "reason", filter(None, REASONS)),
        "grade": _entries(writer, "grade", sorted(filter(None, GRADES))),
        "flag": _entries(writer, "flag", FLAGS),
    }


def _entries(writer: Writer, name: str, codes: Iterable[str]) -> tuple[Entry, ...]:
    words, blank = writer.words, {"declared": "…", "base_year": "…"}
    return tuple(
        Entry(
            code,
            words(f"{name}.{code}", **blank),
            words(f"{name}_short.{code}") if words.has(f"{name}_short.{code}") else "",
        )
        for code in codes
    )
