"""The section agencies: who answers for what, then and now, and a page for each agency."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.publish.site.agencies_index import agency_rows, index_page
from analysis.publish.site.agencies_page import AgencyPages
from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the index, then the page of every agency of table ``agencies``."""
    rows = agency_rows(writer)
    yield index_page(writer, rows)
    yield from AgencyPages(writer).pages(rows)
