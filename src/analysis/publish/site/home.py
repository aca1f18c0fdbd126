"""The section home."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the pages of the section."""
    yield from ()
