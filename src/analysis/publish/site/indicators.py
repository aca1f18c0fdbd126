"""The section indicators: the list of all, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the list of indicators, then their pages in plan order."""
    from analysis.publish.site.indicator_page import IndicatorPages
    from analysis.publish.site.listing import listing_page

    yield listing_page(writer)
    yield from IndicatorPages(writer).pages()
