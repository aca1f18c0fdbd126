"""Computes every fragment of the pages anew: ``python -m tests.docs.refresh``.

Read the sentences around what has changed afterwards: words that somebody typed do not follow.
"""

from __future__ import annotations

from analysis.api import load
from tests.conftest import AS_OF, ROOT
from tests.docs.facts import Book, Teller
from tests.docs.fragments import filled

PAGES = {"en": ROOT / "docs" / "methods.md", "vi": ROOT / "docs" / "methods.vi.md"}


def main() -> None:
    book = Book(load(ROOT), AS_OF, ROOT)
    for language, path in PAGES.items():
        page = path.read_text(encoding="utf-8")
        path.write_text(filled(page, Teller(book, language)), encoding="utf-8")


if __name__ == "__main__":
    main()
