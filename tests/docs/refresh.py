"""Computes every fragment of the pages anew: ``python -m tests.docs.refresh``.

Read the sentences around what has changed afterwards: words that somebody typed do not follow.
"""

from __future__ import annotations

from pathlib import Path

from analysis.api import load
from tests.conftest import AS_OF, ROOT
from tests.docs.facts import Book, Teller
from tests.docs.fragments import filled

DOCS = ROOT / "docs"
PAGES = {"en": DOCS / "methods.md", "vi": DOCS / "methods.vi.md"}
GUIDE = {
    name: {"en": DOCS / "guide" / f"{name}.md", "vi": DOCS / "guide" / f"{name}.vi.md"}
    for name in ("reading-a-report", "writing-a-notebook")
}


def refresh(path: Path, tell: Teller) -> None:
    page = path.read_text(encoding="utf-8")
    path.write_text(filled(page, tell), encoding="utf-8")


def main() -> None:
    book = Book(load(ROOT), AS_OF, ROOT)
    for pages in (PAGES, *GUIDE.values()):
        for language, path in pages.items():
            refresh(path, Teller(book, language))


if __name__ == "__main__":
    main()
